"""A day of a sheet explained: limits, windows, punches, what would have been right, and what is waited for."""

from typing import Any

import pytest
from bylaw.attendance.v1 import punches_pb2
from bylaw.attendance.v1 import sheets_pb2 as sheets

from tests.builders.attendance import AttendanceService
from tests.builders.explained import cards, on, outcomes, remedies, stamped, told

DAY = "2026-02-03"
"""A Tuesday."""
NIGHTS: dict[str, Any] = {"segments": [{"hours": "22:00-06:00"}]}


def anna_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    attendance.assign(since="2026-01-01")
    return people.person("A-1", unit.name, site.name).name


BEGUN = {"anna": anna_in}


@pytest.fixture
def anna(attendance: AttendanceService) -> str:
    """Anna works at HQ by the rulebook's week."""
    found: str = attendance.filled
    return found


@pytest.mark.clause("HRS-4", "HRS-5")
def test_where_everything_is_right_there_is_nothing_to_make_good(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *on(DAY, "08:25", "12:00", "13:55", "18:00"))

    day = attendance.explained(anna, DAY)

    assert [card.card_point.finding for card in cards(day)] == [sheets.FINDING_ON_TIME] * 4
    assert [card.HasField("remedy") for card in cards(day)] == [False] * 4
    assert set(outcomes(day).values()) == {"BOUND"}
    assert told(day)["02-03 08:25"] == "Counts as the sign-in of the half 08:30-12:00."
    assert day.progress.explanation.en == "Nothing of the day is open."


@pytest.mark.clause("ATT-2", "HRS-5")
def test_who_is_late_reads_up_to_when_it_would_have_been_on_time(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *on(DAY, "08:31", "12:00", "13:50", "18:00"))

    late = cards(attendance.explained(anna, DAY))[0]

    assert (late.card_point.finding, late.card_point.minutes) == (sheets.FINDING_LATE, 6)
    assert (late.on_time_limit_time, late.tier_limit_time) == (f"{DAY} 08:25:59", f"{DAY} 08:40:59")
    assert late.remedy.en == "Signed in by 08:25:59 at the latest it would have been on time."
    assert late.remedy.zh == "最迟 08:25:59 签到即为准时。"
    assert late.limits.en == "On time up to 08:25:59, late up to 08:40:59 (15 min); after that leave is required."


@pytest.mark.clause("ATT-2")
def test_where_seconds_count_the_last_second_on_time_is_the_due_time_itself(attendance: AttendanceService) -> None:
    people = attendance.people
    attendance.assign(since="2026-01-01", seconds="count")
    person = people.person("A-1", people.unit("shop").name, people.site().name).name
    stamped(attendance, *on(DAY, "08:31", "12:00"))

    late = cards(attendance.explained(person, DAY))[0]

    assert (late.on_time_limit_time, late.tier_limit_time) == (f"{DAY} 08:25:00", f"{DAY} 08:40:00")


@pytest.mark.clause("ATT-2", "SHT-1")
def test_who_needs_leave_reads_both_limits_and_what_follows_at_the_hand_over(
    attendance: AttendanceService, anna: str
) -> None:
    stamped(attendance, *on(DAY, "08:41", "12:00", "13:50", "18:00"))

    day = attendance.explained(anna, DAY)

    assert cards(day)[0].card_point.finding == sheets.FINDING_LEAVE_REQUIRED
    assert remedies(day)[0].endswith("By 08:40:59 it would have been late, without leave.")
    assert (day.progress.hand_over_date, day.progress.without_leave) == ("2026-03-03", "absent")
    assert day.progress.consequence.en.startswith("Without leave granted by the hand-over of the sheet on 2026-03-03")
    assert "SHT-1" in [wording.clause for wording in day.clause_wordings]


@pytest.mark.clause("ATT-2", "SHT-1")
def test_once_handed_over_the_absence_is_explained_by_the_leave_that_was_not_granted(
    attendance: AttendanceService, anna: str
) -> None:
    stamped(attendance, *on(DAY, "08:41", "12:00", "13:50", "18:00"))
    attendance.clock.pass_time(days=3)

    day = attendance.explained(anna, DAY)

    assert (cards(day)[0].card_point.finding, day.progress.handed_over) == (sheets.FINDING_ABSENT, True)
    assert (
        day.progress.consequence.en
        == "The sheet was to be handed over by 2026-03-03 and no leave was granted: absence (SHT-1)."
    )
    assert remedies(day)[0].startswith("Signed in by 08:25:59")


