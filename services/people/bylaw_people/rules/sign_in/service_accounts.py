"""Accounts of programs: with an owner, an end, and grants of their own (SEC-1, SEC-2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_people.rules.organisation import Wording


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """An account of a program; its id is that of its row among the people, `end_date` its last day."""

    id: UUID
    code: str
    title: Wording
    owner: UUID
    end_date: date
    ended_at: datetime | None = None

    def runs(self, day: date) -> bool:
        """Whether it may act on a day, as far as it is up to itself."""
        return self.ended_at is None and day <= self.end_date
