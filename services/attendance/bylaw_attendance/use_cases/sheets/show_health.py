"""Shows where shift patterns failed, within reach as of today; to operators, how often."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports.records import HealthStore, PatternBook
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.policy_health import HealthEntry, HealthWish
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """Lists entries; of a unit, those of who worked there or below in the entry's month."""

    database: Database
    finding: Finding
    health: HealthStore
    book: PatternBook

    def page(self, wish: HealthWish, reach: Reach, *, page: tuple[UUID | None, int]) -> list[HealthEntry]:
        """Entries behind a place; refuses UNIT_NOT_FOUND."""
        today = self.finding.today
        if wish.unit:
            self.finding.unit(reach, wish.unit, last_day(wish.month) if wish.month else today)
        with self.database.read() as connection:
            return self.health.listed(connection, wish, reach, day=today, page=page)

    def is_well(self) -> bool:
        """Whether no month waits for a pattern that could not judge it."""
        return not self._open()

    def counted(self) -> list[tuple[float, dict[str, str]]]:
        """The months that cannot be judged, by pattern: each that is installed, and those that are gone."""
        none = {offer.pattern: 0 for offer in self.book.offered()}
        return [(count, {"bylaw.policy": policy}) for policy, count in sorted({**none, **self._open()}.items())]

    def _open(self) -> dict[str, int]:
        with self.database.read() as connection:
            return self.health.open_by_policy(connection)
