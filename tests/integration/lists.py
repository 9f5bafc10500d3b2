"""Lists of every service as a caller walks them, and the single read that says of each thing whether it may be seen."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc
from bylaw.attendance.v1 import policies_pb2, punches_pb2, replays_pb2, rota_pb2, sheets_pb2
from bylaw.people.v1 import access_pb2, organisation_pb2, staff_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people.permissions import known_permissions
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.builders.leave_policies import EVERY_LEAVE, stub_of
from tests.builders.people import identifier
from tests.integration.unpacked import unpacked

READS = frozenset(each for each in known_permissions() if each.endswith(".read") or not each.startswith("people."))
NEVER = "00000000-0000-7000-8000-000000000009"
"""The id of nothing."""

Metadata = Any


@dataclass(frozen=True)
class Walk:
    """A list: its stub's method, its request, and the field of the answer that holds the things."""

    method: Callable[..., Any]
    request: Message
    field: str

    def all(self, caller: Metadata, chance: random.Random) -> list[Message] | str:
        """Everything over pages of random sizes; the reason where the list is refused."""
        found: list[Message] = []
        request = type(self.request)()
        request.CopyFrom(self.request)
        paged = "page_token" in request.DESCRIPTOR.fields_by_name
        while True:
            if paged:
                request.page_size = chance.choice((2, 5, 20))
            try:
                answer = self.method(request, metadata=caller)
            except grpc.RpcError as error:
                return refusal_from(error).reason
            things = list(getattr(answer, self.field))
            found.extend(things)
            if not paged or not answer.next_page_token:
                return found
            assert things, "an empty page says that there are more"
            request.page_token = answer.next_page_token


@dataclass(frozen=True)
class SingleReads:
    """What a caller may see of each thing, by reading it alone; `own` is the person who calls, with their grants."""

    attendance: AttendanceService
    caller: Metadata
    own: str
    grants: tuple[HeldGrant, ...]
    known: dict[tuple[str, bytes], Message | str] = field(default_factory=dict)
    """What was answered or refused before: nothing changes while these tests read."""

    def answer(self, method: Callable[..., Any], request: Message) -> Message | str:
        """The answer, or the reason why there is none."""
        key = (request.DESCRIPTOR.full_name, request.SerializeToString(deterministic=True))
        if key not in self.known:
            try:
                self.known[key] = method(request, metadata=self.caller)
            except grpc.RpcError as error:
                self.known[key] = refusal_from(error).reason
        return self.known[key]

    def read(self, method: Callable[..., Any], request: Message) -> Any:
        """The thing, or nothing where it is not there for the caller."""
        found = self.answer(method, request)
        assert not isinstance(found, str) or found.endswith("_NOT_FOUND"), found
        return None if isinstance(found, str) else found

    def allowed(self, method: Callable[..., Any], request: Message) -> bool:
        """Whether a single read shows its thing; a refusal for another reason than that it is not there does too."""
        found = self.answer(method, request)
        return not isinstance(found, str) or not found.endswith("_NOT_FOUND")

    @property
    def sees_everybody(self) -> bool:
        """Whether a grant is for the whole organisation."""
        return any(grant.scope is Scope.COMPANY for grant in self.grants)

    def person(self, name: str, day: str = "") -> bool:
        """A person as of a day."""
        request = staff_pb2.GetPersonRequest(name=name, as_of_date=day)
        return self.allowed(self.attendance.people.staff.GetPerson, request)

    def unit(self, name: str, day: str = "") -> bool:
        """A unit as of a day."""
        request = organisation_pb2.GetUnitRequest(name=name, as_of_date=day)
        return self.allowed(self.attendance.people.organisation.GetUnit, request)

    def position(self, name: str, day: str = "") -> bool:
        """A position as of a day."""
        request = organisation_pb2.GetPositionRequest(name=name, as_of_date=day)
        return self.allowed(self.attendance.people.organisation.GetPosition, request)

    def grant(self, name: str) -> bool:
        """A grant."""
        return self.allowed(self.attendance.people.access.GetGrant, access_pb2.GetGrantRequest(name=name))

    def sheet(self, person: str, month: str) -> bool:
        """A sheet."""
        request = sheets_pb2.GetSheetRequest(name=f"{person}/sheets/{month}")
        return self.allowed(self.attendance.sheets.GetSheet, request)

    def punch_import(self, name: str) -> bool:
        """An import."""
        request = punches_pb2.GetPunchImportRequest(name=name)
        return self.allowed(self.attendance.punches.GetPunchImport, request)

    def replay(self, name: str) -> bool:
        """A replay."""
        return self.allowed(self.attendance.replays.GetReplay, replays_pb2.GetReplayRequest(name=name))

    def subject(self, name: str) -> bool:
        """Whose pattern an assignment decides: everybody sees what everybody follows."""
        collection = name.partition("/")[0]
        return {"": lambda _: True, "people": self.person, "units": self.unit}[collection](name)


