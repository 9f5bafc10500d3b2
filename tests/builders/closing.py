"""Months that are handed over and closed, as tests ask for them; the shop of the corrections, in February 2026."""

from collections.abc import Iterator
from contextlib import closing as closing_after
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bylaw.attendance.v1 import closing_pb2 as closing
from bylaw.attendance.v1 import feed_pb2
from bylaw.attendance.v1 import objections_pb2 as objections
from bylaw.people.v1 import notices_pb2, notices_pb2_grpc
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_attendance.policies import installed
from bylaw_attendance.rules.judging.judge_recorded import judge_recorded
from bylaw_attendance.store import closed_months, closed_sheets, late_punches, overtime, punches, sheets, struck_punches
from bylaw_attendance.use_cases.closing.adjust_month import AdjustMonth
from bylaw_attendance.use_cases.closing.take_late_punches import TakeLatePunches
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.values import resource_name
from bylaw_people.permissions import known_permissions

from tests.builders.attendance import AttendanceService
from tests.builders.corrections import Shop, shop_of
from tests.builders.people import SetClock, identifier
from tests.databases import Databases

FEBRUARY, MARCH = "2026-02", "2026-03"
OPEN, HANDED_OVER, CLOSED = (
    closing.UNIT_MONTH_STATE_OPEN,
    closing.UNIT_MONTH_STATE_HANDED_OVER,
    closing.UNIT_MONTH_STATE_CLOSED,
)


