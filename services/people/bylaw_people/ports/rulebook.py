"""What use cases need to know of the rulebook: clauses with their revisions, and which edition was taken in."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bylaw_chassis.caller import Reach
from bylaw_chassis.clause_use import ClauseUse, Place, UseWish

from bylaw_people.rules.rulebook.clauses import ClauseRecord, Revision


class Rulebook(Protocol):
    """The clauses on record."""

    def records(self, *, lock: bool = False) -> list[ClauseRecord]: ...
    def find(self, clause: str, *, lock: bool = False) -> ClauseRecord | None: ...
    def add(self, new: Sequence[ClauseRecord]) -> bool: ...
    def revise(self, changed: Sequence[tuple[ClauseRecord, Sequence[Revision]]]) -> None: ...
    def use(
        self, wish: UseWish, reach: Reach, *, day: date, zone: str, page: tuple[Place | None, int]
    ) -> list[ClauseUse]: ...
    def edition(self, *, lock: bool = False) -> int: ...
    def take_edition(self, edition: int) -> None: ...
