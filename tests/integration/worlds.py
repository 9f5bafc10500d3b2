"""A shop that stands alone, and the same shop among stores of which its head sees nothing."""

from dataclasses import dataclass, field
from typing import Any

from bylaw.people.v1 import access_pb2, decisions_pb2, duties_pb2, organisation_pb2
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.people.v1.decisions_pb2_grpc import DecisionsStub
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.access import AccessCalls
from tests.builders.attendance import BY_ROTA, AttendanceService, cell
from tests.builders.closing import objection_made
from tests.builders.inventory import InventoryService
from tests.builders.leave import trip_asked
from tests.builders.notices import Office, schedule, to
from tests.builders.orders import OrdersService
from tests.builders.overtime import overtime_asked
from tests.builders.people import identifier, text
from tests.builders.rota_swaps import rest_swap_asked
from tests.builders.what_if import WhatIf
from tests.integration import lists
from tests.integration.offices import be_refused, deliver, someone
from tests.integration.order_lists import sold_by
from tests.integration.stock_lists import kept_by

ALIKE = {"team", "person2", "person3", "decision2"}
"""Things about which the same would be asked as about others; the lists hold them."""


@dataclass
class World:
    """A shop with a team, seen by its head; and, where `full`, a store beside it of which the head sees nothing."""

    attendance: AttendanceService
    inventory: InventoryService
    orders: OrdersService
    full: bool
    shown: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    beyond: dict[str, str] = field(default_factory=dict)

    def fill(self) -> None:
        """Makes both, in turn, so that what is hidden lies between what is shown in every order."""
        people = self.attendance.people
        self.site, self.top = people.site().name, people.unit("co").name
        for step in ("unit", "team", "person", "leaver", "head", "position", "grant"):
            self._both(step)
        for step in ("process", "decision", "delegation", "duty", "notice", "outsider", "refused"):
            self._both(step)
        self._tell_everybody()
        self.attendance.follow_people()
        self.inventory.follow_people()
        self.orders.follow_people()
        for step in (
            "pattern",
            "personal_pattern",
            "rota",
            "punches",
            "correction",
            "photo",
            "leave",
            "overtime",
            "swap",
            "objection",
            "replay",
            "stock",
            "sale",
        ):
            self._both(step)
        lines = "\n".join(f"{number}\t2026-02-05 08:21:00\t1\t0\t1\t0" for number in ("shop-1", "shop-2", "nobody"))
        self.shown["import"] = self.attendance.imported(lines.encode(), "HQ").name

    def _both(self, step: str) -> None:
        if self.full:
            getattr(self, f"_{step}")("a-store", self.hidden)  # before what is shown by code and number
            getattr(self, f"_{step}")("z-store", self.beyond)
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
        self.attendance.people.head(self._units[code], made["person1"])

    def _position(self, code: str, made: dict[str, str]) -> None:
        wish = organisation_pb2.Position(
            code=code, title=text("x"), unit=self._units[code], duties=text("x"), work=text("x")
        )
        request = organisation_pb2.CreatePositionRequest(position=wish)
        people = self.attendance.people
        made["position"] = people.organisation.CreatePosition(request, metadata=people.everything).name

    def _grant(self, code: str, made: dict[str, str]) -> None:
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
        self.attendance.assign(made["person2"], since="2026-02-05", sign_in_lead_minutes=10)

    def _rota(self, code: str, made: dict[str, str]) -> None:
        cells = [cell(made[f"person{number}"], f"2026-02-0{number + 5}", "rest", pattern=BY_ROTA) for number in (1, 2)]
        self.attendance.publish(self._units[code], *cells)

    def _punches(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for day in (3, 4, 5):
            self.attendance.punch(made["person1"], f"2026-02-0{day} 08:20:00")

    def _correction(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for number in (1, 2):
            made["correction"] = self.attendance.ask_correction(made[f"person{number}"], "2026-02-06 18:02").name

    def _leave(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for number in (2, 3):
            made["leave"] = trip_asked(self.attendance, made[f"person{number}"], "2026-03-05").name

    def _swap(self, code: str, made: dict[str, str]) -> None:
        pair = [made["person3"], made["person2"]]
        made["swap"] = rest_swap_asked(self.attendance, self._units[code], pair, 14).name

    def _overtime(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for number in (2, 3):
            made["overtime"] = overtime_asked(self.attendance, made[f"person{number}"], "2026-03-05").name

    def _objection(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for number in (2, 3):
            made["objection"] = objection_made(self.attendance, made[f"person{number}"], "2026-02").name

    def _photo(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        for number in (1, 2):
            made["photo"] = self.attendance.take_photo(made[f"person{number}"]).name

    def _replay(self, code: str, made: dict[str, str]) -> None:
        made["replay"] = WhatIf(self.attendance).done(self._units[code], "2026-02", working_days=["monday"]).name

    def _stock(self, code: str, made: dict[str, str]) -> None:
        made |= kept_by(self.inventory, self._units[code], self.site, code)

    def _sale(self, code: str, made: dict[str, str]) -> None:
        made |= sold_by(self.orders, self._units[code], code)

    def _process(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        step = decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_HEAD)
        wish = decisions_pb2.Process(
            kind="trip", unit=self._units[code], steps=[step], weight=decisions_pb2.WEIGHT_ORDINARY
        )
        request = decisions_pb2.SetProcessRequest(process=wish)
        self._decisions.SetProcess(request, metadata=self.attendance.people.everything)

    def _decision(self, code: str, made: dict[str, str]) -> None:
        wish = decisions_pb2.Decision(kind="ordinary-matter", subjects=[f"matters/{code}"])
        asked = {number: decisions_pb2.CreateDecisionRequest(decision=wish) for number in (2, 3)}
        for number, request in asked.items():
            found = self._decisions.CreateDecision(request, metadata=self._someone(made[f"person{number}"]))
            made[f"decision{number}"] = found.name
        answer = decisions_pb2.AnswerDecisionRequest(
            name=made["decision3"], answer=decisions_pb2.ANSWER_KIND_AGREE, step=found.step, text="yes"
        )
        self._decisions.AnswerDecision(answer, metadata=self._someone(made["person1"]))

    def _delegation(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        given = decisions_pb2.Delegation(delegate=made["person2"], end_date="2026-05-31")
        request = decisions_pb2.CreateDelegationRequest(delegation=given)
        self._decisions.CreateDelegation(request, metadata=self._someone(made["person1"]))

    def _duty(self, code: str, made: dict[str, str]) -> None:
        office, everything = Office(self.attendance.people), self.attendance.people.everything
        once = schedule(duties_pb2.DUTY_RHYTHM_ONCE, date="2026-03-05")
        made["duty"] = office.create(everything, head_of=self._units[code], schedule=once).name
        made["occurrence"] = office.due(everything, duty=made["duty"])[0].name

    def _notice(self, code: str, made: dict[str, str]) -> None:
        office, everything = Office(self.attendance.people), self.attendance.people.everything
        addressees = to(unit=self._units[code], with_subtree=True)
        made["notice"] = office.send(everything, to=addressees, needs_acknowledgement=True).name
        office.read(self._someone(made["person3"]), made["notice"])

    def _outsider(self, code: str, made: dict[str, str]) -> None:
        calls = AccessCalls(self.attendance.people)
        kind = staff.EMPLOYMENT_KIND_EXTERNAL
        made["outsider"] = calls.hire(f"{code}-x", self._units[code], self.site, kind=kind).name
        made["outside"] = calls.permit(made["outsider"], "2026-03-20").name

    def _refused(self, code: str, made: dict[str, str]) -> None:  # noqa: ARG002
        be_refused(self.attendance.people, made["person2"])

    def _tell_everybody(self) -> None:
        """One notice reaches all of the company; everybody has an address, so that it goes out to all."""
        people = self.attendance.people
        addressees = to(unit=self.top, with_subtree=True)
        self.shown["notice_of_all"] = Office(people).send(people.everything, to=addressees).name
        listed = people.staff.ListPeople(staff.ListPeopleRequest(page_size=1000), metadata=people.everything).people
        deliver(people, *(person.name for person in listed))

    def _someone(self, person: str) -> Any:
        return someone(self.attendance.people, person)

    @property
    def _decisions(self) -> DecisionsStub:
        return DecisionsStub(self.attendance.people.channel)

    @property
    def caller(self) -> lists.Metadata:
        """The shop's head, with a reach over the shop and its team."""
        held = HeldGrant(Scope.SUBTREE, identifier(self.shown["unit"]), lists.READS)
        return self.attendance.people.as_caller(held, person=identifier(self.shown["person1"]))