@pytest.mark.clause("SHT-1")
def test_where_the_company_says_so_leave_stays_required_after_the_hand_over(attendance: AttendanceService) -> None:
    people = attendance.people
    attendance.assign(since="2026-01-01", without_leave="leave_required")
    person = people.person("A-1", people.unit("shop").name, people.site().name).name
    stamped(attendance, *on(DAY, "08:41", "12:00", "13:50", "18:00"))

    said = attendance.explained(person, DAY).progress.consequence.en
    attendance.clock.pass_time(days=3)
    later = attendance.explained(person, DAY)

    assert said == "After the hand-over of the sheet on 2026-03-03 it stays leave required (SHT-1)."
    assert cards(later)[0].card_point.finding == sheets.FINDING_LEAVE_REQUIRED
    assert later.progress.consequence.en.endswith("it stays leave required (SHT-1).")


@pytest.mark.clause("ATT-3", "HRS-4")
def test_who_left_early_reads_from_when_on_it_would_have_been_right(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *on(DAY, "08:20", "11:56", "13:50", "17:54"))

    day = attendance.explained(anna, DAY)

    early, leave = cards(day)[1], cards(day)[3]
    assert (early.card_point.finding, leave.card_point.finding) == (sheets.FINDING_EARLY, sheets.FINDING_LEAVE_REQUIRED)
    assert early.remedy.en == "Signed out at 12:00 or later it would have been right."
    assert leave.remedy.en.endswith("At 17:55 or later it would have been early, without leave.")
    assert early.limits.zh == "12:00 及以后为正常，11:55 起（5 分钟）为早退，再早须请假。"


@pytest.mark.clause("ATT-1")
def test_a_missing_card_says_between_which_times_a_punch_would_have_filled_it(
    attendance: AttendanceService, anna: str
) -> None:
    stamped(attendance, *on(DAY, "08:20", "14:00", "18:00"))

    day = attendance.explained(anna, DAY)

    assert cards(day)[1].card_point.finding == sheets.FINDING_MISSING_CARD
    assert remedies(day)[1] == "A sign-out from 12:00 to before 12:57 would have been right."
    assert remedies(day)[0] == ""
    assert day.halves[0].explanation.en == "Comes to: missing card (ATT-1). The graver of its card points decides."


@pytest.mark.clause("ATT-4")
def test_an_absence_says_of_both_cards_what_would_have_been_right(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *on("2026-02-04", "08:20"))

    day = attendance.explained(anna, DAY)

    assert [half.half.verdict for half in day.halves] == [sheets.FINDING_ABSENT] * 2
    assert remedies(day)[:2] == [
        "A sign-in from 04:25 to 08:25:59 would have been on time.",
        "A sign-out from 12:00 to before 12:57 would have been right.",
    ]
    assert not day.punches


@pytest.mark.clause("ATT-4")
def test_what_is_open_names_the_clocks_that_are_waited_for_and_can_still_be_made_right(
    attendance: AttendanceService, anna: str
) -> None:
    stamped(attendance, *on("2026-02-02", "08:20"), until="2026-02-02")

    day = attendance.explained(anna, DAY)

    assert day.progress.pending_count == 4
    assert [clock.report_time for clock in day.progress.clocks] == ["2026-02-03 00:00:00"]
    assert day.progress.decided_until_time == "2026-02-03 00:00:00"
    device = day.progress.clocks[0].device
    waited = f"waited for: {device} (reported up to 00:00)."
    assert (
        day.progress.explanation.en
        == f"4 open card points: decided once the clocks have reported up to 02-04 00:00; {waited}"
    )
    assert remedies(day)[0] == "A sign-in from 04:25 to 08:25:59 is on time, also if the clock reports it later."


def test_without_any_clock_the_day_says_that_a_punch_may_always_still_come(
    attendance: AttendanceService, anna: str
) -> None:
    attendance.punch(anna, f"{DAY} 08:20:00")

    progress = attendance.explained(anna, DAY).progress

    assert (progress.pending_count, progress.decided_until_time, len(progress.clocks)) == (3, "", 0)
    assert (
        progress.explanation.en
        == "3 open card points: no clock of the site is on record, so a punch may always still come."
    )


@pytest.mark.clause("ATT-1")
def test_a_repeated_punch_is_told_what_it_repeats(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *on(DAY, "08:20", "08:24", "10:30", "12:01", "12:03"))

    day = attendance.explained(anna, DAY)

    assert outcomes(day) == {
        "02-03 08:20": "BOUND",
        "02-03 08:24": "REPEAT",
        "02-03 10:30": "BETWEEN",
        "02-03 12:01": "REPEAT",
        "02-03 12:03": "BOUND",
    }
    assert told(day)["02-03 08:24"] == "A repeat of 08:20, within 10 minutes: counted once."
    assert told(day)["02-03 10:30"] == "Neither the earliest sign-in nor the latest sign-out of the half 08:30-12:00."
    assert day.punches[1].repeated_time == f"{DAY} 08:20:00"


