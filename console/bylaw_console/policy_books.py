"""What plugins offer and what was assigned, of shift patterns and of leave policies, as pages show both alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import leave_policies_pb2, policies_pb2
from bylaw.people.v1 import staff_pb2
from google.protobuf.json_format import MessageToDict

from bylaw_console import schemas
from bylaw_console.desk import Desk
from bylaw_console.units import Units

MOST = 1000
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of policy: `shift` or `leave`, with the messages of its calls."""

    kind: str
    prefix: str
    field: str
    make: Any
    create: Any
    listing: Any
    end: Any
    withdraw: Any
    clause: str

    def offered(self, desk: Desk) -> list[Any]:
        """What is installed."""
        if self.kind == "shift":
            return list(desk.ask(policies_pb2.ListShiftPatternsRequest()).shift_patterns)
        return list(desk.ask(leave_policies_pb2.ListLeavePoliciesRequest()).leave_policies)

    def assigned(self, desk: Desk, **asked: Any) -> list[Any]:
        """What was assigned, newest first."""
        found = desk.ask(self.listing(page_size=MOST, **asked))
        return list(found.pattern_assignments if self.kind == "shift" else found.leave_assignments)

    def policy(self, one: Any) -> str:
        """The policy of an assignment, `{name}@{version}`."""
        return str(getattr(one, self.field)).rpartition("/")[2]

    def wish(self, assignment: Any, key: str) -> Any:
        """The call that makes an assignment."""
        name = "pattern_assignment" if self.kind == "shift" else "leave_assignment"
        return self.create(**{name: assignment}, request_id=key)


SHIFT = Book(
    "shift",
    "shiftPatterns",
    "shift_pattern",
    policies_pb2.PatternAssignment,
    policies_pb2.CreatePatternAssignmentRequest,
    policies_pb2.ListPatternAssignmentsRequest,
    policies_pb2.EndPatternAssignmentRequest,
    policies_pb2.WithdrawPatternAssignmentRequest,
    "HRS-1",
)
LEAVE = Book(
    "leave",
    "leavePolicies",
    "leave_policy",
    leave_policies_pb2.LeaveAssignment,
    leave_policies_pb2.CreateLeaveAssignmentRequest,
    leave_policies_pb2.ListLeaveAssignmentsRequest,
    leave_policies_pb2.EndLeaveAssignmentRequest,
    leave_policies_pb2.WithdrawLeaveAssignmentRequest,
    "LVE-1",
)
BOOKS = {book.kind: book for book in (SHIFT, LEAVE)}


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment as a row: `subject` in words, and what it sets."""

    message: Any
    id: str
    policy: str
    title: str
    subject: str
    set: list[tuple[str, str]]


def assigned_of(book: Book, found: list[Any], offered: list[Any], units: Units, desk: Desk) -> list[Assigned]:
    """Assignments in words; those whose plugin is gone by their names alone."""
    who = desk.who(*(one.subject for one in found))
    known = {one.name.rpartition("/")[2]: one for one in offered}
    return [_assigned(book, one, known.get(book.policy(one)), units, who, desk) for one in found]


def _assigned(book: Book, one: Any, offer: Any, units: Units, who: Mapping[str, str], desk: Desk) -> Assigned:
    values = parameters_of(one)
    schema = MessageToDict(offer.parameters_schema) if offer is not None else {}
    told = list(schemas.told(schema, values, desk.language)) if schema else list(_bare(values))
    title = desk.text(offer.title) if offer is not None else book.policy(one)
    identity = one.name.rpartition("/")[2]
    return Assigned(one, identity, book.policy(one), title, subject_in_words(one.subject, units, who, desk), told)


def _bare(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in values.items()]


def subject_in_words(subject: str, units: Units, who: Mapping[str, str], desk: Desk) -> str:
    """Whom an assignment is for."""
    if not subject:
        return desk.t("policies.everybody")
    return units.title(subject, desk) or who.get(subject) or desk.t("policies.somebody")


def parameters_of(message: Any) -> dict[str, Any]:
    """The parameters of an assignment or a replay, numbers as they were written."""
    found = schemas.plain_numbers(MessageToDict(message.parameters))
    return found if isinstance(found, dict) else {}


def parameters_like(book: Book, identity: str, desk: Desk) -> dict[str, Any]:
    """The parameters of an assignment that there is, to go on from; none where it is not seen."""
    found = book.assigned(desk, show_withdrawn=True) if identity else []
    return next((parameters_of(one) for one in found if one.name.rpartition("/")[2] == identity), {})


def schema_of(book: Book, policy: str, offered: list[Any]) -> Any:
    """What is installed by that name, or None."""
    return next((one for one in offered if one.name == f"{book.prefix}/{policy}"), None)


def subject_of(desk: Desk, units: Units) -> str:
    """Whom a form means: a person by number, else a unit by code, or everybody; who is nobody is left to be refused."""
    number = desk.field("number")
    if number:
        found = desk.ask(staff_pb2.ListPeopleRequest(number=number)).people
        return found[0].name if found else f"people/{number}"
    code = desk.field("unit")
    return "" if code == ORGANISATION else units.named(code)
