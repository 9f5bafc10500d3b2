"""How often a clause spoke, per month and unit: findings as the sheets say now, and refused calls."""

from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import sheets_pb2
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import Scope
from bylaw_hooks import Kind

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason

FEBRUARY = "2026-02"
USE = frozenset({"attendance.clause_use.read"})


class Shop:
    """A company with sales (Anna) and stock (Ben), both under the rulebook's week."""

    def __init__(self, attendance: AttendanceService) -> None:
        self.attendance = attendance
        self.site, self.company, self.sales, self.stock, self.online, self.anna, self.ben = attendance.filled

    def stamp(self, number: str, *days: str, came: str = "08:35") -> None:
        """Somebody comes late on each of these days, or when they came."""
        times = (f"2026-{day} {time}" for day in days for time in (came, "12:01", "13:50", "18:01"))
        lines = "\n".join(f"{number}\t{time}:00\t0\t1" for time in times)
        self.attendance.imported(lines.encode(), "HQ", complete_until_date="2026-02-28")

    def judge(self) -> None:
        """Everybody's February is shown once, and so is kept."""
        self.attendance.unit_sheets(self.company.name, FEBRUARY)

    def move(self, person: staff.Person, unit: Any, since: str) -> None:
        """Somebody works in another unit from a day on, and attendance knows it."""
        formal = staff.EMPLOYMENT_KIND_FORMAL
        moved = staff.Appointment(unit=unit.name, site=self.site.name, employment_kind=formal, start_date=since)
        request = staff.AppointPersonRequest(name=person.name, appointment=moved)
        people = self.attendance.people
        people.staff.AppointPerson(request, metadata=people.everything)
        self.attendance.follow_people()

    def uses(self, caller: Any = None, **asked: Any) -> sheets_pb2.ListClauseUseResponse:
        """The counts."""
        request = sheets_pb2.ListClauseUseRequest(**{"start_month": FEBRUARY, **asked})
        metadata = caller or self.attendance.caller(Scope.COMPANY, permissions=USE)
        return self.attendance.sheets.ListClauseUse(request, metadata=metadata)

    def counts(self, clause: str, caller: Any = None, **asked: Any) -> dict[str, int]:
        """Findings by a clause, per unit's code."""
        codes = {unit.name: unit.code for unit in (self.company, self.sales, self.stock, self.online)}
        found = self.uses(caller, clause=clause, **asked).uses
        return {codes.get(use.unit, ""): use.finding_count for use in found}

    def head(self, unit: str) -> Any:
        """Metadata of who may count in a unit and below it."""
        return self.attendance.caller(Scope.SUBTREE, unit=unit, permissions=USE)


def shop_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, company = people.site(), people.unit("ACME")
    sales, stock = (people.unit(code, company.name) for code in ("SALES", "STOCK"))
    online = people.unit("ONLINE", sales.name)
    attendance.assign(since="2026-01-01")
    anna, ben = (people.person(number, unit.name, site.name) for number, unit in (("A-1", sales), ("B-1", stock)))
    return site, company, sales, stock, online, anna, ben


BEGUN = {"shop": shop_in}


@pytest.fixture
def shop(attendance: AttendanceService) -> Shop:
    return Shop(attendance)


@pytest.mark.postgresql15
@pytest.mark.clause("ATT-2", "ATT-4", "HRS-5")
def test_what_is_counted_is_what_the_sheets_show(shop: Shop) -> None:
    shop.stamp("A-1", "02-03", "02-12")
    shop.stamp("B-1", "02-03")
    shop.judge()
    shown: dict[tuple[str, str], int] = {}
    for unit in (shop.sales, shop.stock):
        for sheet in shop.attendance.unit_sheets(unit.name, FEBRUARY).sheets:
            cards = [card for day in sheet.days for half in day.halves for card in half.card_points]
            for card in cards:
                if card.finding not in {sheets_pb2.FINDING_PENDING, sheets_pb2.FINDING_UNSPECIFIED}:
                    shown[unit.name, card.clause] = shown.get((unit.name, card.clause), 0) + 1
    counted = {(use.unit, use.clause): use.finding_count for use in shop.uses().uses}
    assert counted == shown
    assert shop.counts("ATT-2") == {"SALES": 2, "STOCK": 1}
    assert shop.counts("ATT-4")["STOCK"] > 0


def test_a_sheet_that_is_judged_anew_counts_once(shop: Shop) -> None:
    shop.stamp("A-1", "02-03")
    shop.judge()
    assert shop.counts("ATT-2") == {"SALES": 1}
    shop.stamp("A-1", "02-04")
    shop.judge()
    shop.judge()
    assert shop.counts("ATT-2") == {"SALES": 2}
    shop.attendance.punch(shop.anna.name, "2026-02-03 08:20:00")
    shop.judge()
    assert shop.counts("ATT-2") == {"SALES": 1}


def test_what_is_not_decided_has_not_been_said(shop: Shop) -> None:
    shop.stamp("A-1", "02-03")
    sheet = shop.attendance.sheet(shop.anna.name, "2026-03")
    cards = [card for day in sheet.days for half in day.halves for card in half.card_points]
    pending = sum(card.finding == sheets_pb2.FINDING_PENDING for card in cards)
    assert pending
    found = shop.uses(start_month="2026-03").uses
    assert sum(use.finding_count for use in found) == len(cards) - pending


