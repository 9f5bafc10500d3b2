"""What a correction makes of a closed sheet's days, what of it is excused then, and what its person is told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from bylaw_attendance.rules.closing.corrected_notice import decided_notice
from bylaw_attendance.rules.closing.correction import Correction, CorrectionState, Ending
from bylaw_attendance.rules.leave.shown_leave import ExcusedMinutes
from bylaw_attendance.rules.rota.floating_day import FLOATING, FLOATING_OFF
from bylaw_attendance.rules.sheets.sheet_changes import (
    NO_CHANGES,
    CorrectedDay,
    LeaveEdit,
    LeaveMoved,
    SheetChanges,
    days_without_plan,
    put_right,
)
from bylaw_hooks import DayFacts, DayKind, Excused, Hours

FRIDAY, SATURDAY = date(2026, 2, 27), date(2026, 2, 28)
PLAIN = DayFacts(FRIDAY, DayKind.ORDINARY, 0)
OFF, MORNING = Hours("HRS-6"), Excused("LVE-1", "first-half")
REQUEST = UUID(int=7)


def moved(minutes: int, *, worked: bool = False, taken_off: bool = False) -> LeaveMoved:
    return LeaveMoved(REQUEST, "sick", ("病假", "Sick leave"), FRIDAY, minutes, "1/2", worked, taken_off)


@pytest.mark.clause("SHT-3")
def test_a_day_is_put_right_and_what_is_not_said_of_it_stays() -> None:
    noticed = replace(PLAIN, cell="late", hours=OFF, excused=(MORNING,))
    (made,) = put_right((noticed,), [CorrectedDay(FRIDAY, DayKind.MAKE_UP_WORK, as_planned=True)])
    assert made == replace(noticed, kind=DayKind.MAKE_UP_WORK, hours=None)
    assert put_right((noticed,), [CorrectedDay(FRIDAY, word="")]) == (replace(noticed, cell=""),)
    assert put_right((noticed,), [CorrectedDay(SATURDAY, hours=OFF)]) == (noticed,), "it is of another day"


@pytest.mark.clause("SHT-3", "HRS-1")
def test_the_floating_day_goes_with_the_word_that_is_replaced() -> None:
    (floating,) = put_right((PLAIN,), [CorrectedDay(FRIDAY, word=FLOATING)])
    assert floating == replace(PLAIN, hours=FLOATING_OFF)
    assert put_right((floating,), [CorrectedDay(FRIDAY, word="")]) == (PLAIN,)


@pytest.mark.clause("SHT-3", "LVE-1")
def test_leave_is_taken_off_once_and_put_beside_what_is_left() -> None:
    taken = replace(PLAIN, excused=(MORNING, MORNING))
    span = Excused("LVE-3", "span", 840, 960)
    assert put_right((taken,), [LeaveEdit(FRIDAY, (span,), (MORNING,))]) == (replace(PLAIN, excused=(MORNING, span)),)
    assert moved(10).edit(span) == LeaveEdit(FRIDAY, put=(span,))
    assert moved(10, taken_off=True).edit(span) == LeaveEdit(FRIDAY, off=(span,))


def test_days_on_which_nothing_was_planned_are_named() -> None:
    outside = replace(PLAIN, work_date=SATURDAY, inside=False)
    wished = [CorrectedDay(SATURDAY, hours=OFF), CorrectedDay(FRIDAY, hours=OFF)]
    assert days_without_plan(wished, [PLAIN, outside]) == [SATURDAY]


@pytest.mark.clause("SHT-3", "LVE-3")
def test_minutes_that_are_excused_follow_the_leave_that_moves() -> None:
    changes = SheetChanges(leave=(moved(240, taken_off=True), moved(450), moved(60, worked=True)))
    assert changes.excused(ExcusedMinutes(240, 5)) == ExcusedMinutes(450, 65)
    assert NO_CHANGES.excused(ExcusedMinutes(1, 2)) == ExcusedMinutes(1, 2)


def test_changes_are_read_as_they_were_written_and_older_versions_have_none() -> None:
    day = CorrectedDay(FRIDAY, DayKind.HOLIDAY, "", Hours("HRS-6", ((540, 720),)))
    changes = SheetChanges((REQUEST,), (UUID(int=8),), (day,), (moved(450),))
    assert SheetChanges.unpack(changes.pack()) == changes
    assert SheetChanges.unpack([]) == NO_CHANGES


@pytest.mark.clause("ATT-1", "PLN-2")
def test_who_asked_for_a_punch_is_told_what_others_decided_and_not_what_they_did_themselves() -> None:
    at = datetime(2026, 2, 27, 0, 21, tzinfo=UTC)
    asked = Correction(REQUEST, UUID(int=1), at, 480, "Asia/Shanghai", 1, "forgot", "", at)
    assert decided_notice(asked) is None
    for state, told in ((CorrectionState.WITHDRAWN, False), (CorrectionState.REFUSED, True)):
        made = decided_notice(asked._replace(ending=Ending(state, at, "person:x", "no")))
        assert (made is not None) is told
        assert made is None or ("2026-02-27" in made.body[0] and "forgot" not in made.body[1])
