"""What a leave policy is written with: kinds, entitlements, measuring, admitting, approval; facts in, answers out."""

from bylaw_hooks.leave.answers import Entitlement, LeaveKind, Objection, Step, Taken
from bylaw_hooks.leave.dates import Period, clamped, whole_years, years_after
from bylaw_hooks.leave.facts import Change, Employment, LeaveBalance, LeaveDay, LeaveRequest, Standing
from bylaw_hooks.leave.policies import LeaveParameters, LeavePolicy

__all__ = ["Change", "Employment", "Entitlement", "LeaveBalance", "LeaveDay", "LeaveKind", "LeaveParameters"]
__all__ += ["LeavePolicy", "LeaveRequest", "Objection", "Period", "Standing", "Step", "Taken", "clamped"]
__all__ += ["whole_years", "years_after"]
