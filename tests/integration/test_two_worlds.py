"""The same questions by the same caller, where much is hidden and where there is nothing else: the same bytes.

So nothing of what a caller may not see shows through: not in counts, totals, pages, tokens, etags, order or refusals.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import punches_pb2, sheets_pb2
from bylaw.people.v1 import access_pb2, organisation_pb2, staff_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.people import SetClock, identifier, text
from tests.databases import Databases
from tests.integration import lists
from tests.integration.organisations import MONTH

pytestmark = pytest.mark.clause("SEC-1")
Ask = Callable[..., Any]


@dataclass
class World:
    """A shop with a team, seen by its head; and, where `full`, a store beside it of which the head sees nothing."""

    attendance: AttendanceService
    full: bool
    shown: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)

    def fill(self) -> None:
        """Makes both, in turn, so that what is hidden lies between what is shown in every order."""
        people = self.attendance.people
        self.site, self.top = people.site().name, people.unit("co").name
        for step in ("unit", "team", "person", "leaver", "head", "position", "grant"):
            self._both(step)
        self.attendance.follow_people()
        for step in ("pattern", "personal_pattern", "punches"):
            self._both(step)
        lines = "\n".join(f"{number}\t2026-02-05 08:21:00\t1\t0\t1\t0" for number in ("shop-1", "shop-2", "nobody"))
        self.shown["import"] = self.attendance.imported(lines.encode(), "HQ").name

    def _both(self, step: str) -> None:
        if self.full:
            getattr(self, f"_{step}")("a-store", self.hidden)  # before what is shown by code and number
            getattr(self, f"_{step}")("z-store", {})
        getattr(self, f"_{step}")("shop", self.shown)

    def _unit(self, code: str, made: dict[str, str]) -> None:
        made["unit"] = self._units[code] = self.attendance.people.unit(code, parent=self.top).name

    _units: dict[str, str] = field(default_factory=dict)

    def _team(self, code: str, made: dict[str, str]) -> None:
        made["team"] = self.attendance.people.unit(f"{code}-team", parent=self._units[code]).name

    def _person(self, code: str, made: dict[str, str]) -> None:
        for number in range(1, 4):
            made[f"person{number}"] = self.attendance.people.person(
                f"{code}-{number}", self._units[code], self.site
            ).name

    def _leaver(self, code: str, made: dict[str, str]) -> None:
        leaver = self.attendance.people.person(f"{code}-9", self._units[code], self.site, until="2026-02-10")
        made["leaver"] = leaver.name

    def _head(self, code: str, made: dict[str, str]) -> None:
        if made:
            self.attendance.people.head(self._units[code], made["person1"])

    def _position(self, code: str, made: dict[str, str]) -> None:
        wish = organisation_pb2.Position(
            code=code, title=text("x"), unit=self._units[code], duties=text("x"), work=text("x")
        )
        request = organisation_pb2.CreatePositionRequest(position=wish)
        people = self.attendance.people
        made["position"] = people.organisation.CreatePosition(request, metadata=people.everything).name

    def _grant(self, code: str, made: dict[str, str]) -> None:
        if not made:
            return
        grant = access_pb2.Grant(
            person=made["person2"],
            role="roles/finance",
            scope=access_pb2.SCOPE_UNIT,
            unit=self._units[code],
            start_date="2026-03-02",
            reason="x",
        )
        people = self.attendance.people
        made["grant"] = people.access.CreateGrant(
            access_pb2.CreateGrantRequest(grant=grant), metadata=people.everything
        ).name

    def _pattern(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        self.attendance.assign(self._units[code], since="2026-01-01")

    def _personal_pattern(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        if made:
            self.attendance.assign(made["person2"], since="2026-02-05", sign_in_lead_minutes=10)

    def _punches(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for day in (3, 4, 5):
            if made:
                self.attendance.punch(made["person1"], f"2026-02-0{day} 08:20:00")

    @property
    def caller(self) -> lists.Metadata:
        """The shop's head, with a reach over the shop and its team."""
        held = HeldGrant(Scope.SUBTREE, identifier(self.shown["unit"]), lists.READS)
        return self.attendance.people.as_caller(held, person=identifier(self.shown["person1"]))


@pytest.fixture(scope="module")
def worlds(postgres: Databases) -> Iterator[tuple[World, World]]:
    """The same shop with nothing around it, and with stores around it."""
    with attendance_service(postgres, SetClock()) as bare, attendance_service(postgres, SetClock()) as full:
        found = World(bare, full=False), World(full, full=True)
        for world in found:
            world.fill()
        assert found[1].hidden
        yield found


