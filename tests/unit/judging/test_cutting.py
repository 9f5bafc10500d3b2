"""Leave, trips and notices of other hours change what is asked of a day, whatever pattern planned it."""

from dataclasses import replace
from datetime import date

import pytest
from bylaw_crews import Crews, Cycle
from bylaw_fixed_week import FixedWeek, Week, WorkSegment
from bylaw_hooks import CardParameters, DayFacts, Excused, Hours, MonthFacts, ShiftPattern
from bylaw_kit.adapting import pack_days, pack_facts, pack_plans, unpack_days
from bylaw_kit.cutting import compiled
from bylaw_kit.months import month_days
from bylaw_kit.reading import DayAnswer
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.judging.months import FAR, MARCH, NIGHT, SHANGHAI, marks, on, second, verdicts

MONDAY = date(2026, 3, 2)
SUNDAY = date(2026, 3, 1)
LEAVE, TRIP, NOTICE = "LVE-1", "LVE-3", "HRS-6"
ONE_SEGMENT = Week(segments=(WorkSegment(hours="09:00-17:00"),))
PLAIN = month_days(MARCH, SHANGHAI, {})


def with_day(day: date, *excused: Excused, hours: Hours | None = None) -> tuple[DayFacts, ...]:
    return tuple(replace(one, excused=excused, hours=hours) if one.work_date == day else one for one in PLAIN)


def judged(
    days: tuple[DayFacts, ...], *stamps: str, day: date = MONDAY, week: Week | None = None, handed_over: bool = False
) -> DayAnswer:
    pattern, parameters = FixedWeek(), week or Week()
    facts = MonthFacts(7, days, tuple(sorted(map(second, stamps))), decided_until=FAR, handed_over=handed_over)
    return on(pattern.judge_month(facts, compiled(pattern, days, parameters), parameters), day)


def walls(day: DayAnswer) -> list[str]:
    midnight = next(one.midnight for one in PLAIN if one.work_date == day.day.work_date)
    return [
        f"{due // 60:02}:{due % 60:02} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
        for due, start, end in (
            (one.due - midnight, one.start - midnight, one.end - midnight) for one in day.day.segments
        )
    ]


@pytest.mark.clause("LVE-1")
def test_of_a_day_on_leave_nothing_is_asked() -> None:
    assert walls(judged(with_day(MONDAY, Excused(LEAVE)))) == []


@pytest.mark.clause("LVE-1")
def test_half_a_day_of_leave_is_that_halfs_own_hours() -> None:
    morning = judged(with_day(MONDAY, Excused(LEAVE, "first-half")), "2026-03-02 13:50", "2026-03-02 18:00")
    assert walls(morning) == ["13:55 14:00-18:00"]
    assert verdicts(morning) == ["worked HRS-4"]
    afternoon = judged(with_day(MONDAY, Excused(LEAVE, "second-half")), "2026-03-02 08:20", "2026-03-02 12:00")
    assert walls(afternoon) == ["08:25 08:30-12:00"]
    assert verdicts(afternoon) == ["worked HRS-4"]


@pytest.mark.clause("LVE-1")
def test_two_halves_may_stand_side_by_side_and_leave_nothing_of_the_day() -> None:
    assert walls(judged(with_day(MONDAY, Excused(LEAVE, "first-half"), Excused(TRIP, "second-half")))) == []


@pytest.mark.clause("LVE-1")
def test_a_day_of_one_segment_divides_in_the_middle_of_its_minutes() -> None:
    day = judged(with_day(MONDAY, Excused(LEAVE, "first-half")), "2026-03-02 12:50", week=ONE_SEGMENT)
    assert walls(day) == ["12:55 13:00-17:00"]


@pytest.mark.clause("ATT-2")
def test_who_comes_after_leave_by_the_hour_is_late_from_its_end() -> None:
    days = with_day(MONDAY, Excused(LEAVE, "span", start=8 * 60, end=10 * 60))
    assert marks(judged(days, "2026-03-02 10:05", "2026-03-02 12:00"))[0] == "late 10 ATT-2"
    assert marks(judged(days, "2026-03-02 09:55", "2026-03-02 12:00"))[0] == "on time HRS-5"


