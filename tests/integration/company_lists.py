"""Lists that know no part: what everybody is shown alike, what takes a reach over everybody, and what is one's own."""

from bylaw.attendance.v1 import audit_pb2 as attendance_audit
from bylaw.attendance.v1 import audit_pb2_grpc as attendance_audit_grpc
from bylaw.attendance.v1 import (
    calendar_pb2,
    exports_pb2,
    facts_pb2,
    facts_pb2_grpc,
    hours_pb2,
    leave_policies_pb2,
    policies_pb2,
    punches_pb2,
    pushing_pb2,
    sheets_pb2,
)
from bylaw.attendance.v1 import feed_pb2 as attendance_feed
from bylaw.people.v1 import access_pb2, accounts_pb2, audit_pb2, audit_pb2_grpc, feed_pb2, rulebook_pb2
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import sign_in_pb2 as sign_in

from tests.builders.attendance import AttendanceService
from tests.builders.leave_policies import stub_of
from tests.builders.sign_in import accounts_of
from tests.integration.lists import Walk


def shown_to_all(attendance: AttendanceService, site: str) -> dict[str, Walk]:
    """Lists without a scope: whoever may ask sees all of them, and the contract says so by saying nothing of reach.

    Sites, clocks, roles, patterns and the rulebook belong to no unit; notices of hours and days of the company are for
    everybody to read.
    """
    people = attendance.people
    rulebook, organisation = people.rulebook, people.organisation
    revisions = rulebook_pb2.ListClauseRevisionsRequest(parent="clauses/SEC-1")
    return {
        "roles": Walk(people.access.ListRoles, access_pb2.ListRolesRequest(), "roles"),
        "sites": Walk(organisation.ListSites, org.ListSitesRequest(), "sites"),
        "versions of a site": Walk(organisation.ListSiteVersions, org.ListSiteVersionsRequest(parent=site), "versions"),
        "clauses": Walk(rulebook.ListClauses, rulebook_pb2.ListClausesRequest(), "clauses"),
        "revisions of a clause": Walk(rulebook.ListClauseRevisions, revisions, "revisions"),
        "patterns": Walk(
            attendance.policies.ListShiftPatterns, policies_pb2.ListShiftPatternsRequest(), "shift_patterns"
        ),
        "leave policies": Walk(
            stub_of(attendance).ListLeavePolicies, leave_policies_pb2.ListLeavePoliciesRequest(), "leave_policies"
        ),
        "export layouts": Walk(
            attendance.export_layouts.ListExportLayouts, exports_pb2.ListExportLayoutsRequest(), "export_layouts"
        ),
        "notices of hours": Walk(
            attendance.hours.ListHoursNotices, hours_pb2.ListHoursNoticesRequest(show_withdrawn=True), "hours_notices"
        ),
        "days of the company": Walk(
            attendance.calendar.ListCompanyDays,
            calendar_pb2.ListCompanyDaysRequest(show_withdrawn=True),
            "company_days",
        ),
        "clocks that push": Walk(
            attendance.pushing.ListPushingClocks, pushing_pb2.ListPushingClocksRequest(), "clocks"
        ),
        "clocks": Walk(attendance.punches.ListClocks, punches_pb2.ListClocksRequest(), "clocks"),
    }


def for_whoever_sees_everybody(attendance: AttendanceService, unit: str) -> dict[str, Walk]:
    """Lists that tell of everybody: a part of them for a part of the company would be guesswork."""
    people = attendance.people
    people_audit = audit_pb2_grpc.AuditStub(people.channel)
    audit = attendance_audit_grpc.AuditStub(attendance.channel)
    accounts = accounts_of(people).ListServiceAccounts
    february = facts_pb2.ListMonthFactsRequest(parent=unit, month="2026-02")
    return {
        "service accounts": Walk(accounts, accounts_pb2.ListServiceAccountsRequest(), "service_accounts"),
        "facts of months": Walk(facts_pb2_grpc.FactsStub(attendance.channel).ListMonthFacts, february, "month_facts"),
        "audit of people": Walk(
            people_audit.ListAuditEntries, audit_pb2.ListAuditEntriesRequest(page_size=5), "audit_entries"
        ),
        "audit of attendance": Walk(
            audit.ListAuditEntries, attendance_audit.ListAuditEntriesRequest(page_size=5), "audit_entries"
        ),
        "feed of people": Walk(people.feed.ListEvents, feed_pb2.ListEventsRequest(), "events"),
        "feed of attendance": Walk(attendance.feed.ListEvents, attendance_feed.ListEventsRequest(), "events"),
    }


def ones_own(attendance: AttendanceService) -> dict[str, Walk]:
    """Lists of nobody's but the caller's."""
    people = attendance.people
    tokens = accounts_of(people).ListAccessTokens
    return {
        "sessions": Walk(people.sign_in.ListSessions, sign_in.ListSessionsRequest(), "sessions"),
        "access tokens": Walk(tokens, accounts_pb2.ListAccessTokensRequest(), "access_tokens"),
    }


def clause_use(attendance: AttendanceService, parent: str = "") -> dict[str, Walk]:
    """How often clauses spoke in February by what attendance found, and in March by what people refused."""
    february, march = {"start_month": "2026-02", "parent": parent}, {"start_month": "2026-03", "parent": parent}
    return {
        "attendance": Walk(attendance.sheets.ListClauseUse, sheets_pb2.ListClauseUseRequest(**february), "uses"),
        "people": Walk(attendance.people.rulebook.ListClauseUse, rulebook_pb2.ListClauseUseRequest(**march), "uses"),
    }
