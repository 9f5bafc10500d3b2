"""That an import was taken back, as a fact: by whom, why, what of it was struck and what remains (ATT-1)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

MOST_REMAINING, MOST_AGAIN = 100, 10
"""So many sheets, and imports, are named."""


class Remaining(NamedTuple):
    """Punches of an import that stay, because a person's month was closed; the employee number may be unknown."""

    person: UUID
    number: str
    month: date
    punch_count: int

    @property
    def sheet(self) -> str:
        """`people/018f.../sheets/2026-02`."""
        return f"{resource_name('people', self.person)}/sheets/{self.month:%Y-%m}"


class Revocation(NamedTuple):
    """That an import was taken back: by whom, why, and what came of it; `again` are imports to be handed in again."""

    revoked_at: datetime
    revoked_by: str
    reason: str
    struck_count: int
    remaining_count: int
    remaining: Sequence[Remaining]
    again: Sequence[UUID]
