"""The kinds that come with the suite itself: a business trip and duty outside, which count as worked time (LVE-3)."""

from bylaw_hooks.leave import LeaveKind, LeaveParameters, LeaveRequest, Objection, Standing, Step, Taken
from bylaw_hooks.leave.admitting import objections
from bylaw_hooks.parameters import Both

from bylaw_attendance.rules.leave.leave_held import OfferedKind
from bylaw_attendance.rules.leave.leave_request import WORKED_CLAUSE

AFTERWARDS = -3
"""Nobody can always say ahead that a customer calls: within three days of the first it can still be asked for."""
TRIP = LeaveKind("trip", Both("出差", "Business trip"), notice_days=AFTERWARDS, clause=WORKED_CLAUSE)
OUTSIDE = LeaveKind(
    "outside-duty", Both("外勤", "Duty outside"), unit="hour", notice_days=AFTERWARDS, clause=WORKED_CLAUSE
)
OWN_KINDS = (TRIP, OUTSIDE)
NO_POLICY = ""
"""In place of a policy's identity: the suite's own."""


def with_own(offered: tuple[OfferedKind, ...]) -> tuple[OfferedKind, ...]:
    """What policies offer, and what they do not offer themselves of the suite's own; by code."""
    codes = {one.kind.code for one in offered}
    own = tuple(OfferedKind(kind, NO_POLICY, "{}") for kind in OWN_KINDS if kind.code not in codes)
    return tuple(sorted((*offered, *own), key=lambda one: one.kind.code))


def own_objections(
    kind: LeaveKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
) -> tuple[Objection, ...]:
    """What speaks against a trip: what would speak against any leave of its kind."""
    return tuple(objections(kind, request, measured, standing=standing))


def own_steps(measured: tuple[Taken, ...]) -> tuple[Step, ...]:
    """Whoever heads the unit is asked, of a longer trip the head above too; human resources is of none (LVE-2)."""
    longer = sum(one.days for one in measured) > LeaveParameters().unit_head_days
    return (Step.UNIT_HEAD, Step.HEAD_ABOVE) if longer else (Step.UNIT_HEAD,)