@dataclass(frozen=True)
class Listing:
    """A list, and what a single read says of a thing: whether it is shown, or how it is to be shown.

    `there` is what there is, where nobody is shown all of it by the list.
    """

    walk: Walk
    shown: Callable[[SingleReads, Any], Any]
    there: Sequence[Any] | None = None

    def expected(self, reads: SingleReads, everything: Sequence[Any]) -> list[Any]:
        """What the list is to show to somebody, of everything there is."""
        said = ((thing, self.shown(reads, thing)) for thing in everything)
        return [thing if shown is True else shown for thing, shown in said if shown]


def of_people(attendance: AttendanceService, day: str = "") -> dict[str, Listing]:
    """The lists of people over all of the organisation, each with the single read of its things."""
    organisation, staff, access = attendance.people.organisation, attendance.people.staff, attendance.people.access
    patterns = policies_pb2.ListPatternAssignmentsRequest(show_withdrawn=True)
    return {
        "ListPeople": Listing(
            Walk(staff.ListPeople, staff_pb2.ListPeopleRequest(as_of_date=day), "people"),
            lambda reads, thing: reads.person(thing.name, day),
        ),
        "ListUnits": Listing(
            Walk(organisation.ListUnits, organisation_pb2.ListUnitsRequest(as_of_date=day), "units"),
            lambda reads, thing: reads.unit(thing.name, day),
        ),
        "ListPositions": Listing(
            Walk(organisation.ListPositions, organisation_pb2.ListPositionsRequest(as_of_date=day), "positions"),
            lambda reads, thing: reads.position(thing.name, day),
        ),
        "ListGrants": Listing(
            Walk(access.ListGrants, access_pb2.ListGrantsRequest(), "grants"),
            lambda reads, thing: reads.grant(thing.name),
        ),
        "ListPatternAssignments": Listing(
            Walk(attendance.policies.ListPatternAssignments, patterns, "pattern_assignments"),
            lambda reads, thing: reads.subject(thing.subject),
        ),
        "ListLeaveAssignments": Listing(
            Walk(stub_of(attendance).ListLeaveAssignments, EVERY_LEAVE, "leave_assignments"),
            lambda reads, thing: reads.subject(thing.subject),
        ),
        "ListPolicyHealth": Listing(
            Walk(attendance.policies.ListPolicyHealth, policies_pb2.ListPolicyHealthRequest(), "entries"),
            lambda reads, thing: reads.person(thing.person),
        ),
        "ListReplays": Listing(
            Walk(attendance.replays.ListReplays, replays_pb2.ListReplaysRequest(), "replays"),
            lambda reads, thing: reads.replay(thing.name),
        ),
    }


def under_a_person(attendance: AttendanceService, person: str) -> dict[str, Walk]:
    """The lists under a person."""
    return {
        "ListAppointments": Walk(
            attendance.people.staff.ListAppointments,
            staff_pb2.ListAppointmentsRequest(parent=person),
            "appointments",
        ),
        "ListRecordedQualifications": Walk(
            attendance.people.staff.ListRecordedQualifications,
            staff_pb2.ListRecordedQualificationsRequest(parent=person),
            "qualifications",
        ),
        "ListPunches": Walk(attendance.punches.ListPunches, punches_pb2.ListPunchesRequest(parent=person), "punches"),
    }


