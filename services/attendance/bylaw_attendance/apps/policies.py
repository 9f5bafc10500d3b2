"""Puts together what serves shift patterns and their assignments; a part of `app.py`."""

from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation

from bylaw_attendance.policies import Policies
from bylaw_attendance.rpc.policies import PolicyCalls
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.store import assignments, closed_months
from bylaw_attendance.use_cases.policies.assign_pattern import AssignPattern
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects
from bylaw_attendance.use_cases.policies.change_assignment import ChangeAssignment
from bylaw_attendance.use_cases.policies.check_pattern_caps import CheckPatternCaps
from bylaw_attendance.use_cases.policies.list_policies import ListPolicies
from bylaw_attendance.use_cases.policies.show_replay import ShowReplay
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.show_health import ShowHealth


def policy_calls(
    own: Member, finding: Finding, book: Policies, *, health: ShowHealth, replays: ShowReplay, limits: RotaLimits
) -> PolicyCalls:
    """The calls."""
    database, subjects = own.database, AssignmentSubjects(finding, organisation, assignments)
    caps = CheckPatternCaps(book, limits)
    assign = AssignPattern(database, subjects, assignments, book, replays, closed_months, caps)
    change = ChangeAssignment(database, subjects, assignments, closed_months)
    shown = ListPolicies(database, subjects, assignments, book)
    return PolicyCalls(assign, change, shown, health, own.page_tokens)
