"""The ledger of leave: exact, append-only, chained for each person, and what it comes to is what is shown."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import psycopg
import pytest
from bylaw.attendance.v1 import leave_pb2 as leave
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_attendance.rules.leave.leave_ledger import balance_at
from bylaw_attendance.store import leave_ledger
from bylaw_chassis.caller import Scope
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.builders.attendance import cell
from tests.builders.leave import LeaveOffice, leave_office, refusal
from tests.builders.people import identifier, url_of_admin
from tests.databases import Databases, plain

TUESDAY = "2026-03-10"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


def seen(office: LeaveOffice) -> Finding:
    """What the doctor says of leave."""
    examined = Examined(office.attendance.service.database, MIGRATIONS, running=False)
    found = examine(examined, checks(office.attendance.people.service.database))
    return next(finding for finding in found if finding.check == "leave")


@pytest.mark.clause("LVE-1")
def test_what_is_recorded_sums_to_what_is_shown_on_every_day(office: LeaveOffice) -> None:
    office.agreed("annual", TUESDAY, "2026-03-12")
    made = office.agreed("annual", "2026-04-07", "2026-04-08")
    office.shorten(made.name, "2026-04-07")
    office.correct("annual", "1/3", "2026-05-04")
    with office.attendance.service.database.read() as connection:
        recorded = [one.entry for one in leave_ledger.of_person(connection, identifier(office.anna))]
    shown = {}
    for day in ("2026-03-09", TUESDAY, "2026-03-11", "2026-04-07", "2026-04-08", "2026-05-04", "2026-12-31"):
        shown[day] = office.balances(day)["annual"]
        assert balance_at(recorded, "annual", _date(day)) == _fraction(shown[day]), day
    assert (shown["2026-03-09"], shown["2026-04-08"], shown["2026-05-04"]) == ("5", "1", "4/3")
    assert office.balances("2027-01-01")["annual"] == "16/3", "what was granted lapsed, what was brought along did not"


@pytest.mark.clause("LVE-1")
def test_what_lapses_soonest_is_shown_with_its_last_day(office: LeaveOffice) -> None:
    balances = {one.code: one for one in office.shown_balances("2026-03-31")}
    assert (balances["floating"].amount, balances["floating"].lapsing) == ("1", "1")
    assert balances["floating"].lapse_date == "2026-03-31"
    assert (balances["annual"].lapsing, balances["annual"].lapse_date) == ("5", "2026-12-31")
    assert (balances["lieu"].unit, balances["lieu"].lapsing) == (leave.LEAVE_UNIT_MINUTE, "")


@pytest.mark.clause("LVE-1")
def test_asking_again_records_nothing_and_what_is_recorded_is_listed_in_pages(office: LeaveOffice) -> None:
    office.balances()
    listed = office.entries()
    office.balances()
    office.run("leave-never-asked")
    assert office.entries() == listed
    assert office.entries("annual") == [one for one in listed if one.balance == "annual"]
    request = leave.ListLeaveEntriesRequest(parent=office.anna, page_size=20)
    page = office.stub.ListLeaveEntries(request, metadata=office.oneself(office.anna))
    request.page_token = page.next_page_token
    rest = office.stub.ListLeaveEntries(request, metadata=office.oneself(office.anna))
    assert [*page.leave_entries, *rest.leave_entries] == listed


@pytest.mark.clause("LVE-1", "ORG-3")
def test_a_balance_is_corrected_by_hand_with_a_reason_and_never_ones_own(office: LeaveOffice) -> None:
    made = office.correct("annual", "2.5", "2026-03-02", expire_date="2026-06-30")
    assert (made.kind, made.amount, made.reason) == (leave.LEAVE_ENTRY_KIND_CORRECT, "2.5", "brought along")
    assert (office.balances("2026-06-30")["annual"], office.balances("2026-07-01")["annual"]) == ("7.5", "5")
    office.correct("annual", "-5", "2026-07-01")
    assert office.balances("2026-07-01")["annual"] == "0"
    own = office.attendance.caller(Scope.COMPANY, person=office.anna)
    assert refusal(office.correct, "annual", "1", "2026-03-02", own).reason == "LEAVE_OWN"
    told = refusal(office.correct, "holiday", "1", "2026-03-02")
    assert (told.reason, told.variables["known"]) == ("LEAVE_BALANCE_UNKNOWN", "annual, floating, lieu")
    for wrong in ({"amount": "0"}, {"amount": "a day"}, {"amount": "1", "reason": ""}):
        wish = {"balance": "annual", "day": "2026-03-02", **wrong}
        assert refusal(office.correct, **wish).reason == "FIELD_INVALID"


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize(
    ("balance", "amount", "there", "less", "most"),
    [
        ("annual", "-99999", "5", "5", "366"),
        ("annual", "-16/3", "5", "5", "366"),
        ("annual", "367", "5", "5", "366"),
        ("lieu", "-1", "0", "0", "527040"),
    ],
)
def test_no_more_is_corrected_than_is_left_nor_added_than_a_year(
    office: LeaveOffice, balance: str, amount: str, there: str, less: str, most: str
) -> None:
    told = refusal(office.correct, balance, amount, "2026-03-02")
    assert (told.reason, told.clause, told.variables["balance"]) == ("LEAVE_BALANCE_BEYOND", "LVE-1", balance)
    assert [told.variables[name] for name in ("there", "less", "most", "amount")] == [there, less, most, amount]
    assert {one.kind for one in office.entries()} == {leave.LEAVE_ENTRY_KIND_GRANT}


@pytest.mark.clause("LVE-1")
def test_what_later_days_were_promised_stands_beside_the_balance_of_today(office: LeaveOffice) -> None:
    def annual(day: str) -> tuple[str, ...]:
        shown = next(one for one in office.shown_balances(day) if one.code == "annual")
        return shown.amount, shown.booked, shown.waiting, shown.waiting_later, shown.free

    assert annual("2026-03-02") == ("5", "0", "0", "0", "5")
    office.agreed("annual", TUESDAY, "2026-03-12")
    office.ask("annual", "2026-03-16")
    assert annual("2026-03-02") == ("5", "3", "0", "1", "1")
    assert annual(TUESDAY) == ("4", "2", "0", "1", "1")
    assert annual("2026-03-31") == ("2", "0", "1", "0", "1")
    made = office.agreed("annual", "2026-04-07")
    office.cancel(made.name)
    assert annual("2026-03-31") == ("2", "0", "1", "0", "1"), "what was given back is promised to nobody"


@pytest.mark.clause("HRS-1", "LVE-1")
def test_a_floating_day_that_the_rota_has_given_is_no_more_among_the_balances(office: LeaveOffice) -> None:
    def floating(day: str) -> tuple[str, str, str]:
        shown = next(one for one in office.shown_balances(day) if one.code == "floating")
        return shown.amount, shown.booked, shown.free

    assert floating("2026-03-02") == ("1", "0", "1")
    office.attendance.publish(office.shop, cell(office.anna, "2026-03-18", "floating"))
    assert floating("2026-03-02") == ("1", "1", "0"), "it is planned for later in the month"
    assert floating("2026-03-18") == ("0", "0", "0")
    assert floating("2026-04-01") == ("1", "0", "1"), "each month has its own"
    assert office.balances("2026-03-18", office.ben)["floating"] == "1"
    assert office.entries("floating")[0].kind == leave.LEAVE_ENTRY_KIND_GRANT, "the rota writes no entry"


@pytest.mark.clause("LVE-1")
def test_everybody_is_granted_what_is_theirs_daily_without_asking(office: LeaveOffice) -> None:
    office.run("organisation", "leave-grants")
    assert {one.balance for one in office.entries(person=office.ben)} == {"annual", "floating"}
    assert {one.recorded_by for one in office.entries(person=office.ben)} == {""}


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("update leave_ledger set amount_over = 9 where kind = 'grant' and balance = 'annual'", "leaveEntries/"),
        ("delete from leave_ledger where kind = 'take'", "people/"),
        ("update leave_days set given_back = true", "leaveRequests/"),
        ("update leave_people set head = hash from leave_ledger where place = 1", "people/"),
    ],
)
def test_the_doctor_finds_what_was_changed_behind_bylaws_back(
    postgres: Databases, office: LeaveOffice, change: str, said: str
) -> None:
    office.agreed("annual", TUESDAY)
    assert seen(office).holds
    address = plain(url_of_admin(postgres, office.attendance.url))
    with psycopg.connect(address, options="-csearch_path=attendance") as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(change.encode())
    assert not seen(office).holds
    assert said in seen(office).seen.en


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _fraction(text: str) -> Fraction:
    return Fraction(text)
