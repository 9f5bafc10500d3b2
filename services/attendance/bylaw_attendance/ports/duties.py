"""What use cases need of people's duties engine: that heads are reminded of the hand-over (SHT-1)."""

from datetime import date
from typing import Protocol
from uuid import UUID


class DutyDesk(Protocol):
    """Duties declared in the service's own name; see `neighbours`."""

    def declare_hand_over(self, unit: UUID, *, rolls_at: UUID | None = None) -> None:
        """Has a unit's head hand each month over by the 3rd of the next; again it is the same.

        Where deadlines move it is the first day from then on that is no public holiday at a site.
        """
        ...

    def close_hand_over(self, unit: UUID, due: date, *, record: str, by: UUID | None) -> None:
        """It was done; again it is a repeat, and what was never due is none."""
        ...