@pytest.mark.clause("ATT-3")
def test_who_leaves_for_leave_by_the_hour_is_early_until_it_begins() -> None:
    days = with_day(MONDAY, Excused(LEAVE, "span", start=11 * 60, end=12 * 60))
    assert marks(judged(days, "2026-03-02 08:20", "2026-03-02 10:56"))[:2] == ["on time HRS-5", "early 4 ATT-3"]
    assert marks(judged(days, "2026-03-02 08:20", "2026-03-02 11:00"))[:2] == ["on time HRS-5", "on time HRS-4"]


@pytest.mark.clause("LVE-1")
def test_leave_within_a_half_asks_for_no_card_at_its_own_edges() -> None:
    days = with_day(MONDAY, Excused(LEAVE, "span", start=10 * 60, end=11 * 60))
    day = judged(days, "2026-03-02 08:20", "2026-03-02 12:00", "2026-03-02 13:50", "2026-03-02 18:00")
    assert walls(day) == ["08:25 08:30-10:00", "10:55 11:00-12:00", "13:55 14:00-18:00"]
    assert verdicts(day) == ["worked HRS-4"] * 3


@pytest.mark.clause("LVE-1")
def test_leave_on_a_day_of_rest_takes_nothing_from_it() -> None:
    days = with_day(SUNDAY, Excused(LEAVE, "first-half"))
    assert judged(days, day=SUNDAY).day.segments == ()


@pytest.mark.clause("HRS-6")
def test_a_day_under_a_notice_is_judged_by_the_notice() -> None:
    days = with_day(MONDAY, hours=Hours(NOTICE, ((600, 720), (780, 900))))
    day = judged(days, "2026-03-02 10:05", "2026-03-02 12:00", "2026-03-02 12:55", "2026-03-02 15:00")
    assert (day.day.why, walls(day)) == (NOTICE, ["09:55 10:00-12:00", "12:55 13:00-15:00"])
    assert marks(day)[0] == "late 10 ATT-2"


@pytest.mark.clause("HRS-6")
def test_a_notice_that_closes_the_day_asks_for_nothing_and_makes_no_rest_day_worked() -> None:
    closed = judged(with_day(MONDAY, hours=Hours(NOTICE)))
    assert (closed.day.why, walls(closed)) == (NOTICE, [])
    rest = judged(with_day(SUNDAY, hours=Hours(NOTICE, ((600, 720),))), day=SUNDAY)
    assert (rest.day.why, rest.day.segments) == ("HRS-1", ())


@pytest.mark.clause("HRS-6")
def test_leave_under_a_notice_is_of_the_notices_hours() -> None:
    days = with_day(MONDAY, Excused(LEAVE, "first-half"), hours=Hours(NOTICE, ((600, 720), (780, 900))))
    assert walls(judged(days)) == ["12:55 13:00-15:00"]


def test_a_night_is_excused_by_the_day_on_which_it_begins() -> None:
    days = with_day(MONDAY, Excused(LEAVE, "second-half"))
    assert walls(judged(days, week=NIGHT)) == ["21:55 22:00-26:00"]


def test_an_excuse_on_the_day_before_the_month_frees_the_edge_for_the_first_night() -> None:
    before = PLAIN[0]
    excused = (replace(before, excused=(Excused(LEAVE),)), *PLAIN[1:])
    plain, freed = (compiled(FixedWeek(), days, NIGHT).windows[0][0] for days in (PLAIN, excused))
    assert freed <= plain