@dataclass
class Months:
    """The shop's months; whoever does not say who they are is human resources, who are in no unit."""

    shop: Shop

    @property
    def human_resources(self) -> Any:
        """May do everything everywhere, as nobody of the shop."""
        return self.shop.attendance.everything

    @property
    def deputy(self) -> Any:
        """Ben, who may do what the head may."""
        return self.shop.attendance.caller(Scope.SUBTREE, unit=self.shop.shop, person=self.shop.ben)

    @property
    def hr_person(self) -> str:
        """Who human resources are."""
        return resource_name("people", self.shop.attendance.people.administrator)

    def as_everything(self, person: str) -> Any:
        """Somebody who may do everything everywhere."""
        return self.shop.attendance.caller(Scope.COMPANY, person=person)

    @contextmanager
    def adjusting(self) -> Iterator[AdjustMonth]:
        """What makes further versions, on the database of the service and with the patterns that are installed."""
        database = self.shop.attendance.service.database
        with closing_after(installed()) as book:
            yield AdjustMonth(database, punches, struck_punches, sheets, closed_sheets, overtime, book)

    def take_late(self) -> int:
        """What the timer `late-punches` does every ten minutes."""
        with self.adjusting() as adjusting:
            stores = (closed_months, late_punches, closed_sheets)
            return TakeLatePunches(adjusting.database, *stores, adjusting, "service:attendance").take()

    def notices(self, person: str) -> list[notices_pb2.Notice]:
        """Somebody's notices, newest first, when all that is due was sent."""
        attendance, people = self.shop.attendance, self.shop.attendance.people
        while attendance.service.runner.run_one(["tell-people"]):
            pass
        reader = people.as_caller(HeldGrant(Scope.SELF, None, frozenset()), person=identifier(person))
        stub = notices_pb2_grpc.NoticesStub(people.channel)
        return list(stub.ListNotices(notices_pb2.ListNoticesRequest(), metadata=reader).notices)

    @property
    def company(self) -> str:
        """The unit above the shop and the store."""
        request = org.GetUnitRequest(name=self.shop.shop)
        people = self.shop.attendance.people
        return str(people.organisation.GetUnit(request, metadata=self.office).parent)

    @property
    def site(self) -> str:
        """The site at which everybody works."""
        sites = self.shop.attendance.people.organisation.ListSites(org.ListSitesRequest(), metadata=self.office).sites
        return str(sites[0].name)

    def move(self, person: str, unit: str, since: str) -> None:
        """Has somebody work in another unit from a day on, at the site that there is."""
        people = self.shop.attendance.people
        formal, site = staff.EMPLOYMENT_KIND_FORMAL, self.site
        moved = staff.Appointment(unit=unit, site=site, employment_kind=formal, start_date=since)
        request = staff.AppointPersonRequest(name=person, appointment=moved)
        people.staff.AppointPerson(request, metadata=self.office)
        self.shop.attendance.follow_people()

    @property
    def office(self) -> Any:
        """Whoever may do everything in people, with a token of now."""
        return self.shop.attendance.people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))

    def at(self, *instant: int) -> None:
        """Sets the clock of the services, in UTC, and has every clock of the site report up to it."""
        self.shop.attendance.clock.now = datetime(*instant, tzinfo=UTC)
        self.shop.clocks_have_reported()

    def name(self, month: str = FEBRUARY, unit: str = "") -> str:
        """A unit's month, the shop's where no other is named."""
        return f"{unit or self.shop.shop}/months/{month}"

    def shown(self, month: str = FEBRUARY, unit: str = "", caller: Any = None) -> closing.UnitMonth:
        """How it stands."""
        request = closing.GetUnitMonthRequest(name=self.name(month, unit))
        return self._stub.GetUnitMonth(request, metadata=caller or self.human_resources)

    def listed(self, unit: str, month: str = FEBRUARY, caller: Any = None, **more: Any) -> Any:
        """A page of units' months."""
        request = closing.ListUnitMonthsRequest(parent=unit, month=month, **more)
        return self._stub.ListUnitMonths(request, metadata=caller or self.human_resources)

    def review(
        self, month: str = FEBRUARY, unit: str = "", caller: Any = None, people: Any = None, key: str = ""
    ) -> int:
        """Reviews sheets as they are now, all that are open where nobody is named; answers how many."""
        shown = self.shown(month, unit).sheets
        reviews = [
            closing.SheetReview(person=one.sheet.partition("/sheets/")[0], inputs_digest=one.inputs_digest)
            for one in shown
            if not one.version and (people is None or one.sheet.partition("/sheets/")[0] in people)
        ]
        request = closing.ReviewSheetsRequest(name=self.name(month, unit), reviews=reviews, request_id=key)
        return int(self._stub.ReviewSheets(request, metadata=caller or self.human_resources).reviewed_count)

    def hand_over(self, month: str = FEBRUARY, unit: str = "", caller: Any = None, **more: Any) -> Any:
        """Hands a month over."""
        key = more.pop("key", "")
        request = closing.HandOverUnitMonthRequest(name=self.name(month, unit), request_id=key, **more)
        return self._stub.HandOverUnitMonth(request, metadata=caller or self.human_resources)

    def close(self, month: str = FEBRUARY, unit: str = "", caller: Any = None, key: str = "") -> Any:
        """Closes a month."""
        request = closing.CloseUnitMonthRequest(name=self.name(month, unit), request_id=key)
        return self._stub.CloseUnitMonth(request, metadata=caller or self.human_resources)

    def finish(self, month: str = FEBRUARY, unit: str = "") -> closing.UnitMonth:
        """Reviews, hands over and closes a month."""
        self.review(month, unit)
        self.hand_over(month, unit)
        closed: closing.UnitMonth = self.close(month, unit)
        return closed

    def exported(self, month: str = FEBRUARY, unit: str = "", caller: Any = None, **more: Any) -> Any:
        """A month as a file."""
        request = closing.ExportUnitMonthRequest(name=self.name(month, unit), **more)
        return self._stub.ExportUnitMonth(request, metadata=caller or self.human_resources)

    def versions(self, person: str, month: str = FEBRUARY, caller: Any = None) -> list[closing.SheetVersion]:
        """The versions of a closed sheet."""
        request = closing.ListSheetVersionsRequest(parent=f"{person}/sheets/{month}")
        answer = self.shop.attendance.closed_sheets.ListSheetVersions(request, metadata=caller or self.human_resources)
        return list(answer.versions)

    def correct(self, person: str, reason: str = "the gate's book says so", *, caller: Any = None, **more: Any) -> Any:
        """Corrects a closed sheet."""
        missing = [closing.MissingPunch(local_time=time) for time in more.pop("punches", ())]
        name = f"{person}/sheets/{more.pop('month', FEBRUARY)}"
        request = closing.CorrectClosedSheetRequest(name=name, reason=reason, punches=missing, **more)
        stub = self.shop.attendance.closed_sheets
        return stub.CorrectClosedSheet(request, metadata=caller or self.human_resources)

    def replays_the_same(self) -> list[int]:
        """The versions of all closed sheets, each of which comes to the same once more."""
        with self.adjusting() as adjusting, adjusting.database.read() as connection:
            kept = closed_sheets.sample(connection, 100)
            for one in kept:
                again, record = judge_recorded(one, adjusting.plans(connection, one), adjusting.book.judge)
                assert (again.digest, again.body, again.totals) == (one.digest, one.body, one.totals)
                assert record.pack() == one.judged_from
            return sorted(one.version for one in kept)

    def adjustments(self, month: str = MARCH, unit: str = "", caller: Any = None) -> list[closing.SheetVersion]:
        """What counts in a month."""
        request = closing.ListAdjustmentsRequest(parent=unit or self.shop.shop, month=month)
        answer = self.shop.attendance.closed_sheets.ListAdjustments(request, metadata=caller or self.human_resources)
        return list(answer.adjustments)

    def told(self, kind: str) -> list[Any]:
        """What the feed has told of a kind."""
        request = feed_pb2.ListEventsRequest(page_size=1000)
        events = self.shop.attendance.feed.ListEvents(request, metadata=self.human_resources).events
        return [getattr(event, event.WhichOneof("change")) for event in events if event.WhichOneof("change") == kind]

    @property
    def _stub(self) -> Any:
        return self.shop.attendance.unit_months


def objection_made(attendance: AttendanceService, person: str, month: str) -> objections.Objection:
    """Somebody objects to their own sheet."""
    wish = objections.Objection(sheet=f"{person}/sheets/{month}", text="I was there")
    request = objections.CreateObjectionRequest(objection=wish)
    caller = attendance.caller(Scope.SELF, person=person)
    made: objections.Objection = attendance.objections.CreateObjection(request, metadata=caller)
    return made


@contextmanager
def months_of(postgres: Databases, day: str = "2026-03-06", **more: Any) -> Iterator[Months]:
    """The shop on the 6th of March 2026 at noon, when February can be closed; every clock has reported."""
    clock = SetClock(datetime.fromisoformat(f"{day}T04:00:00Z"))
    with shop_of(postgres, clock=clock, **more) as shop:
        months = Months(shop)
        shop.clocks_have_reported()
        yield months
