"""Shows what leave would come to before it is asked for: what it takes, what speaks against it, who decides (LVE-2)."""

from dataclasses import dataclass
from typing import NamedTuple

from bylaw_chassis.caller import Caller
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.decisions.wish import DeciderSteps

from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.rules.leave.leave_request import LeaveWish
from bylaw_attendance.use_cases.leave.ask_leave import decision_wish
from bylaw_attendance.use_cases.leave.consider_leave import Considered, ConsiderLeave
from bylaw_attendance.use_cases.leave.own_responsibility import OwnResponsibility


class Previewed(NamedTuple):
    """What was considered, whom people would ask today, and whether nobody is above, so that it would hold at once."""

    considered: Considered
    deciders: DeciderSteps
    on_own_responsibility: bool = False


@dataclass(frozen=True, slots=True)
class PreviewLeave:
    """Nothing is kept, here or in people."""

    consider: ConsiderLeave
    closed: ClosedMonths
    decisions: AskPeople
    own: OwnResponsibility

    def preview(self, wish: LeaveWish, caller: Caller) -> Previewed:
        """Refuses what asking for it would refuse, but for what speaks against it: that is shown."""
        person = self.consider.oneself(caller)
        with self.consider.database.read() as connection:
            self.closed.check_open(connection, person.person, wish.first, wish.last)
        considered = self.consider.consider(person, wish)
        deciders = self.decisions.foreseen(decision_wish(considered.leave))
        nobody = bool(deciders) and not any(deciders)
        return Previewed(considered, deciders, nobody and self.own.is_theirs(person.person))
