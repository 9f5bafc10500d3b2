"""Puts together what says which leave policies hold for whom, and the calls about them; a part of `app.py`."""

from bylaw.attendance.v1 import leave_policies_pb2
from bylaw_chassis.database import Database
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server

from bylaw_attendance.leave_policies import InstalledLeave
from bylaw_attendance.policies import Policies
from bylaw_attendance.rpc.leave_policies import LeavePolicyCalls
from bylaw_attendance.rules.leave.leave_policy_refusals import LeaveAssignmentOverlaps
from bylaw_attendance.store import leave_assignments, leave_faults, service_records
from bylaw_attendance.use_cases.leave.assign_leave_policy import AssignLeavePolicy
from bylaw_attendance.use_cases.leave.change_leave_assignment import ChangeLeaveAssignment
from bylaw_attendance.use_cases.leave.held_leave import HeldLeave
from bylaw_attendance.use_cases.leave.leave_side_by_side import LeaveSideBySide
from bylaw_attendance.use_cases.leave.list_leave_policies import ListLeavePolicies
from bylaw_attendance.use_cases.leave.try_leave_policy import TryLeavePolicy
from bylaw_attendance.use_cases.leave.watch_leave import WatchedLeave
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects
from bylaw_attendance.use_cases.sheets.finding import Finding

TOLD_OF_SERVICE = service_records.HEARERS
"""What attendance reads of people's feed for leave policies."""


def held_leave(database: Database, book: Policies) -> HeldLeave:
    """What leave is asked through: see `leave_ports.LeavePolicies`."""
    watched = WatchedLeave(database, InstalledLeave(book.leave), leave_faults)
    return HeldLeave(database, organisation, leave_assignments, watched, service_records)


def add_leave_policies(server: Server, own: Member, finding: Finding, *, book: Policies) -> ListLeavePolicies:
    """Adds the calls about leave policies; answers what knows whether they are well."""
    database, offered = own.database, InstalledLeave(book.leave)
    subjects = AssignmentSubjects(finding, organisation, leave_assignments, LeaveAssignmentOverlaps)
    beside = LeaveSideBySide(database, organisation, leave_assignments, offered)
    assign = AssignLeavePolicy(database, subjects, leave_assignments, offered, beside)
    change = ChangeLeaveAssignment(database, subjects, leave_assignments, beside)
    shown = ListLeavePolicies(database, subjects, leave_assignments, leave_faults, offered)
    tries = TryLeavePolicy(database, organisation, leave_assignments, service_records, offered, assign)
    calls = LeavePolicyCalls(assign, change, shown, tries, own.page_tokens)
    server.add(leave_policies_pb2.DESCRIPTOR.services_by_name["LeavePolicies"], calls)
    return shown
