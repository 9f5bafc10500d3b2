"""Sites as the store keeps them: records for changes, and views as of a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.rules.organisation import SiteRecord, SiteVersion, SiteView
from bylaw_people.rules.recording import Recorded
from bylaw_people.rules.versions import Dated, Rewriting, View
from bylaw_people.store import rows, versions
from bylaw_people.store.dated_tables import site_spans, site_versions
from bylaw_people.store.inserting import insert_free, insert_known_free
from bylaw_people.store.tables import appointments, sites, valid_on

SITE_VERSIONS = versions.Versions("site", sites, site_versions, site_spans, rows.site_version, rows.site_version_row)


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites in one transaction. They belong to no unit: whoever may read sites reads all."""

    connection: sa.Connection
    stamp: rows.Stamp

    def held(self, site: UUID) -> SiteRecord | None:
        """A site, whole; nobody closes it until the transaction ends."""
        found = self._records(sites.c.id == site, held=True)
        return found[0] if found else None

    def find(self, site: UUID, *, lock: bool = False) -> SiteRecord | None:
        """A site, whole."""
        found = self._records(sites.c.id == site, lock=lock)
        return found[0] if found else None

    def records(self) -> list[SiteRecord]:
        """Every site, whole."""
        return self._records(sa.true())

    def add(self, new: SiteRecord) -> bool:
        """A new site; says whether its code was free."""
        if not insert_free(self.connection, sites, [self._row(new)]):
            return False
        self._write([(new.id, new.revision, Rewriting(new.versions))])
        return True

    def add_many(self, new: Sequence[SiteRecord]) -> None:
        """New sites whose codes were just seen to be free."""
        insert_known_free(self.connection, sites, [self._row(site) for site in new])
        self._write([(site.id, site.revision, Rewriting(site.versions)) for site in new])

    def rewrite(self, record: SiteRecord, change: Rewriting[SiteVersion]) -> None:
        """A change of a site, with the record as it is then; what held before stays on record."""
        self._write([(record.id, record.revision, change)])
        SITE_VERSIONS.note_revisions(self.connection, [(record.id, record.revision)])

    def page(self, day: date, *, after: str, limit: int) -> list[SiteView]:
        """Sites as of a day, by code."""
        statement = (
            sa.select(site_spans, sites.c.code, sites.c.revision)
            .join(sites, sites.c.id == site_spans.c.site)
            .where(valid_on(site_spans, day), sites.c.code > after)
            .order_by(sites.c.code)
            .limit(limit)
        )
        found = self.connection.execute(statement)
        return [View(row.site, row.code, row.revision, rows.site_version(row), row.valid_to) for row in found]

    def history(self, site: UUID, *, superseded: bool) -> list[Recorded[SiteVersion]]:
        """The versions of a site with who recorded them."""
        return SITE_VERSIONS.history(self.connection, site, superseded=superseded)

    def people_after(self, site: UUID, last_date: date) -> int:
        """How many people work at a site after a day."""
        columns = appointments.c
        later = sa.or_(columns.end_date.is_(None), columns.end_date > last_date)
        theirs = sa.and_(columns.site == site, columns.superseded_at.is_(None), later)
        return int(self.connection.execute(sa.select(sa.func.count()).where(theirs)).scalar_one())

    def _row(self, record: SiteRecord) -> dict[str, Any]:
        first = rows.site_version_row(record.versions[0])
        return {"id": record.id, "code": record.code, **first, "revision": record.revision, **self.stamp.recorded}

    def _write(self, changes: Sequence[versions.Change[SiteVersion]]) -> None:
        SITE_VERSIONS.write(self.connection, changes, self.stamp)

    def _records(
        self, condition: sa.ColumnElement[bool], *, lock: bool = False, held: bool = False
    ) -> list[SiteRecord]:
        statement = sa.select(sites).where(condition).order_by(sites.c.id)
        statement = statement.with_for_update(read=held) if lock or held else statement
        found = self.connection.execute(statement).all()
        dated = SITE_VERSIONS.of(self.connection, [row.id for row in found])
        return [Dated(row.id, row.code, row.revision, dated[row.id]) for row in found]