def under_a_unit(attendance: AttendanceService, unit: str) -> dict[str, Walk]:
    """The lists of people's under a unit."""
    organisation = attendance.people.organisation
    return {
        "ListUnitVersions": Walk(
            organisation.ListUnitVersions, organisation_pb2.ListUnitVersionsRequest(parent=unit), "versions"
        ),
        "ListHeadships": Walk(
            organisation.ListHeadships, organisation_pb2.ListHeadshipsRequest(parent=unit), "headships"
        ),
    }


def under_a_position(attendance: AttendanceService, position: str) -> dict[str, Walk]:
    """The list under a position."""
    request = organisation_pb2.ListPositionVersionsRequest(parent=position)
    return {
        "ListPositionVersions": Walk(attendance.people.organisation.ListPositionVersions, request, "versions"),
    }


def sheets_of(attendance: AttendanceService, unit: str, month: str) -> Walk:
    """The sheets of a unit and those below it."""
    return Walk(attendance.sheets.ListSheets, sheets_pb2.ListSheetsRequest(parent=unit, month=month), "sheets")


def rota_of(attendance: AttendanceService, parent: str, month: str) -> Walk:
    """The rota of a unit and those below it, or of a person."""
    return Walk(attendance.rota.ListRotaCells, rota_pb2.ListRotaCellsRequest(parent=parent, month=month), "rota_cells")


def under_an_import(attendance: AttendanceService, name: str) -> dict[str, Walk]:
    """The lists under an import."""
    punches = attendance.punches
    return {
        "ListRefusedLines": Walk(punches.ListRefusedLines, punches_pb2.ListRefusedLinesRequest(parent=name), "lines"),
        "ListRepeatedLines": Walk(
            punches.ListRepeatedLines, punches_pb2.ListRepeatedLinesRequest(parent=name), "lines"
        ),
    }


def changes_of(attendance: AttendanceService, name: str) -> Walk:
    """What a replay changes."""
    request = replays_pb2.ListReplayChangesRequest(parent=name)
    return Walk(attendance.replays.ListReplayChanges, request, "changes")


def scopes(units: Sequence[str], chance: random.Random) -> Iterator[tuple[HeldGrant, ...]]:
    """Grants of every shape: oneself, everybody, a unit (and one there is not), a subtree, several of them."""
    yield (HeldGrant(Scope.SELF, None, READS),)
    yield (HeldGrant(Scope.COMPANY, None, READS),)
    yield tuple(HeldGrant(Scope.UNIT, identifier(unit), READS) for unit in (f"units/{NEVER}", chance.choice(units)))
    yield (HeldGrant(Scope.SUBTREE, identifier(chance.choice(units[1:])), READS),)
    yield tuple(
        HeldGrant(scope, None if scope is Scope.SELF else identifier(chance.choice(units)), READS)
        for scope in (Scope.SELF, Scope.UNIT, Scope.SUBTREE)
    )


ORDINAL = re.compile(r"id-\d+")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z")


class Spoken:
    """Answers as text that is the same in two databases: ids by their order of appearance, times not at all."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def text(self, answer: Message) -> str:
        """An answer, byte by byte, save ids, times and what a page token is made of."""
        said = unpacked(answer)
        if said.get("next_page_token"):
            said["next_page_token"] = len(said["next_page_token"])
        return self.bare(str(said))

    def bare(self, text: str) -> str:
        """Any text, save ids and times."""
        named = _ID.sub(lambda found: self._ids.setdefault(found[0], f"id-{len(self._ids)}"), text)
        return _TIME.sub("a time", named)


def names(things: Sequence[Any]) -> list[str]:
    """What things are called, in order."""
    return [thing.name for thing in things]


def by_name(things: Sequence[Any]) -> Mapping[str, Any]:
    """Things by what they are called."""
    return {thing.name: thing for thing in things}
