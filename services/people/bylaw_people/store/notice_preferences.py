"""How notices go out to somebody, as the store keeps it."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.notices.preferences import Preferences
from bylaw_people.store.notice_tables import notice_preferences


@dataclass(frozen=True, slots=True)
class NoticePreferences:
    """The preferences in one transaction."""

    connection: sa.Connection

    def of(self, person: UUID) -> Preferences:
        """Somebody's, or what counts where nothing was said."""
        columns = notice_preferences.c
        said = sa.select(columns.language, columns.outward).where(columns.person == person)
        row = self.connection.execute(said).one_or_none()
        return Preferences(*row) if row else Preferences()

    def set(self, person: UUID, wish: Preferences) -> None:
        """Sets somebody's."""
        values = {"language": wish.language, "outward": wish.outward}
        insert = pg.insert(notice_preferences).values(person=person, **values)
        self.connection.execute(insert.on_conflict_do_update(index_elements=["person"], set_=values))