PATTERNS: list[tuple[ShiftPattern[CardParameters], CardParameters]] = [
    (FixedWeek(), Week()),  # type: ignore[list-item]
    (FixedWeek(), NIGHT),  # type: ignore[list-item]
    (Crews(), Cycle()),  # type: ignore[list-item]
]
spans = st.tuples(st.integers(0, 2879), st.integers(1, 1440)).map(
    lambda drawn: Excused(LEAVE, "span", drawn[0], min(drawn[0] + drawn[1], 2880))
)
parts = st.sampled_from(("day", "first-half", "second-half")).map(lambda part: Excused(LEAVE, part))  # type: ignore[arg-type]


@given(which=st.sampled_from(PATTERNS), where=st.integers(0, 32), excused=spans | parts)
def test_what_is_excused_is_asked_of_nobody_and_everything_else_is_as_it_was(
    which: tuple[ShiftPattern[CardParameters], CardParameters], where: int, excused: Excused
) -> None:
    (pattern, parameters), day = which, PLAIN[min(where, len(PLAIN) - 1)]
    days = tuple(replace(one, excused=(excused,)) if one is day else one for one in PLAIN)
    plain, cut = (compiled(pattern, each, parameters) for each in (PLAIN, days))
    for before, after in zip(plain.days, cut.days, strict=True):
        if before.work_date != day.work_date:
            assert after == before
            continue
        minutes = {m for one in before.segments for m in range(one.start, one.end)}
        left = {m for one in after.segments for m in range(one.start, one.end)}
        assert left <= minutes
        if excused.part == "span":
            assert left == minutes - set(range(day.elapsed(excused.start), day.elapsed(excused.end)))


walls_of_notices = st.lists(st.tuples(st.integers(0, 2880), st.integers(0, 2880)), max_size=4).map(tuple)


@given(hours=st.none() | st.builds(Hours, st.just(NOTICE), walls_of_notices))
def test_what_changes_a_day_survives_the_way_to_a_worker(hours: Hours | None) -> None:
    days = with_day(MONDAY, Excused(LEAVE, "span", 5, 10), Excused(TRIP, "second-half"), hours=hours)
    assert unpack_days(pack_days([days, PLAIN])) == [days, PLAIN]


def test_the_batch_form_judges_a_cut_month_as_the_easy_form_does() -> None:
    days = with_day(MONDAY, Excused(LEAVE, "span", start=10 * 60, end=11 * 60))
    pattern, parameters = FixedWeek(), Week()
    facts = MonthFacts(7, days, tuple(map(second, ("2026-03-02 08:20", "2026-03-02 12:03"))), decided_until=FAR)
    plan = compiled(pattern, days, parameters)
    easy = pattern.judge_month(facts, plan, parameters)
    batch = pattern.judge_batch(pack_facts([facts], [0]), pack_plans([plan]), parameters)
    assert bytes(batch.kinds.tolist()) == easy.kinds
    assert bytes(batch.verdicts.tolist()) == easy.verdicts


@pytest.mark.clause("HRS-6")
def test_hours_by_notice_lie_between_the_night_before_and_the_shift_behind_them() -> None:
    """Whoever wrote the notice for everybody did not know of each crew's nights."""
    nights = Cycle(cycle=("night",))
    days = with_day(MONDAY, hours=Hours(NOTICE, ((4 * 60, 5 * 60), (5 * 60 + 30, 12 * 60), (20 * 60, 26 * 60))))
    tuesday = date(2026, 3, 3)
    days = tuple(replace(one, hours=Hours(NOTICE, ((60, 180),))) if one.work_date == tuesday else one for one in days)
    planned = {day.work_date: day for day in compiled(Crews(), days, nights).days}
    midnight = next(one.midnight for one in days if one.work_date == MONDAY)

    spans = [(one.start - midnight, one.end - midnight, one.due - midnight) for one in planned[MONDAY].segments]

    assert planned[SUNDAY].segments[-1].end == midnight + 6 * 60
    assert spans == [(6 * 60, 12 * 60, 6 * 60), (20 * 60, 25 * 60, 20 * 60 - 5)]
    assert [(one.start - midnight, one.end - midnight) for one in planned[tuesday].segments] == [(25 * 60, 27 * 60)]
