"""A push as it arrives, and who acts on it for the audit trail."""

from typing import NamedTuple

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Work
from bylaw_chassis.values import resource_name

from bylaw_attendance.rules.clocks.clock_trust import Visitor
from bylaw_attendance.rules.clocks.pushing import PushedTable, PushingClock

LONGEST_STAMP = 64
OURSELVES = Caller(service="attendance")


class Pushed(NamedTuple):
    """What a clock sent."""

    visitor: Visitor
    table: PushedTable
    stamp: str
    content: bytes
    is_too_large: bool

    @property
    def own_stamp(self) -> str:
        """The stamp as sent, if it is one; it is the clock's own word and only handed back to it."""
        stamp = self.stamp[:LONGEST_STAMP]
        return stamp if stamp.isalnum() and stamp.isascii() else ""


def concerns(work: Work, clock: PushingClock) -> None:
    """Says in the trail that the service acts, and of which clock its transaction is."""
    work.act_as(OURSELVES)
    work.concerns(resource_name("clocks", clock.clock))
