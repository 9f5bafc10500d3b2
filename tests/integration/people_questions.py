"""What is asked of a unit and of a person: every single read of them, and every list under them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bylaw.attendance.v1 import (
    corrections_pb2,
    explanations_pb2,
    policies_pb2,
    punches_pb2,
    rota_pb2,
    sheets_pb2,
)
from bylaw.people.v1 import (
    access_pb2,
    decisions_pb2,
    duties_pb2,
    organisation_pb2,
    outsiders_pb2,
    staff_pb2,
)
from bylaw.people.v1 import access_review_pb2 as review
from bylaw.people.v1.access_review_pb2_grpc import AccessReviewStub
from bylaw.people.v1.decisions_pb2_grpc import DecisionsStub
from bylaw.people.v1.outsiders_pb2_grpc import OutsidersStub
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.builders.notices import Office
from tests.integration import (
    closing_lists,
    company_lists,
    leave_lists,
    leave_questions,
    lists,
    overtime_lists,
    photo_lists,
)
from tests.integration.organisations import MONTH

Ask = Callable[..., Any]


def asking(walks: Mapping[str, lists.Walk]) -> Iterator[tuple[Ask, Message]]:
    """The lists as questions."""
    return ((walk.method, walk.request) for walk in walks.values())


def about_unit(attendance: AttendanceService, name: str) -> list[tuple[Ask, Message]]:
    """Everything about a unit."""
    people = attendance.people
    duties, reviews = Office(people).duties, AccessReviewStub(people.channel)
    holders = review.ListHoldersRequest(permission="people.staff.read", target=name)
    why = review.WhyAccessRequest(permission="people.staff.read", target=name)
    preview = decisions_pb2.PreviewDecisionRequest(kind="ordinary-matter", unit=name)
    return [
        (DecisionsStub(people.channel).PreviewDecision, preview),
        (people.organisation.GetUnit, organisation_pb2.GetUnitRequest(name=name)),
        (people.staff.ListPeople, staff_pb2.ListPeopleRequest(unit=name)),
        (attendance.sheets.ListSheets, sheets_pb2.ListSheetsRequest(parent=name, month=MONTH)),
        (attendance.rota.ListRotaCells, rota_pb2.ListRotaCellsRequest(parent=name, month=MONTH)),
        corrections_of(attendance, name),
        photo_lists.photos_of(attendance, name),
        (attendance.policies.ListPolicyHealth, policies_pb2.ListPolicyHealthRequest(unit=name)),
        *leave_questions.assigned_to(attendance, name),
        (duties.ListDutyOccurrences, duties_pb2.ListDutyOccurrencesRequest(unit=name)),
        (reviews.ListHolders, holders),
        (reviews.WhyAccess, why),
        *asking(lists.under_a_unit(attendance, name)),
        *asking(leave_lists.under_a_unit(attendance, name)),
        *asking(overtime_lists.under_a_unit(attendance, name, MONTH)),
        *asking(closing_lists.under_a_unit(attendance, name, MONTH)),
        *closing_lists.month_of(attendance, name, MONTH),
        closing_lists.objections_of(attendance, name),
        *asking(company_lists.clause_use(attendance, name)),
    ]


def corrections_of(attendance: AttendanceService, name: str) -> tuple[Ask, Message]:
    """What a person, or a unit's people, asked to be corrected."""
    request = corrections_pb2.ListPunchCorrectionsRequest(parent=name)
    return attendance.corrections.ListPunchCorrections, request


def about_person(attendance: AttendanceService, name: str) -> list[tuple[Ask, Message]]:
    """Everything about a person."""
    people = attendance.people
    reviews, outside = AccessReviewStub(people.channel), OutsidersStub(people.channel)
    punch = punches_pb2.Punch(person=name, local_time="2026-02-27 08:00:00")
    changes = review.ListAccessChangesRequest(start_date="2026-01-01", person=name)
    return [
        (people.staff.GetPerson, staff_pb2.GetPersonRequest(name=name)),
        (people.staff.GetQualifications, staff_pb2.GetQualificationsRequest(name=name)),
        (people.access.ListGrants, access_pb2.ListGrantsRequest(person=name)),
        (reviews.GetHoldings, review.GetHoldingsRequest(person=name)),
        (reviews.ListAccessChanges, changes),
        (reviews.WhyAccess, review.WhyAccessRequest(person=name, permission="people.staff.read")),
        (outside.ListOutsideAccesses, outsiders_pb2.ListOutsideAccessesRequest(person=name)),
        (attendance.sheets.GetSheet, sheets_pb2.GetSheetRequest(name=f"{name}/sheets/{MONTH}")),
        (attendance.explanations.ExplainDay, explanations_pb2.ExplainDayRequest(name=f"{name}/days/{MONTH}-02")),
        (attendance.punches.CreatePunch, punches_pb2.CreatePunchRequest(punch=punch)),
        *leave_questions.of_person(attendance, name),
        (attendance.rota.ListRotaCells, rota_pb2.ListRotaCellsRequest(parent=name, month=MONTH)),
        corrections_of(attendance, name),
        photo_lists.photos_of(attendance, name),
        (attendance.rota.DeleteRotaCell, rota_pb2.DeleteRotaCellRequest(name=f"{name}/rotaCells/2026-02-20")),
        *asking(lists.under_a_person(attendance, name)),
        *asking(leave_lists.under_a_person(attendance, name)),
        *asking(overtime_lists.of_anybody(attendance, name)),
        *asking(closing_lists.under_a_person(attendance, name, MONTH)),
        closing_lists.objections_of(attendance, name),
        overtime_lists.hours_of(attendance, name, MONTH),
    ]
