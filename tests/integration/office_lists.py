"""Lists of an office as a caller walks them: decisions, notices, duties, outsiders, access, corrections."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from bylaw.attendance.v1 import corrections_pb2 as corrections
from bylaw.attendance.v1 import punches_pb2 as punches
from bylaw.people.v1 import access_review_pb2 as review
from bylaw.people.v1 import access_review_pb2_grpc, decisions_pb2_grpc, outsiders_pb2_grpc
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw.people.v1 import duties_pb2 as duties
from bylaw.people.v1 import notices_pb2 as notices
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import outsiders_pb2 as outsiders
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.values import resource_name

from tests.builders.attendance import AttendanceService
from tests.builders.notices import Office
from tests.builders.people import PeopleService
from tests.integration import closing_lists, leave_lists, overtime_lists, photo_lists, swap_lists
from tests.integration.lists import Listing, SingleReads, Walk
from tests.integration.offices import asked_of

HOLDING = "people.staff.read"
DECIDING = frozenset(
    {
        decisions.ANSWER_KIND_AGREE,
        decisions.ANSWER_KIND_REFUSE,
        decisions.ANSWER_KIND_SEND_BACK,
        decisions.ANSWER_KIND_OPINION,
    }
)
KINDS = {
    review.ACCESS_CHANGE_KIND_ROLE: "role",
    review.ACCESS_CHANGE_KIND_GRANT_GIVEN: "grant",
    review.ACCESS_CHANGE_KIND_GRANT_ENDED: "grant",
}


def of_offices(attendance: AttendanceService) -> dict[str, Listing]:
    """The lists over all of the organisation, each with the single read of its things or what else decides."""
    people = attendance.people
    of_people = {**_of_decisions(people), **_of_notices(people), **_of_duties(people), **_of_access(people)}
    of_leave = leave_lists.of_requests(attendance)
    of_photos = photo_lists.of_photos(attendance)
    of_time = {"leave requests": of_leave, "overtime": overtime_lists.of_requests(attendance)}
    of_time["swaps of the rota"] = swap_lists.of_swaps(attendance)
    of_time["imports"] = _of_imports(attendance)
    of_time["objections"] = closing_lists.of_objections(attendance)
    return {**of_people, **of_time, "corrections": _of_corrections(attendance), "photos": of_photos}


def _of_imports(attendance: AttendanceService) -> Listing:
    """Imports of punches, each with its single read."""
    stub, request = attendance.punches, punches.GetPunchImportRequest
    return Listing(
        Walk(stub.ListPunchImports, punches.ListPunchImportsRequest(), "punch_imports"),
        lambda reads, thing: reads.read(stub.GetPunchImport, request(name=thing.name)),
    )


def _of_corrections(attendance: AttendanceService) -> Listing:
    stub = attendance.corrections
    request = corrections.GetPunchCorrectionRequest
    return Listing(
        Walk(stub.ListPunchCorrections, corrections.ListPunchCorrectionsRequest(), "punch_corrections"),
        lambda reads, thing: reads.read(stub.GetPunchCorrection, request(name=thing.name)),
    )


def _of_decisions(people: PeopleService) -> dict[str, Listing]:
    stub = decisions_pb2_grpc.DecisionsStub(people.channel)
    path = _paths(people)

    def listed(chosen: Callable[[SingleReads, decisions.Decision], bool], **asked: Any) -> Listing:
        walk = Walk(stub.ListDecisions, decisions.ListDecisionsRequest(**asked), "decisions")

        def shown(reads: SingleReads, thing: decisions.Decision) -> Any:
            whole = reads.read(stub.GetDecision, decisions.GetDecisionRequest(name=thing.name))
            return bare(whole) if whole is not None and chosen(reads, whole) else None

        return Listing(
            walk, shown, _everything(people, stub.ListDecisions, decisions.ListDecisionsRequest(), walk.field)
        )

    return {
        "decisions": listed(lambda _, whole: bool(whole)),
        "that wait": listed(
            lambda reads, whole: reads.own in asked_of(whole), view=decisions.DECISION_VIEW_WAITING_FOR_ME
        ),
        "asked for": listed(
            lambda reads, whole: whole.requester == reads.own, view=decisions.DECISION_VIEW_ASKED_BY_ME
        ),
        "decided": listed(
            lambda reads, whole: any(said.person == reads.own and said.kind in DECIDING for said in whole.answers),
            view=decisions.DECISION_VIEW_DECIDED_BY_ME,
        ),
        "of a kind in a state": listed(
            lambda _, whole: whole.kind == "leave" and whole.state == decisions.DECISION_STATE_WAITING,
            kind="leave",
            state=decisions.DECISION_STATE_WAITING,
        ),
        "delegations": Listing(
            Walk(stub.ListDelegations, decisions.ListDelegationsRequest(), "delegations"),
            lambda reads, one: reads.own in {one.delegator, one.delegate} or reads.person(one.delegator),
        ),
        "processes": Listing(
            Walk(stub.ListProcesses, decisions.ListProcessesRequest(), "processes"),
            lambda reads, one: not one.unit or one.unit in path(reads.own) or reads.unit(one.unit),
        ),
    }


def bare(whole: decisions.Decision) -> decisions.Decision:
    """A decision as lists show it."""
    shown = decisions.Decision()
    shown.CopyFrom(whole)
    for field in ("steps", "answers", "rounds", "plan"):
        shown.ClearField(field)
    return shown


def _paths(people: PeopleService) -> Callable[[str], set[str]]:
    """The unit somebody works in and all above it, by name of the person."""
    request = staff.ListPeopleRequest(page_size=1000)
    listed = people.staff.ListPeople(request, metadata=people.everything).people
    units = _everything(people, people.organisation.ListUnits, org.ListUnitsRequest(page_size=1000), "units")
    home = {person.name: person.appointment.unit for person in listed}
    parents = {unit.name: unit.parent for unit in units}

    def path(person: str) -> set[str]:
        found, unit = set(), home.get(person, "")
        while unit:
            found.add(unit)
            unit = parents[unit]
        return found

    return path


def _of_notices(people: PeopleService) -> dict[str, Listing]:
    stub = Office(people).notices
    reached = _addressed(people)
    named = notice_names(people)

    def feed(chosen: Callable[[SingleReads, notices.Notice], bool], narrowed: int) -> Listing:
        def shown(reads: SingleReads, name: str) -> Any:
            whole = reads.read(stub.GetNotice, notices.GetNoticeRequest(name=name))
            return whole if whole is not None and chosen(reads, whole) else None

        return Listing(Walk(stub.ListNotices, notices.ListNoticesRequest(filter=narrowed), "notices"), shown, named)

    def mine(reads: SingleReads, whole: notices.Notice) -> bool:
        return (whole.name, reads.own) in reached

    return {
        "notices": feed(mine, notices.NOTICE_FILTER_UNSPECIFIED),
        "unread": feed(
            lambda reads, whole: mine(reads, whole) and not whole.HasField("read_time"), notices.NOTICE_FILTER_UNREAD
        ),
        "unacknowledged": feed(
            lambda reads, whole: (
                mine(reads, whole) and whole.needs_acknowledgement and not whole.HasField("acknowledge_time")
            ),
            notices.NOTICE_FILTER_UNACKNOWLEDGED,
        ),
        "sent": feed(lambda reads, whole: whole.sender == reads.own, notices.NOTICE_FILTER_SENT),
        "deliveries": Listing(
            Walk(stub.ListDeliveries, notices.ListDeliveriesRequest(), "deliveries"),
            lambda reads, one: reads.person(one.person),
        ),
    }


def _addressed(people: PeopleService) -> set[tuple[str, str]]:
    with people.service.database.read() as connection:
        found = connection.execute(sa.text("select notice, person from notice_addressees"))
        return {(resource_name("notices", row.notice), resource_name("people", row.person)) for row in found}


def notice_names(people: PeopleService) -> list[str]:
    """Every notice there is: no call lists them all."""
    with people.service.database.read() as connection:
        return [
            resource_name("notices", one) for one in connection.execute(sa.text("select id from notices")).scalars()
        ]


def _of_duties(people: PeopleService) -> dict[str, Listing]:
    stub = Office(people).duties

    def due(chosen: Callable[[SingleReads, duties.DutyOccurrence], bool], **asked: Any) -> Listing:
        def shown(reads: SingleReads, thing: duties.DutyOccurrence) -> Any:
            whole = reads.read(stub.GetDutyOccurrence, duties.GetDutyOccurrenceRequest(name=thing.name))
            return whole if whole is not None and chosen(reads, whole) else None

        request = duties.ListDutyOccurrencesRequest(**asked)
        return Listing(Walk(stub.ListDutyOccurrences, request, "duty_occurrences"), shown, there)

    every = duties.ListDutyOccurrencesRequest(page_size=1000)
    there = _everything(people, stub.ListDutyOccurrences, every, "duty_occurrences")
    return {
        "duties": Listing(
            Walk(stub.ListDuties, duties.ListDutiesRequest(), "duties"),
            lambda reads, one: reads.read(stub.GetDuty, duties.GetDutyRequest(name=one.name)),
        ),
        "due": due(lambda _, whole: bool(whole)),
        "due of mine": due(lambda reads, whole: reads.own in whole.responsible, mine=True),
        "open": due(
            lambda _, whole: whole.state == duties.DUTY_OCCURRENCE_STATE_OPEN,
            filter=duties.DUTY_OCCURRENCE_FILTER_OPEN,
        ),
    }


def _of_access(people: PeopleService) -> dict[str, Listing]:
    reviews, outside = (
        access_review_pb2_grpc.AccessReviewStub(people.channel),
        outsiders_pb2_grpc.OutsidersStub(people.channel),
    )
    get_outside = outside.GetOutsideAccess
    changes = review.ListAccessChangesRequest(start_date="2026-01-01")
    return {
        "outsiders": Listing(
            Walk(outside.ListOutsideAccesses, outsiders.ListOutsideAccessesRequest(), "outside_accesses"),
            lambda reads, one: reads.read(get_outside, outsiders.GetOutsideAccessRequest(name=one.name)),
        ),
        "holders": Listing(
            Walk(reviews.ListHolders, review.ListHoldersRequest(permission=HOLDING), "holders"),
            lambda reads, one: reads.person(one.person),
        ),
        "access changes": Listing(Walk(reviews.ListAccessChanges, changes, "changes"), _access_change_shown),
        "changes": Listing(
            Walk(people.organisation.ListChanges, org.ListChangesRequest(), "changes"),
            lambda reads, one: _history_shown(people, reads, one.name),
        ),
    }


def _access_change_shown(reads: SingleReads, one: review.AccessChange) -> bool:
    """A role's is everybody's; a grant's is shown as the grant is; another's as the person is."""
    kind = KINDS.get(one.kind, "person")
    return {"role": lambda _: True, "grant": reads.grant, "person": lambda _: reads.person(one.person)}[kind](
        one.subject
    )


def _history_shown(people: PeopleService, reads: SingleReads, name: str) -> bool:
    """What was recorded of a thing is shown where its history is."""
    organisation = people.organisation
    if name.startswith("units/"):
        return reads.allowed(organisation.ListUnitVersions, org.ListUnitVersionsRequest(parent=name))
    if name.startswith("positions/"):
        return reads.allowed(organisation.ListPositionVersions, org.ListPositionVersionsRequest(parent=name))
    if name.startswith("sites/"):
        return reads.allowed(organisation.ListSiteVersions, org.ListSiteVersionsRequest(parent=name))
    return reads.allowed(people.staff.ListAppointments, staff.ListAppointmentsRequest(parent=name))


def _everything(people: PeopleService, method: Callable[..., Any], request: Any, field: str) -> list[Any]:
    return list(getattr(method(request, metadata=people.everything), field))
