"""Whatever a closed sheet had wrong is put right on record: a punch, leave, the rota, the hours (SHT-3)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from bylaw.attendance.v1 import closing_pb2 as closing
from bylaw_attendance.app import MIGRATIONS
from bylaw_attendance.doctor.leave import leave as leave_examined
from bylaw_chassis.doctor import Examined

from tests.builders.closing import FEBRUARY, MARCH, Months, months_of
from tests.builders.corrections import refusal
from tests.builders.leave import AGREED, CANCELLED, FIRST_HALF, LeaveOffice
from tests.databases import Databases

THURSDAY, FRIDAY, SUNDAY = "2026-02-26", "2026-02-27", "2026-02-22"
DAY = ("08:21:00", "12:01:00", "13:50:00", "18:01:00")


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    """Anna was there on Thursday the 26th of February alone."""
    with months_of(postgres) as made:
        for time in DAY:
            made.shop.attendance.punch(made.shop.anna, f"{THURSDAY} {time}")
        yield made


@pytest.fixture
def office(months: Months) -> LeaveOffice:
    shop = months.shop
    return LeaveOffice(shop.attendance, shop.shop, shop.store, shop.anna, shop.ben, shop.heidi, "", shop.cleo)


def day(work_date: str, **more: Any) -> closing.CorrectedDay:
    return closing.CorrectedDay(work_date=work_date, **more)


def leave(kind: str, start: str, **more: Any) -> closing.CorrectedLeave:
    return closing.CorrectedLeave(kind=kind, start_date=start, **{"evidence": "folder 7", **more})


@pytest.mark.postgresql15
@pytest.mark.clause("SHT-3", "ATT-1")
def test_a_punch_that_somebody_else_made_is_struck_and_stays_on_record(months: Months) -> None:
    shop = months.shop
    months.finish()
    punch = shop.punches()[2]

    made = months.correct(shop.anna, "Ben held her card", struck_punches=[punch.name])

    assert made.difference.missing_card_count == 1
    assert (list(made.changes.struck_punches), list(made.changes.added_punches)) == ([punch.name], [])
    assert [one.HasField("strike_time") for one in shop.punches()] == [False, False, True, False]
    assert refusal(months.correct, shop.anna, struck_punches=[punch.name]).reason == "PUNCH_NOT_FOUND"
    back = months.correct(shop.anna, "it was hers", punches=[f"{THURSDAY} {DAY[2]}"])
    assert (back.difference.missing_card_count, len(back.changes.added_punches)) == (-1, 1)
    again = months.correct(shop.anna, "it was not", struck_punches=back.changes.added_punches)
    assert months.correct(shop.anna, "it was", punches=[f"{THURSDAY} {DAY[2]}"]).version == again.version + 1
    assert months.take_late() == 0, "what is struck does not come in again"
    assert months.replays_the_same() == [1, 1, 1, 2, 3, 4, 5]


@pytest.mark.clause("SHT-3")
def test_what_ends_a_night_over_the_months_edge_is_put_right_with_the_month_in_which_it_began(months: Months) -> None:
    shop = months.shop
    months.finish()
    night = day("2026-02-28", hours=["22:00-06:00"])
    beyond = refusal(months.correct, shop.anna, days=[night], punches=["2026-02-28 21:50:00", "2026-03-01 20:00:00"])
    assert (beyond.reason, beyond.clause, beyond.variables["next"]) == ("PUNCH_OF_NEXT_MONTH", "SHT-3", MARCH)
    assert refusal(months.correct, shop.anna, punches=["2026-03-02 06:05:00"]).reason == "FIELD_INVALID"
    assert len(shop.punches()) == len(DAY), "nothing is half done"

    made = months.correct(shop.anna, days=[night], punches=["2026-02-28 21:50:00", "2026-03-01 06:05:00"])

    assert len(made.changes.added_punches) == 2
    sheet = shop.attendance.sheet(shop.anna, FEBRUARY)
    (half,) = next(one for one in sheet.days if one.work_date == night.work_date).halves
    assert [point.punch_time[:16] for point in half.card_points] == ["2026-02-28 21:50", "2026-03-01 06:05"]


@pytest.mark.clause("SHT-3")
def test_a_punch_struck_at_the_edge_is_taken_out_of_the_closed_month_beside_it_too(months: Months) -> None:
    shop = months.shop
    months.finish("2026-01")
    shop.attendance.punch(shop.anna, "2026-01-31 21:50:00")
    months.take_late()
    shop.attendance.clock.pass_time(minutes=1)
    months.finish()
    before = [one.version for one in months.versions(shop.anna, "2026-01")]
    (punch,) = (one for one in shop.punches() if one.local_time.startswith("2026-01-31"))

    refused = refusal(months.correct, shop.anna, "not hers", struck_punches=[punch.name])
    assert refused.reason == "NOTHING_TO_CORRECT", "February does not hold it"
    months.correct(shop.anna, "not hers", struck_punches=[punch.name], days=[day(FRIDAY, day_off=True)])
    assert months.take_late() == 1
    assert [one.version for one in months.versions(shop.anna, "2026-01")] == [*before, before[-1] + 1]
    assert "struck" in months.versions(shop.anna, "2026-01")[-1].reason


@pytest.mark.clause("SHT-3", "LVE-2")
def test_the_head_is_told_of_leave_that_a_correction_has_put(months: Months, office: LeaveOffice) -> None:
    months.finish()
    months.correct(office.anna, "the trip of the 27th", leave=leave("trip", FRIDAY))
    (told,) = months.notices(office.heidi)
    (request,) = office.names()
    assert (told.about, told.title.en) == (request, "Leave put on record after the closing: A-1")
    assert "without being put to the department: the trip of the 27th" in told.body.en
    assert "未经部门核准：the trip of the 27th" in told.body.zh
    assert [one.title.en for one in months.notices(office.anna)] == ["Your closed sheet was corrected"]
    months.correct(office.ben, "his too", caller=months.as_everything(office.heidi), leave=leave("trip", FRIDAY))
    assert len(months.notices(office.heidi)) == 1, "she did so herself"


@pytest.mark.clause("SHT-3", "HRS-6")
def test_a_power_failure_that_was_announced_too_late_for_the_closing_excuses_the_day(months: Months) -> None:
    shop = months.shop
    months.finish()

    made = months.correct(shop.anna, "no power on the 27th", days=[day(FRIDAY, day_off=True)])

    assert (made.difference.absent_halves, made.difference.planned_halves) == (-2, -2)
    assert (made.counted_month, list(made.changes.days)) == (MARCH, [day(FRIDAY, day_off=True)])
    half = months.correct(shop.anna, "power came back at two", days=[day(FRIDAY, hours=["14:00-18:00"])])
    assert (half.difference.planned_halves, half.difference.absent_halves) == (1, 1)
    assert [one.HasField("changes") for one in months.versions(shop.anna)] == [False, True, True]
    back = months.correct(shop.anna, "only the store had none", days=[day(FRIDAY, as_planned=True)])
    assert back.totals == months.versions(shop.anna)[0].totals
    assert months.replays_the_same() == [1, 1, 1, 2, 3, 4]


@pytest.mark.clause("SHT-3", "HRS-1")
def test_a_day_that_the_company_worked_or_had_off_and_a_word_of_the_rota_are_put_right(months: Months) -> None:
    shop = months.shop
    months.finish()
    worked, floating = day(SUNDAY, kind=closing.CORRECTED_DAY_KIND_WORKED), day(FRIDAY, rota_word="floating")

    made = months.correct(shop.anna, "she worked the 22nd for the 27th", days=[worked, floating])

    assert (made.difference.planned_halves, list(made.changes.days)) == (0, [worked, floating])
    shown = {one.work_date: one for one in shop.attendance.sheet(shop.anna, FEBRUARY).days}
    assert (len(shown[SUNDAY].halves), len(shown[FRIDAY].halves)) == (2, 0)
    told = refusal(months.correct, shop.anna, days=[day(FRIDAY, rota_word="night")])
    assert (told.reason, told.violations[0].field) == ("FIELD_INVALID", "days[0].rota_word")
    plain = months.correct(shop.anna, "she was not off", days=[day(FRIDAY, rota_word="")])
    assert plain.difference.planned_halves == 2


@pytest.mark.clause("SHT-3", "LVE-1", "LVE-3")
def test_a_sick_note_handed_in_after_the_closing_is_leave_on_record(months: Months, office: LeaveOffice) -> None:
    shop = months.shop
    months.finish()

    made = months.correct(shop.anna, "note of the 27th, handed in on the 8th", leave=leave("sick", FRIDAY))

    assert (made.difference.absent_halves, made.difference.excused_minutes) == (-2, 450)
    put = office.get(made.changes.leave[0].leave_request)
    assert (put.state, put.kind, put.changed_by, put.change_text) == (AGREED, "sick", months.hr_person, made.reason)
    assert (put.decision, put.evidence, put.total_days) == ("", "folder 7", "1")
    assert months.replays_the_same() == [1, 1, 1, 2]
    assert [one.name for one in office.told()] == [put.name]
    other = months.correct(shop.anna, "and on the 25th", leave=leave("sick", "2026-02-25", end_half=FIRST_HALF))
    assert (other.difference.absent_halves, other.difference.excused_minutes) == (-1, 210)


@pytest.mark.clause("SHT-3", "LVE-1")
def test_leave_of_the_wrong_kind_is_exchanged_in_one_correction_and_the_ledger_has_both(
    months: Months, office: LeaveOffice
) -> None:
    shop = months.shop
    office.correct("annual", "2", "2026-02-01")
    months.finish()
    first = months.correct(shop.anna, "annual leave", leave=leave("annual", THURSDAY, end_date=FRIDAY))
    assert office.balances("2026-03-06")["annual"] == "0"
    off = closing.LeaveTakenOff(leave_request=first.changes.leave[0].leave_request, dates=[FRIDAY])

    swapped = months.correct(shop.anna, "she was ill", leave=leave("sick", FRIDAY), leave_taken_off=[off])

    assert (swapped.difference.excused_minutes, [one.taken_off for one in swapped.changes.leave]) == (0, [True, False])
    assert office.balances("2026-03-06")["annual"] == "1"
    assert [one.leave_request for one in office.entries("annual")][:3] == [first.changes.leave[0].leave_request] * 3
    annual = office.get(first.changes.leave[0].leave_request)
    assert (annual.state, annual.total_days, annual.change_text) == (AGREED, "1", "she was ill")
    last = closing.LeaveTakenOff(leave_request=annual.name, dates=[THURSDAY])
    assert months.correct(shop.anna, "she came", leave_taken_off=[last]).difference.excused_minutes == -450
    assert office.get(annual.name).state == CANCELLED
    database = shop.attendance.service.database
    with database.read() as connection:
        assert leave_examined(connection, Examined(database, MIGRATIONS, running=False)).holds
    assert months.replays_the_same() == [1, 1, 1, 2, 3, 4]


@pytest.mark.clause("SHT-3", "LVE-1")
def test_leave_that_its_policy_does_not_admit_is_refused_and_nothing_is_half_done(
    months: Months, office: LeaveOffice
) -> None:
    shop = months.shop
    months.finish()

    told = refusal(months.correct, shop.anna, punches=[f"{FRIDAY} 08:21"], leave=leave("annual", FRIDAY))

    assert (told.reason, [one.reason for one in told.violations]) == ("LEAVE_NOT_ADMITTED", ["LEAVE_BALANCE"])
    assert refusal(months.correct, shop.anna, leave=leave("siesta", FRIDAY)).reason == "LEAVE_KIND_UNKNOWN"
    for wish in (
        {"leave": leave("sick", FRIDAY, end_date="2026-03-02")},
        {"leave": leave("sick", FRIDAY), "days": [day(FRIDAY, day_off=True)]},
        {"days": [day(FRIDAY)]},
        {"days": [day("2026-03-02", day_off=True)]},
        {"days": [day(FRIDAY, day_off=True), day(FRIDAY, rota_word="")]},
        {"days": [day(FRIDAY, day_off=True, as_planned=True)]},
        {"leave_taken_off": [closing.LeaveTakenOff(leave_request=f"leaveRequests/{UUID(int=1)}")]},
        {"struck_punches": ["punches/none"]},
    ):
        assert refusal(months.correct, shop.anna, **wish).reason == "FIELD_INVALID", wish
    gone = closing.LeaveTakenOff(leave_request=f"leaveRequests/{UUID(int=1)}", dates=[FRIDAY])
    assert refusal(months.correct, shop.anna, leave_taken_off=[gone]).reason == "LEAVE_REQUEST_NOT_FOUND"
    assert refusal(months.correct, shop.anna, struck_punches=[f"punches/{UUID(int=1)}"]).reason == "PUNCH_NOT_FOUND"
    assert refusal(months.correct, shop.anna, days=[day(FRIDAY, as_planned=True)]).reason == "NOTHING_TO_CORRECT"
    assert (len(shop.punches()), len(months.versions(shop.anna)), office.names()) == (4, 1, [])


@pytest.mark.clause("SHT-3")
def test_the_same_call_again_is_answered_as_the_first_one_was_and_corrects_once(
    months: Months, office: LeaveOffice
) -> None:
    shop = months.shop
    months.finish()
    first = months.correct(shop.anna, leave=leave("sick", FRIDAY), request_id="note-7")
    assert months.correct(shop.anna, leave=leave("sick", FRIDAY), request_id="note-7") == first
    assert len(office.names()) == 1


@pytest.mark.clause("SHT-3", "PLN-2")
def test_the_person_is_told_that_their_closed_sheet_was_corrected_and_not_what_of_it(months: Months) -> None:
    shop = months.shop
    months.finish()
    months.correct(shop.anna, "note of the 27th", leave=leave("sick", FRIDAY))

    (notice,) = months.notices(shop.anna)

    assert (notice.title.zh, notice.title.en) == ("您已结账的考勤表有更正", "Your closed sheet was corrected")
    assert notice.about == f"{shop.anna}/sheets/{FEBRUARY}"
    assert "2026-02" in notice.body.zh
    assert MARCH in notice.body.en
    assert not {"sick", "病假", "note of the 27th"} & {*notice.body.zh.split(), *notice.body.en.split()}
    assert months.notices(shop.ben) == []
