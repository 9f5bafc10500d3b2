"""Shows what leave would come to before it is asked for: what it takes, what speaks against it, who decides (LVE-2)."""

from dataclasses import dataclass
from typing import NamedTuple

from bylaw_chassis.caller import Caller

from bylaw_attendance.ports.decisions import DeciderSteps
from bylaw_attendance.rules.leave.leave_request import LeaveWish
from bylaw_attendance.use_cases.ask_people import AskPeople
from bylaw_attendance.use_cases.leave.ask_leave import decision_wish
from bylaw_attendance.use_cases.leave.consider_leave import Considered, ConsiderLeave


class Previewed(NamedTuple):
    """What was considered, and whom people would ask today."""

    considered: Considered
    deciders: DeciderSteps


@dataclass(frozen=True, slots=True)
class PreviewLeave:
    """Nothing is kept, here or in people."""

    consider: ConsiderLeave
    decisions: AskPeople

    def preview(self, wish: LeaveWish, caller: Caller) -> Previewed:
        """Refuses what asking for it would refuse, but for what speaks against it: that is shown."""
        considered = self.consider.consider(self.consider.oneself(caller), wish)
        return Previewed(considered, self.decisions.foreseen(decision_wish(considered.leave)))
