"""The service's only caller of leave policies; the plugin host runs each where it belongs and checks every answer."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import orjson
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal
from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveDay,
    LeaveKind,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Step,
    Taken,
)
from bylaw_plugin_host.leave_host import Chosen, LeaveHost
from bylaw_plugin_host.outcomes import ANSWER_INVALID, FAILED, TIMED_OUT, ParametersRefused, PolicyBroken, PolicyGone

from bylaw_attendance.parameter_wording import violations
from bylaw_attendance.rules.leave.leave_held import HeldPolicy, OfferedKind, OfferedLeave
from bylaw_attendance.rules.leave.leave_policy_refusals import (
    LeaveAnswerInvalid,
    LeaveParametersInvalid,
    LeavePolicyAtFault,
    LeavePolicyFailed,
    LeavePolicyGone,
    LeavePolicyTimedOut,
)

MOST_NAMED = 10
"""Faulty parameters that the message itself names; the others are in the list of violations."""
PARAMETERS = "leave_assignment.parameters"
"""Where parameters stand in the request of an assignment, for the path of a faulty one."""
T = TypeVar("T")
_BROKEN: Mapping[str, type[LeavePolicyAtFault]] = MappingProxyType(
    {FAILED: LeavePolicyFailed, TIMED_OUT: LeavePolicyTimedOut, ANSWER_INVALID: LeaveAnswerInvalid}
)


class InstalledLeave:
    """The leave policies that a host offers. Refusals are those of `LeavePolicies` in the ports."""

    def __init__(self, host: LeaveHost) -> None:
        self._host = host

    def offered(self) -> list[OfferedLeave]:
        """Every version of every policy, by name."""
        return [OfferedLeave(*one) for one in self._host.offered()]

    def checked(self, policy: str, parameters: Mapping[str, Any], *, field: str = PARAMETERS) -> str:
        """Parameters with what is not named at its default, as canonical JSON; faulty ones with paths below `field`."""
        chosen = Chosen(policy, orjson.dumps(parameters).decode())
        return _asked(chosen, lambda: self._host.check_parameters(chosen), field=field)

    def kinds(self, policy: str, parameters: str) -> tuple[LeaveKind, ...]:
        """The kinds of leave that a policy knows."""
        chosen = Chosen(policy, parameters)
        return _asked(chosen, lambda: self._host.kinds(chosen))

    def entitlements(self, held: HeldPolicy, employment: Employment, span: Period) -> tuple[Entitlement, ...]:
        """What somebody is given, or what is taken back, on the days of a span."""
        chosen = _chosen(held)
        return _asked(chosen, lambda: self._host.entitlements(chosen, employment, span))

    def measure(self, offered: OfferedKind, request: LeaveRequest, days: Sequence[LeaveDay]) -> tuple[Taken, ...]:
        """What a request takes of each of the days that it reaches."""
        chosen = _chosen(offered)
        return _asked(chosen, lambda: self._host.measure(chosen, request, tuple(days)))

    def admit(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]:
        """What speaks against a request."""
        chosen = _chosen(offered)
        return _asked(chosen, lambda: self._host.admit(chosen, request, measured, standing=standing))

    def approval(self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...]) -> tuple[Step, ...]:
        """Who is asked, one after the other."""
        chosen = _chosen(offered)
        return _asked(chosen, lambda: self._host.approval(chosen, request, measured))


def _chosen(one: HeldPolicy | OfferedKind) -> Chosen:
    return Chosen(one.policy, one.parameters)


def _asked(chosen: Chosen, call: Callable[[], T], *, field: str = PARAMETERS) -> T:
    """What the host answers, or why there is no answer, in our words; of a policy's own fault the log learns more."""
    try:
        return call()
    except PolicyBroken as broken:
        log().error("leave_policy_broken", told=str(broken))
        raise _fault(broken) from broken
    except ParametersRefused as refused:
        raise _unfit(chosen, refused, field) from refused
    except PolicyGone as gone:
        raise LeavePolicyGone(policy=chosen.identity) from gone


def _fault(broken: PolicyBroken) -> Refusal:
    day = broken.work_date.isoformat() if broken.work_date else ""
    kind = _BROKEN[broken.reason]
    return kind(policy=broken.identity, distribution=broken.distribution, rule=broken.rule, day=day)


def _unfit(chosen: Chosen, refused: ParametersRefused, field: str) -> Refusal:
    found = violations(refused, parent=field, reason=LeaveParametersInvalid.reason)
    named = list(dict.fromkeys(one.field for one in found))
    shown = ", ".join(named[:MOST_NAMED]) + "…" * (len(named) > MOST_NAMED)
    return LeaveParametersInvalid(violations=found, policy=chosen.identity, fields=shown)
