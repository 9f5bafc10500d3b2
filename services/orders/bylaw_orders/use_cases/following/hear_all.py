"""Has several parts of the service hear what happened to stock, one after the other in one unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass

from bylaw_chassis.database import Work

from bylaw_orders.ports.following import HearsStock
from bylaw_orders.rules.following.heard import Heard


@dataclass(frozen=True, slots=True)
class HearAll:
    """See `HearsStock`: what one of them raises undoes what all did."""

    parts: tuple[HearsStock, ...]

    def hear(self, work: Work, told: Sequence[Heard]) -> None:
        """Each part is told all of it."""
        for part in self.parts:
            part.hear(work, told)
