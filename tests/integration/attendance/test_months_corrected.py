"""A closed month is corrected on record alone, and what that changes counts in a month that is open (SHT-3)."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import closing_pb2

from tests.builders.closing import FEBRUARY, MARCH, Months, months_of
from tests.builders.corrections import refusal
from tests.databases import Databases

FRIDAY = "2026-02-27"
DAY = ("08:21:00", "12:01:00", "13:50:00", "18:01:00")
CORRECTED, LATE = closing_pb2.SHEET_VERSION_CAUSE_CORRECTED, closing_pb2.SHEET_VERSION_CAUSE_LATE_PUNCHES


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres) as made:
        yield made


@pytest.mark.postgresql15
@pytest.mark.clause("SHT-3")
def test_a_correction_says_who_what_and_why_and_counts_in_the_open_month(months: Months) -> None:
    shop = months.shop
    months.finish()
    before = shop.attendance.sheet(shop.anna, FEBRUARY)

    made = months.correct(shop.anna, "the gate's book of the 27th", punches=[f"{FRIDAY} {time}" for time in DAY])

    assert (made.version, made.cause, made.reason) == (2, CORRECTED, "the gate's book of the 27th")
    assert (made.created_by, made.counted_month) == (months.hr_person, MARCH)
    assert (made.difference.worked_halves, made.difference.absent_halves) == (2, -2)
    after = shop.attendance.sheet(shop.anna, FEBRUARY)
    assert (after.version, after.totals, after.inputs_digest) == (2, made.totals, made.inputs_digest)
    assert after.totals.worked_halves == before.totals.worked_halves + 2
    assert after.etag != before.etag
    first, second = months.versions(shop.anna)
    assert (first.version, first.totals, second) == (1, before.totals, made)
    assert months.adjustments() == [made]
    assert months.adjustments(FEBRUARY) == []
    assert [(one.version, one.counted_month) for one in months.told("closed_sheet_corrected")] == [(2, MARCH)]


@pytest.mark.clause("SHT-3")
def test_a_correction_without_reason_or_without_change_is_refused(months: Months) -> None:
    shop = months.shop
    assert refusal(months.correct, shop.anna).reason == "MONTH_NOT_CLOSED"
    months.finish()
    assert refusal(months.correct, shop.anna, " ").reason == "FIELD_INVALID"
    told = refusal(months.correct, shop.anna)
    assert (told.reason, told.clause) == ("NOTHING_TO_CORRECT", "SHT-3")
    assert refusal(months.correct, shop.anna, punches=["2026-03-02 08:20"]).reason == "FIELD_INVALID"
    assert refusal(months.correct, shop.anna, punches=["soon"]).reason == "PUNCH_LINE_MALFORMED"
    assert refusal(months.correct, shop.heidi, caller=months.as_everything(shop.heidi)).reason == "SHEET_OWN"
    assert refusal(months.correct, shop.cleo).reason == "MONTH_NOT_CLOSED"
    assert len(months.versions(shop.anna)) == 1
    assert shop.punches() == [], "nothing is half stored"


@pytest.mark.clause("SHT-3")
def test_of_two_who_correct_at_once_the_second_is_told_to_look_again(months: Months) -> None:
    shop = months.shop
    months.finish()
    months.correct(shop.anna, punches=[f"{FRIDAY} 08:21"], etag="1")
    told = refusal(months.correct, shop.anna, punches=[f"{FRIDAY} 12:01"], etag="1")
    assert (told.reason, told.variables["version"]) == ("SHEET_CORRECTED", "2")
    assert months.correct(shop.anna, punches=[f"{FRIDAY} 12:01"], etag="2").version == 3


@pytest.mark.clause("SHT-3", "ATT-4")
def test_punches_that_come_late_are_no_silent_change_but_an_adjustment(months: Months) -> None:
    shop = months.shop
    months.finish()
    before = shop.attendance.sheet(shop.anna, FEBRUARY)
    assert months.take_late() == 0
    for time in DAY:
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    shop.attendance.punch(shop.ben, "2026-03-03 08:20:00")
    assert shop.attendance.sheet(shop.anna, FEBRUARY) == before, "nothing changes by itself"

    assert months.take_late() == 1
    assert months.take_late() == 0

    first, second = months.versions(shop.anna)
    assert (first.totals, second.cause, second.created_by) == (before.totals, LATE, "")
    assert (second.counted_month, second.difference.worked_halves) == (MARCH, 2)
    assert [one.employee_number for one in months.adjustments()] == ["A-1"]
    assert [one.employee_number for one in months.adjustments(unit=months.company)] == ["A-1"]
    assert months.adjustments(unit=shop.store) == []


@pytest.mark.clause("SHT-3", "ATT-4")
def test_punches_are_taken_in_however_long_nobody_looked_and_each_is_looked_at_once(months: Months) -> None:
    shop = months.shop
    months.finish()
    for time in DAY:
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    shop.attendance.punch(shop.ben, "2026-03-05 08:20:00")
    months.at(2026, 3, 18, 4)

    assert months.take_late() == 1
    assert [one.cause for one in months.versions(shop.anna)][1:] == [LATE]
    with shop.attendance.service.database.read() as connection:
        assert connection.execute(sa.text("select count(*) from late_punches")).scalar() == 0


@pytest.mark.clause("SHT-3")
def test_what_comes_late_to_an_open_month_is_judged_with_it_and_noted_no_longer(months: Months) -> None:
    shop = months.shop
    for time in DAY:
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    assert months.take_late() == 0
    months.finish()
    assert months.take_late() == 0
    assert shop.attendance.sheet(shop.anna, FEBRUARY).totals.worked_halves == 2


@pytest.mark.clause("SHT-3")
def test_an_adjustment_counts_behind_the_last_month_that_is_closed(postgres: Databases) -> None:
    with months_of(postgres, "2026-04-07") as months:
        months.finish(FEBRUARY)
        months.finish(MARCH)
        made = months.correct(months.shop.anna, punches=[f"{FRIDAY} 08:21"])
        assert (made.month, made.counted_month) == (FEBRUARY, "2026-04")


@pytest.mark.clause("SHT-3")
def test_a_closed_month_judged_again_by_its_recorded_versions_gives_the_same_digest(months: Months) -> None:
    shop = months.shop
    for time in DAY:
        shop.attendance.punch(shop.anna, f"2026-02-10 {time}")
    months.finish()
    shop.attendance.punch(shop.anna, f"{FRIDAY} 08:21:00")
    months.move(shop.anna, shop.store, "2026-02-10")
    months.correct(shop.ben, punches=[f"{FRIDAY} 08:21", f"{FRIDAY} 12:01"])

    assert months.replays_the_same() == [1, 1, 1, 2]


@pytest.mark.clause("SHT-3")
def test_the_database_itself_keeps_closed_sheets_as_they_are(months: Months) -> None:
    months.finish()
    database = months.shop.attendance.service.database
    for statement in ("update closed_sheets set reason = 'x'", "delete from closed_sheets"):
        with database.work() as work, pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            work.connection.execute(sa.text(statement))