@pytest.mark.clause("ATT-1")
def test_two_clocks_at_one_second_are_one_sign_in_and_a_repeat_of_it(attendance: AttendanceService, anna: str) -> None:
    for device in ("door", "gate"):
        attendance.punch(anna, f"{DAY} 08:20:00", device=device)

    day = attendance.explained(anna, DAY)

    assert sorted((one.device, one.outcome) for one in day.punches) in (
        [("door", 1), ("gate", 2)],
        [("door", 2), ("gate", 1)],
    )
    assert {one.source for one in day.punches} == {attendance.punch(anna, f"{DAY} 12:00:00").source}


@pytest.mark.clause("ATT-1")
def test_at_the_shared_edge_of_two_halves_the_punch_is_the_second_ones(
    attendance: AttendanceService, anna: str
) -> None:
    stamped(attendance, *on(DAY, "08:20", "12:56", "12:57", "18:00"))

    day = attendance.explained(anna, DAY)

    assert (day.halves[0].close_time, day.halves[1].open_time) == (f"{DAY} 12:57:00",) * 2
    assert told(day)["02-03 12:56"] == "Counts as the sign-out of the half 08:30-12:00."
    assert told(day)["02-03 12:57"] == "Counts as the sign-in of the half 14:00-18:00."
    assert day.halves[0].window.en.startswith("A punch from 04:25 to before 12:57 counts for this half.")


@pytest.mark.clause("ATT-1")
def test_a_punch_outside_of_every_window_says_so(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *on(DAY, "03:00", "08:20"))

    day = attendance.explained(anna, DAY)

    assert outcomes(day)["02-03 03:00"] == "OUTSIDE"
    assert told(day)["02-03 03:00"] == "Outside of every window of this month."


@pytest.mark.clause("ATT-1")
def test_a_punch_that_certainly_goes_out_is_no_sign_in_and_says_why(attendance: AttendanceService, anna: str) -> None:
    for time, direction in (("08:20", punches_pb2.DIRECTION_OUT), ("12:01", punches_pb2.DIRECTION_OUT)):
        attendance.punch(anna, f"{DAY} {time}:00", direction=direction)

    day = attendance.explained(anna, DAY)

    assert outcomes(day) == {"02-03 08:20": "OTHER_DIRECTION", "02-03 12:01": "BOUND"}
    assert (
        told(day)["02-03 08:20"] == "It says that it goes the other way, so it is no sign-in of the half 08:30-12:00."
    )


@pytest.mark.clause("ATT-1", "HRS-4")
def test_the_morning_after_a_night_belongs_to_the_day_before(attendance: AttendanceService) -> None:
    people = attendance.people
    attendance.assign(since="2026-01-01", **NIGHTS)
    person = people.person("A-1", people.unit("shop").name, people.site().name).name
    stamped(attendance, "2026-02-03 21:50", "2026-02-04 06:02", "2026-02-04 21:55")

    night, next_day = attendance.explained(person, DAY), attendance.explained(person, "2026-02-04")

    assert outcomes(night) == {"02-03 21:50": "BOUND", "02-04 06:02": "BOUND"}
    assert told(next_day)["02-04 06:02"] == "Counts as the sign-out of the half 22:00-06:00 of 2026-02-03."
    assert night.halves[0].card_points[1].on_time_limit_time == "2026-02-04 06:00:00"
    assert night.halves[0].card_points[1].limits.en.startswith("As it should be from 02-04 06:00 on")
    assert remedies(next_day)[1].startswith("A sign-out from 02-05 06:00")


def test_limits_are_not_told_where_the_pattern_sets_them_by_a_rule_of_its_own(attendance: AttendanceService) -> None:
    people = attendance.people
    attendance.assign(since="2026-01-01", pattern="shiftPatterns/flexible-hours@1")
    person = people.person("A-1", people.unit("shop").name, people.site().name).name
    stamped(attendance, *on(DAY, "09:00", "15:00"))

    came, left = cards(attendance.explained(person, DAY))

    assert [(card.limits_known, card.on_time_limit_time, card.HasField("remedy")) for card in (came, left)] == [
        (False, "", False)
    ] * 2
    assert came.card_point.finding == sheets.FINDING_ON_TIME
    assert came.limits.en == "The pattern judges this card by a rule of its own; no limits are told of it."
