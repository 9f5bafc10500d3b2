"""Reserves for calls that come at the same time in one transaction; each is answered as if it were alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bylaw_chassis.call import Call
from bylaw_chassis.caller import Reach
from bylaw_chassis.joint_work import JointWork
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.together import Together

from bylaw_inventory.events import reservation_changed
from bylaw_inventory.rules.reserving.reservation import Reservation
from bylaw_inventory.use_cases.reserving.holding import Asked
from bylaw_inventory.use_cases.reserving.reserve import Reserve
from bylaw_inventory.use_cases.reserving.reserve_many import Batch, Outcome, ReserveMany

MOST_LINES = 20
"""A wish with more lines is worth a transaction of its own."""


class Called(NamedTuple):
    """A wish, and the call that it came with."""

    asked: Asked
    call: Call
    reach: Reach


@dataclass(slots=True)
class ReserveTogether:
    """`shown` is what a call is answered; calls without a key, and what comes when nobody is under way, go alone."""

    reserve: Reserve
    many: ReserveMany
    shown: Callable[[Reservation], Any]
    _together: Together[Called, Reservation] = field(init=False)

    def __post_init__(self) -> None:
        """Together within this process."""
        self._together = Together(self._all)

    def create(self, asked: Asked, call: Call, reach: Reach) -> Reservation:
        """As `Reserve.create`."""

        def alone() -> Reservation:
            return self.reserve.create(asked, call.caller, reach)

        if call.request_key is None or len(asked.lines) > MOST_LINES:
            return alone()
        group = (call.caller.key, reach, asked.warehouse)
        return self._together.do(call, group, Called(asked, call, reach), alone)

    def _all(self, called: Sequence[Called]) -> list[Outcome | None]:
        """What became of each; of an id that comes twice the later one goes on alone."""
        first = {one.asked.identifier: one for one in reversed(called)}
        lead = called[0]
        with JointWork(self.reserve.database, [one.call for one in called]) as work:
            done = Batch()
            wishes = [one.asked for one in first.values()]
            self.many.create_in(work, done, wishes, caller=lead.call.caller, reach=lead.reach)
            self.reserve.reserving.write(work, done.made, done.entries, done.undone)
            work.publish(*(reservation_changed(made, made.state) for made in done.made))
            outcomes = [
                done.outcomes[one.asked.identifier] if first[one.asked.identifier] is one else None for one in called
            ]
            for one, outcome in zip(called, outcomes, strict=True):
                if outcome and not isinstance(outcome, Refusal):
                    work.answer(one.call, self.shown(outcome))
        return outcomes