@pytest.mark.clause("ATT-2")
def test_a_finding_belongs_to_the_unit_of_its_day_also_when_the_move_is_told_later(shop: Shop) -> None:
    shop.stamp("A-1", "02-03", "02-10", "02-12")
    shop.judge()
    shop.move(shop.anna, shop.stock, "2026-02-10")
    assert shop.counts("ATT-2") == {"SALES": 1, "STOCK": 2}


@pytest.mark.clause("SEC-1")
def test_the_head_of_a_new_unit_does_not_learn_which_clauses_spoke_in_the_old_one(shop: Shop) -> None:
    shop.stamp("A-1", "02-03")
    shop.judge()
    shop.move(shop.anna, shop.stock, "2026-02-10")
    assert shop.counts("ATT-2") == {"SALES": 1}
    assert not shop.uses(shop.head(shop.stock.name), clause="ATT-2").uses


@pytest.mark.clause("SEC-1")
def test_a_head_counts_in_the_units_below_and_learns_nothing_of_others(shop: Shop) -> None:
    shop.stamp("A-1", "02-03")
    shop.judge()
    alone = shop.uses(shop.head(shop.sales.name))
    shop.stamp("B-1", "02-03", "02-04")
    shop.judge()
    assert shop.uses(shop.head(shop.sales.name)) == alone
    assert shop.counts("ATT-2", shop.head(shop.sales.name)) == {"SALES": 1}
    assert shop.counts("ATT-2", shop.head(shop.company.name)) == {"SALES": 1, "STOCK": 2}
    assert shop.counts("ATT-2", parent=shop.sales.name) == {"SALES": 1}
    for unit in (shop.stock.name, shop.company.name, "units/00000000-0000-7000-8000-000000000009"):
        with pytest.raises(grpc.RpcError) as error:
            shop.uses(shop.head(shop.sales.name), parent=unit)
        assert reason(error.value) == "UNIT_NOT_FOUND"


@pytest.mark.clause("SEC-1")
def test_who_may_count_only_for_themselves_counts_nothing(shop: Shop) -> None:
    shop.stamp("A-1", "02-03")
    shop.judge()
    own = shop.attendance.caller(Scope.SELF, person=shop.anna.name, permissions=USE)
    assert not shop.uses(own).uses


def test_the_pages_together_are_the_whole_list_by_month_unit_and_clause(shop: Shop) -> None:
    shop.stamp("A-1", "02-03", came="08:50")
    shop.stamp("B-1", "02-03")
    shop.judge()
    shop.attendance.unit_sheets(shop.company.name, "2026-01")
    span = {"start_month": "2026-01", "end_month": FEBRUARY}
    whole = list(shop.uses(**span).uses)
    assert [(use.month, use.unit, use.clause) for use in whole] == sorted(
        (use.month, use.unit, use.clause) for use in whole
    )
    found, token = [], ""
    while True:
        page = shop.uses(**span, page_size=2, page_token=token)
        found += page.uses
        token = page.next_page_token
        if not token:
            break
    assert found == whole
    assert len({use.month for use in whole}) == 2


@pytest.mark.clause("SEC-1")
def test_a_refused_call_counts_in_the_unit_of_who_called_beside_the_findings(shop: Shop) -> None:
    shop.stamp("A-1", "02-03")
    shop.judge()
    nothing = frozenset({"people.staff.read"})
    for person in (shop.anna, shop.ben, shop.ben):
        caller = shop.attendance.caller(Scope.SELF, person=person.name, permissions=nothing)
        with pytest.raises(grpc.RpcError) as error:
            shop.attendance.sheet(person.name, FEBRUARY, caller=caller)
        assert reason(error.value) == "PERMISSION_MISSING"
    asked = {"start_month": "2026-03", "clause": "SEC-1"}
    found = {use.unit: (use.finding_count, use.refusal_count) for use in shop.uses(**asked).uses}
    assert found == {shop.sales.name: (0, 1), shop.stock.name: (0, 2)}
    assert [use.unit for use in shop.uses(shop.head(shop.sales.name), **asked).uses] == [shop.sales.name]
    assert not shop.uses(shop.head(shop.online.name), **asked).uses


@pytest.mark.parametrize(
    "asked",
    [
        {"start_month": ""},
        {"start_month": "2026-13"},
        {"end_month": "2026-01"},
        {"start_month": "2020-01", "end_month": "2026-01"},
        {"start_month": "9999-12"},
        {"parent": "people/1"},
        {"clause": "\0"},
        {"page_size": -1},
    ],
)
def test_what_cannot_be_asked_is_refused(shop: Shop, asked: dict[str, Any]) -> None:
    with pytest.raises(grpc.RpcError) as error:
        shop.uses(**asked)
    assert reason(error.value) == "FIELD_INVALID"


def test_cards_that_say_nothing_are_the_kinds_that_the_migration_leaves_out() -> None:
    assert {int(Kind.UNASKED), int(Kind.PENDING)} == {0, 7}
