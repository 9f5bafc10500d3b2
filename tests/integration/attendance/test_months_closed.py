"""A month is reviewed, handed over and closed in order; then nothing in it changes any more."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import policies_pb2, punches_pb2, rota_pb2, sheets_pb2
from bylaw_chassis.caller import Scope
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.attendance import FIXED_WEEK, cell
from tests.builders.closing import CLOSED, FEBRUARY, HANDED_OVER, MARCH, OPEN, Months, months_of
from tests.builders.corrections import refusal
from tests.databases import Databases

FRIDAY = "2026-02-27"


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres) as made:
        yield made


@pytest.mark.postgresql15
@pytest.mark.clause("SHT-1", "SHT-3")
def test_a_month_is_reviewed_handed_over_and_closed(months: Months) -> None:
    shop = months.shop
    for time in ("08:21:00", "12:01:00", "13:50:00", "18:01:00"):
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    before = months.shown()
    assert (before.state, before.people_count, before.closed_count) == (OPEN, 3, 0)
    assert (before.hand_over_date, before.objection_date) == ("2026-03-03", "2026-03-05")
    assert [(one.employee_number, one.reviewed, one.version) for one in before.sheets] == [
        ("A-1", False, 0),
        ("B-1", False, 0),
        ("H-1", False, 0),
    ]

    assert months.review(caller=shop.head, people={shop.anna, shop.ben}) == 2
    assert months.review(people={shop.heidi}) == 1
    handed = months.hand_over(caller=shop.head, remark="all looked at")
    assert (handed.state, handed.handed_over_by, handed.remark) == (HANDED_OVER, shop.heidi, "all looked at")
    closed = months.close()

    assert (closed.state, closed.closed_count) == (CLOSED, 3)
    assert [one.version for one in months.shown().sheets] == [1, 1, 1]
    sheet = shop.attendance.sheet(shop.anna, FEBRUARY)
    assert (sheet.version, sheet.close_time) == (1, closed.close_time)
    (version,) = months.versions(shop.anna)
    assert (version.inputs_digest, version.totals) == (sheet.inputs_digest, sheet.totals)
    assert [one.state for one in months.told("unit_month_changed")] == [HANDED_OVER, CLOSED]


@pytest.mark.clause("SHT-1")
def test_a_sheet_that_changes_after_its_review_has_to_be_reviewed_anew(months: Months) -> None:
    shop = months.shop
    assert refusal(months.hand_over).reason == "SHEETS_NOT_REVIEWED"
    months.review()
    shop.attendance.punch(shop.anna, f"{FRIDAY} 08:21:00")
    told = refusal(months.hand_over)
    assert (told.reason, told.clause, told.variables["people"]) == ("SHEETS_NOT_REVIEWED", "SHT-1", "A-1")
    months.review(people={shop.anna})
    months.hand_over()
    shop.attendance.punch(shop.ben, f"{FRIDAY} 08:21:00")
    assert refusal(months.close).variables["people"] == "B-1"
    months.review(people={shop.ben})
    assert months.close().state == CLOSED


@pytest.mark.clause("SHT-1", "SHT-3")
def test_what_was_reviewed_in_time_is_closed_without_being_looked_at_again(months: Months) -> None:
    shop = months.shop
    for time in ("08:50:00", "12:01:00", "13:50:00", "18:01:00"):
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    months.at(2026, 3, 2, 2, 0)
    months.review()
    months.hand_over()
    seen = shop.attendance.sheet(shop.anna, FEBRUARY)
    months.at(2026, 3, 6, 2, 0)
    sheet = shop.attendance.sheet(shop.anna, FEBRUARY)

    assert (seen.totals.leave_required_count, sheet.totals.leave_required_count) == (1, 0), "absence since the 3rd"
    assert all(one.reviewed for one in months.shown().sheets)
    assert months.close().state == CLOSED
    assert months.versions(shop.anna)[0].inputs_digest == sheet.inputs_digest


@pytest.mark.clause("SHT-1", "ATT-4")
def test_no_month_is_handed_over_while_a_card_waits_for_a_clock(months: Months) -> None:
    shop = months.shop
    reported = Timestamp()
    reported.FromJsonString("2026-02-10T00:00:00Z")
    request = punches_pb2.ReportClockRequest(site="HQ", device="slow", report_time=reported)
    shop.attendance.punches.ReportClock(request, metadata=months.human_resources)
    months.review()
    told = refusal(months.hand_over)
    assert (told.reason, told.variables["people"]) == ("SHEETS_UNFINISHED", "A-1, B-1, H-1")


@pytest.mark.clause("ORG-3", "SEC-1")
def test_nobody_reviews_their_own_sheet_nor_one_of_another_unit(months: Months) -> None:
    shop = months.shop
    told = refusal(months.review, caller=shop.head, people={shop.heidi})
    assert (told.reason, told.clause) == ("SHEET_OWN", "ORG-3")
    assert refusal(months.shown, unit=shop.store, caller=shop.head).reason == "UNIT_NOT_FOUND"
    assert refusal(months.close, unit=shop.store, caller=shop.head).reason == "UNIT_NOT_FOUND"
    assert months.shown(unit=shop.store).people_count == 1


@pytest.mark.clause("SHT-1", "SHT-2")
def test_a_month_is_not_handed_over_before_its_end_nor_closed_before_the_fifth_is_over(months: Months) -> None:
    told = refusal(months.hand_over, MARCH)
    assert (told.reason, told.clause) == ("MONTH_NOT_OVER", "SHT-1")
    assert refusal(months.review, MARCH).reason == "MONTH_NOT_OVER"
    assert refusal(months.close).reason == "MONTH_NOT_HANDED_OVER"
    months.at(2026, 3, 5, 15, 59)
    months.review()
    months.hand_over()
    assert refusal(months.hand_over).reason == "MONTH_HANDED_OVER"
    told = refusal(months.close)
    assert (told.reason, told.variables["until"]) == ("OBJECTIONS_DUE", "2026-03-05")
    months.at(2026, 3, 5, 16, 0)  # midnight in Shanghai
    assert months.close().state == CLOSED
    assert refusal(months.close).reason == "MONTH_CLOSED"


@pytest.mark.clause("SHT-3")
def test_months_are_closed_in_their_order_unit_by_unit(months: Months) -> None:
    shop, january, december = months.shop, "2026-01", "2025-12"
    for month in (january, FEBRUARY):
        for unit in (shop.shop, shop.store):
            months.review(month, unit)
            months.hand_over(month, unit)
    assert refusal(months.hand_over, december).reason == "MONTH_EMPTY"
    months.close(FEBRUARY, shop.store)
    told = refusal(months.close, january, shop.store)
    assert (told.reason, told.variables["other"]) == ("MONTH_OUT_OF_ORDER", FEBRUARY)
    months.close(january, shop.shop)
    assert months.close(FEBRUARY, shop.shop).state == CLOSED
    assert months.shown(january, shop.store).state == HANDED_OVER, "the first that is closed is the first of all"


@pytest.mark.clause("SHT-3")
def test_a_month_waits_for_the_one_before_it(postgres: Databases) -> None:
    with months_of(postgres, "2026-04-07") as months:
        months.finish("2026-01")
        months.review(MARCH)
        months.hand_over(MARCH)
        told = refusal(months.close, MARCH)
        assert (told.reason, told.clause, told.variables["other"]) == ("MONTH_OUT_OF_ORDER", "SHT-3", FEBRUARY)
        months.finish()
        assert months.close(MARCH).state == CLOSED


@pytest.mark.clause("SHT-3")
def test_nothing_is_written_into_a_closed_month(months: Months) -> None:
    shop = months.shop
    waits = shop.ask(f"{FRIDAY} 08:20")
    months.finish()
    before = shop.attendance.sheet(shop.anna, FEBRUARY)

    told = refusal(shop.accept, waits.name)
    assert (told.reason, told.clause) == ("MONTH_CLOSED", "SHT-3")
    assert (told.variables["person"], told.variables["month"], told.variables["since"]) == (
        "A-1",
        FEBRUARY,
        "2026-03-06",
    )
    assert refusal(shop.ask, f"{FRIDAY} 12:02").reason == "MONTH_CLOSED"
    assert refusal(shop.attendance.assign, shop.anna, "2026-02-20").reason == "MONTH_CLOSED"
    assert refusal(shop.attendance.assign, shop.shop, "2026-02-20").reason == "MONTH_CLOSED"
    assert refusal(shop.attendance.assign, "", "2026-02-20").reason == "MONTH_CLOSED"
    assert refusal(shop.attendance.publish, shop.shop, cell(shop.anna, FRIDAY, "", FIXED_WEEK)).reason == "MONTH_CLOSED"
    tried = rota_pb2.PublishRotaCellsRequest(parent=shop.shop, validate_only=True)
    tried.rota_cells.append(cell(shop.anna, FRIDAY, "", FIXED_WEEK))
    publish, may = shop.attendance.rota.PublishRotaCells, shop.attendance.everything
    assert refusal(lambda: publish(tried, metadata=may)).reason == "MONTH_CLOSED", "a dry run says so, too"
    (held,) = shop.attendance.policies.ListPatternAssignments(
        policies_pb2.ListPatternAssignmentsRequest(), metadata=shop.attendance.everything
    ).pattern_assignments
    withdraw = policies_pb2.WithdrawPatternAssignmentRequest(name=held.name, reason="by mistake")
    calls = shop.attendance.policies
    assert refusal(calls.WithdrawPatternAssignment, withdraw, metadata=months.human_resources).reason == "MONTH_CLOSED"
    end = policies_pb2.EndPatternAssignmentRequest(name=held.name, last_date="2026-02-10")
    assert refusal(calls.EndPatternAssignment, end, metadata=months.human_resources).reason == "MONTH_CLOSED"

    assert shop.attendance.sheet(shop.anna, FEBRUARY) == before
    assert shop.attendance.publish(shop.shop, cell(shop.anna, "2026-03-27", "", FIXED_WEEK)) == (
        rota_pb2.PublishRotaCellsResponse(published_count=1)
    )
    assert shop.attendance.assign(shop.anna, "2026-03-01").name, "what is open is as free as ever"


@pytest.mark.clause("SHT-3")
def test_what_is_not_closed_yet_in_the_other_unit_is_written_as_before(months: Months) -> None:
    months.finish()
    shop = months.shop
    asked = shop.ask(f"{FRIDAY} 08:20", person=shop.cleo)
    assert shop.accept(asked.name, months.human_resources).punch
    assert shop.attendance.assign(shop.store, "2026-02-20").name


@pytest.mark.clause("SHT-1")
def test_a_list_says_which_units_have_not_handed_over(months: Months) -> None:
    shop = months.shop
    company = months.company
    months.finish()
    page = months.listed(company)
    assert [(one.unit_code, one.state, one.people_count, one.closed_count) for one in page.unit_months] == [
        ("shop", CLOSED, 3, 3),
        ("store", OPEN, 1, 0),
    ]
    first = months.listed(company, page_size=1)
    second = months.listed(company, page_size=1, page_token=first.next_page_token)
    assert [*first.unit_months, *second.unit_months] == list(page.unit_months)
    employee = shop.attendance.caller(Scope.SUBTREE, unit=shop.store, person=shop.cleo)
    assert refusal(months.listed, company, caller=employee).reason == "UNIT_NOT_FOUND"


@pytest.mark.clause("SHT-3")
def test_a_closed_sheet_stays_even_where_the_organisation_is_changed_afterwards(months: Months) -> None:
    shop = months.shop
    months.finish()
    before = shop.attendance.sheet(shop.anna, FEBRUARY)
    months.move(shop.anna, shop.store, "2026-02-10")
    after = shop.attendance.sheet(shop.anna, FEBRUARY)
    assert (after.totals, after.inputs_digest, after.version) == (before.totals, before.inputs_digest, 1)
    assert [day.kind for day in after.days] == [day.kind for day in before.days]
    assert sheets_pb2.DAY_KIND_WORK in {day.kind for day in after.days}


@pytest.mark.clause("SHT-3")
def test_a_day_of_a_closed_month_is_explained_by_what_it_was_judged_from(months: Months) -> None:
    shop = months.shop
    shop.attendance.punch(shop.anna, f"{FRIDAY} 08:21:00")
    months.finish()
    before = shop.attendance.explained(shop.anna, FRIDAY)
    months.move(shop.anna, shop.store, "2026-02-10")
    shop.attendance.assign(shop.store, "2026-03-01", sign_in_lead_minutes=30)
    after = shop.attendance.explained(shop.anna, FRIDAY)
    assert after.halves == before.halves


@pytest.mark.clause("SHT-1", "SHT-3")
def test_the_same_again_under_the_same_key_is_answered_as_the_first_time(months: Months) -> None:
    """Sheets that nobody has looked at yet are judged and kept in the call's one transaction."""
    shop = months.shop
    shop.attendance.punch(shop.anna, f"{FRIDAY} 08:21:00")
    shown = months.shown()
    shop.attendance.clock.pass_time(minutes=5)
    shop.clocks_have_reported()
    assert months.review(key="look") == months.review(key="look") == len(shown.sheets)
    handed = months.hand_over(key="give")
    assert months.hand_over(key="give") == handed
    shop.attendance.clock.pass_time(minutes=5)
    shop.clocks_have_reported()
    closed = months.close(key="end")
    assert months.close(key="end") == closed
    assert closed.state == CLOSED
    corrected = months.correct(shop.anna, punches=[f"{FRIDAY} 12:01"], etag="1", request_id="mend")
    assert months.correct(shop.anna, punches=[f"{FRIDAY} 12:01"], etag="1", request_id="mend") == corrected
    assert len(months.versions(shop.anna)) == 2
