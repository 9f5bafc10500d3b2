"""The same questions by the same caller, where much is hidden and where there is nothing else: the same bytes.

So nothing of what a caller may not see shows through: not in counts, totals, pages, tokens, etags, order or refusals.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import grpc
import pytest
from bylaw.attendance.v1 import audit_pb2 as attendance_audit
from bylaw.attendance.v1.audit_pb2_grpc import AuditStub as AttendanceAuditStub
from bylaw.people.v1 import (
    access_pb2,
    audit_pb2,
    decisions_pb2,
    duties_pb2,
    notices_pb2,
    organisation_pb2,
    outsiders_pb2,
    rulebook_pb2,
    sign_in_pb2,
    staff_pb2,
)
from bylaw.people.v1.audit_pb2_grpc import AuditStub
from bylaw.people.v1.decisions_pb2_grpc import DecisionsStub
from bylaw.people.v1.outsiders_pb2_grpc import OutsidersStub
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.inventory import inventory_beside
from tests.builders.notices import Office
from tests.builders.orders import orders_beside
from tests.builders.people import SetClock
from tests.databases import Databases
from tests.integration import (
    calendar_questions,
    company_lists,
    lists,
    office_lists,
    order_lists,
    stock_lists,
    things_asked,
)
from tests.integration.organisations import MONTH
from tests.integration.people_questions import Ask, about_person, about_unit, asking
from tests.integration.reading_calls import calls_that_read
from tests.integration.worlds import ALIKE, World

pytestmark = pytest.mark.clause("SEC-1")


@pytest.fixture(scope="module")
def worlds(postgres: Databases) -> Iterator[tuple[World, World]]:
    """The same shop with nothing around it, and with stores around it."""
    with (
        attendance_service(postgres, SetClock()) as bare,
        attendance_service(postgres, SetClock()) as full,
        inventory_beside(postgres, bare.people) as little,
        inventory_beside(postgres, full.people) as much,
        orders_beside(postgres, little) as few,
        orders_beside(postgres, much) as many,
    ):
        found = World(bare, little, few, full=False), World(full, much, many, full=True)
        for world in found:
            world.fill()
        assert found[1].hidden
        yield found


@dataclass
class Script:
    """Everything a curious head asks of a world, as the answers' text."""

    world: World
    spoken: lists.Spoken = field(default_factory=lists.Spoken)
    calls: set[str] = field(default_factory=set)
    """What was asked, by full name of the request."""

    def answers(self) -> Iterator[str]:
        """The lists over all of the organisation, then everything about what is shown, then about what is not."""
        attendance, inventory, shown = self.world.attendance, self.world.inventory, self.world.shown
        orders = self.world.orders
        for day in ("", "2026-01-20"):
            for listing in lists.of_people(attendance, day).values():
                yield from self.paged(listing.walk)
        for listing in office_lists.of_offices(attendance).values():
            yield from self.paged(listing.walk)
        yield from (self.asked(*question) for question in of_nobody(attendance, self.world.site, shown["unit"]))
        yield from self.paged(stock_lists.of_warehouses(inventory).walk)
        yield from (self.asked(*question) for question in stock_lists.of_nobody(inventory))
        for listing in (order_lists.of_channels(orders), order_lists.of_orders(orders)):
            yield from self.paged(listing.walk)
        yield from (self.asked(*question) for question in order_lists.of_nobody(orders))
        yield from self.paged(lists.sheets_of(attendance, shown["unit"], MONTH))
        yield from self.paged(lists.rota_of(attendance, shown["unit"], MONTH))
        named = sorted((kind, name) for kind, name in shown.items() if kind not in ALIKE)
        for _, name in named:
            yield from (self.asked(*question) for question in about(self.world, name))
        for kind, name in named:  # where there is nothing hidden, the same is asked of what there is not
            nothing = f"{name.partition('/')[0]}/{lists.NEVER}"
            questions = about(self.world, self.world.hidden.get(kind, nothing))
            yield from (lists.ORDINAL.sub("something", self.asked(*question)) for question in questions)

    def asked(self, method: Ask, request: Message) -> str:
        """An answer, or a refusal with all that it says."""
        return self._asked(method, request)[0]

    def paged(self, walk: lists.Walk) -> Iterator[str]:
        """A list by pages of two sizes."""
        sizes = (0, 3) if "page_size" in walk.request.DESCRIPTOR.fields_by_name else ()
        for size in sizes or (0,):
            request = type(walk.request)()
            request.CopyFrom(walk.request)
            more = True
            while more:
                if sizes:
                    request.page_size = size
                text, token = self._asked(walk.method, request)
                yield text
                more = bool(token)
                if more:
                    request.page_token = token

    def _asked(self, method: Ask, request: Message) -> tuple[str, str]:
        """What was said, and where the next page begins."""
        self.calls.add(request.DESCRIPTOR.full_name)
        try:
            answer = method(request, metadata=self.world.caller)
        except grpc.RpcError as error:
            refusal = refusal_from(error)
            said = (refusal.code, refusal.reason, refusal.message_en, refusal.message_zh, refusal.variables)
            return self.spoken.bare(str(said)), ""
        return self.spoken.text(answer), getattr(answer, "next_page_token", "")


