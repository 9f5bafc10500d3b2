"""A day off for moving house: at most one at a time, asked for two days ahead, with the new lease."""

from typing import Any

from bylaw_hooks import Both, hookimpl
from bylaw_hooks.leave import LeaveKind, LeaveParameters, LeavePolicy

bylaw_api = 1
MOVING, LEASE = Both("搬家假", "Moving leave"), Both("新住处的租约或房产证", "the new lease or deed")


class MovingLeave(LeavePolicy[LeaveParameters]):
    """Version 1; a change of what it answers is a version 2 beside it."""

    name, version, title, parameters = "acme-moving-leave", 1, MOVING, LeaveParameters

    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:  # noqa: ARG002 - whatever is set
        return (LeaveKind("acme-moving", MOVING, unit="day", notice_days=2, evidence=LEASE, most_days=1),)


@hookimpl
def register_leave_policies() -> list[LeavePolicy[Any]]:
    """Moving leave."""
    return [MovingLeave()]