@dataclass
class Script:
    """Everything a curious head asks of a world, as the answers' text."""

    world: World
    spoken: lists.Spoken = field(default_factory=lists.Spoken)

    def answers(self) -> Iterator[str]:
        """The lists over all of the organisation, then everything about what is shown, then about what is not."""
        for day in ("", "2026-01-20"):
            for walk, _ in lists.of_people(self.world.attendance, day).values():
                yield from self.paged(walk)
        yield from self.paged(lists.sheets_of(self.world.attendance, self.world.shown["unit"], MONTH))
        shown = sorted(self.world.shown.items())
        for _, name in shown:
            yield from (self.asked(*question) for question in about(self.world.attendance, name))
        for kind, name in shown:  # where there is nothing hidden, the same is asked of what there is not
            nothing = f"{name.partition('/')[0]}/{lists.NEVER}"
            questions = about(self.world.attendance, self.world.hidden.get(kind, nothing))
            yield from (lists.ORDINAL.sub("something", self.asked(*question)) for question in questions)

    def asked(self, method: Ask, request: Message) -> str:
        """An answer, or a refusal with all that it says."""
        try:
            return self.spoken.text(method(request, metadata=self.world.caller))
        except grpc.RpcError as error:
            refusal = refusal_from(error)
            said = (refusal.code, refusal.reason, refusal.message_en, refusal.message_zh, refusal.variables)
            return self.spoken.bare(str(said))

    def paged(self, walk: lists.Walk) -> Iterator[str]:
        """A list by pages of several sizes."""
        for size in (0, 1, 2):
            request = type(walk.request)(page_size=size)
            request.MergeFrom(walk.request)
            more = True
            while more:
                yield self.asked(walk.method, request)
                request.page_token = walk.method(request, metadata=self.world.caller).next_page_token
                more = bool(request.page_token)


def about(attendance: AttendanceService, name: str) -> list[tuple[Ask, Message]]:
    """Every single read of a thing, and every list under it."""
    people = attendance.people
    questions: dict[str, list[tuple[Ask, Message]]] = {
        "units": [
            (people.organisation.GetUnit, organisation_pb2.GetUnitRequest(name=name)),
            (people.staff.ListPeople, staff_pb2.ListPeopleRequest(unit=name)),
            (attendance.sheets.ListSheets, sheets_pb2.ListSheetsRequest(parent=name, month=MONTH)),
            *((walk.method, walk.request) for walk in lists.under_a_unit(attendance, name).values()),
        ],
        "people": [
            (people.staff.GetPerson, staff_pb2.GetPersonRequest(name=name)),
            (people.access.ListGrants, access_pb2.ListGrantsRequest(person=name)),
            (attendance.sheets.GetSheet, sheets_pb2.GetSheetRequest(name=f"{name}/sheets/{MONTH}")),
            (
                attendance.punches.CreatePunch,
                punches_pb2.CreatePunchRequest(punch=punches_pb2.Punch(person=name, local_time="2026-02-27 08:00:00")),
            ),
            *((walk.method, walk.request) for walk in lists.under_a_person(attendance, name).values()),
        ],
        "positions": [(people.organisation.GetPosition, organisation_pb2.GetPositionRequest(name=name))],
        "grants": [(people.access.GetGrant, access_pb2.GetGrantRequest(name=name))],
        "punchImports": [
            (attendance.punches.GetPunchImport, punches_pb2.GetPunchImportRequest(name=name)),
            *((walk.method, walk.request) for walk in lists.under_an_import(attendance, name).values()),
        ],
    }
    return questions[name.partition("/")[0]]


def test_what_is_hidden_shows_through_in_no_answer(worlds: tuple[World, World]) -> None:
    bare, full = (list(Script(world).answers()) for world in worlds)
    assert len(bare) > 80
    for number, (one, other) in enumerate(zip(bare, full, strict=True)):
        assert one == other, number


def test_the_script_would_see_it(worlds: tuple[World, World]) -> None:
    """Asked by somebody who may see the stores, the same script tells the worlds apart."""
    everybody = HeldGrant(Scope.COMPANY, None, lists.READS)
    seen = []
    for world in worlds:
        people = world.attendance.people
        walk = lists.Walk(people.staff.ListPeople, staff_pb2.ListPeopleRequest(), "people")
        seen.append(walk.all(people.as_caller(everybody), random.Random(0)))  # noqa: S311
    assert len(seen[0]) < len(seen[1])