def about(world: World, name: str) -> list[tuple[Ask, Message]]:
    """Every single read of a thing, and every list under it."""
    attendance, people = world.attendance, world.attendance.people
    office, decisions = Office(people), DecisionsStub(people.channel)
    questions: dict[str, Callable[[], list[tuple[Ask, Message]]]] = {
        "units": lambda: about_unit(attendance, name),
        "people": lambda: about_person(attendance, name),
        "positions": lambda: [
            (people.organisation.GetPosition, organisation_pb2.GetPositionRequest(name=name)),
            *asking(lists.under_a_position(attendance, name)),
        ],
        "grants": lambda: [(people.access.GetGrant, access_pb2.GetGrantRequest(name=name))],
        "decisions": lambda: [(decisions.GetDecision, decisions_pb2.GetDecisionRequest(name=name))],
        "duties": lambda: [
            (office.duties.GetDuty, duties_pb2.GetDutyRequest(name=name)),
            (office.duties.ListDutyOccurrences, duties_pb2.ListDutyOccurrencesRequest(duty=name)),
        ],
        "dutyOccurrences": lambda: [(office.duties.GetDutyOccurrence, duties_pb2.GetDutyOccurrenceRequest(name=name))],
        "notices": lambda: [
            (office.notices.GetNotice, notices_pb2.GetNoticeRequest(name=name)),
            (office.notices.ListReceipts, notices_pb2.ListReceiptsRequest(parent=name)),
            (office.notices.ListDeliveries, notices_pb2.ListDeliveriesRequest(notice=name)),
        ],
        "outsideAccesses": lambda: [
            (OutsidersStub(people.channel).GetOutsideAccess, outsiders_pb2.GetOutsideAccessRequest(name=name))
        ],
        **things_asked.of_attendance(attendance, name),
        **stock_lists.about(world.inventory, name),
        **order_lists.about(world.orders, name),
    }
    return questions[name.partition("/")[0]]()


def of_nobody(attendance: AttendanceService, site: str, unit: str) -> Iterator[tuple[Ask, Message]]:
    """What belongs to no unit, what tells of everybody, what is one's own, and counts."""
    people = attendance.people
    yield from asking(company_lists.shown_to_all(attendance, site))
    yield from asking(company_lists.for_whoever_sees_everybody(attendance, unit))
    yield from asking(company_lists.ones_own(attendance))
    yield from asking(company_lists.clause_use(attendance))
    yield people.organisation.GetSite, organisation_pb2.GetSiteRequest(name=site)
    yield people.rulebook.GetClause, rulebook_pb2.GetClauseRequest(name="clauses/SEC-1")
    yield people.rulebook.DiffClauses, rulebook_pb2.DiffClausesRequest(start_date="2026-01-01")
    yield people.rulebook.ExportClauses, rulebook_pb2.ExportClausesRequest()
    yield from calendar_questions.of_days(attendance, site)
    yield people.sign_in.GetSelf, sign_in_pb2.GetSelfRequest()
    yield Office(people).notices.GetNoticePreferences, notices_pb2.GetNoticePreferencesRequest()
    yield AuditStub(people.channel).GetAuditHead, audit_pb2.GetAuditHeadRequest()
    yield AttendanceAuditStub(attendance.channel).GetAuditHead, attendance_audit.GetAuditHeadRequest()


def test_what_is_hidden_shows_through_in_no_answer(worlds: tuple[World, World]) -> None:
    scripts = [Script(world) for world in worlds]
    bare, full = (list(script.answers()) for script in scripts)
    assert len(bare) > 200
    for number, (one, other) in enumerate(zip(bare, full, strict=True)):
        assert one == other, number
    first = worlds[0]
    ours = first.attendance.service, first.attendance.people.service, first.inventory.service, first.orders.service
    assert calls_that_read(*ours) - scripts[0].calls == UNASKED.keys()


UNASKED = {
    "bylaw.people.v1.GetKeySetRequest": "keys are drawn by chance and told to everybody",
    "bylaw.people.v1.StreamEventsRequest": "a stream, which the test of feeds refuses",
    "bylaw.attendance.v1.StreamEventsRequest": "a stream, which the test of feeds refuses",
    "bylaw.inventory.v1.StreamEventsRequest": "a stream, which the test of feeds refuses",
    "bylaw.orders.v1.StreamEventsRequest": "a stream, which the test of feeds refuses",
    "bylaw.attendance.v1.WatchPunchImportRequest": "a stream of what GetPunchImport shows",
}


def test_the_script_would_see_it(worlds: tuple[World, World]) -> None:
    """Asked by somebody who may see the stores, the same script tells the worlds apart."""
    everybody = HeldGrant(Scope.COMPANY, None, lists.READS)
    seen = []
    for world in worlds:
        people = world.attendance.people
        walk = lists.Walk(people.staff.ListPeople, staff_pb2.ListPeopleRequest(), "people")
        seen.append(walk.all(people.as_caller(everybody), random.Random(0)))  # noqa: S311
    assert len(seen[0]) < len(seen[1])
