"""A power station lives by four crews around the clock: November 2026, which begins with crew A's first early shift."""

from collections import Counter
from datetime import date

import pytest
from bylaw_crews import REST, Crews, CrewShift, Cycle
from bylaw_hooks import DayKind
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.plugins.companies.sheets import Month, Sheet, each

A, B, C, D = (Month(Crews(), Cycle(crew_offset=offset), (2026, 11)) for offset in (0, 2, 4, 6))
TWELVE = (CrewShift(code="day", hours=("08:00-20:00",)), CrewShift(code="night", hours=("20:00-08:00",)))
SHIFT = 480
"""Minutes of every shift: 06:00 to 14:00, 14:00 to 22:00, 22:00 to 06:00."""
EARLY, LATE, NIGHT = [1, 2, 9, 10, 17, 18, 25, 26], [3, 4, 11, 12, 19, 20, 27, 28], [5, 6, 13, 14, 21, 22, 29, 30]
"""Crew A in November: from 1 January to 1 November are 304 days, 38 cycles of eight."""


def usual(*but: int) -> list[str]:
    """Crew A stamps some minutes before and after each shift; a night's sign-out is on the next day."""
    early = each([day for day in EARLY if day not in but], "05:50 14:03")
    late = each([day for day in LATE if day not in but], "13:50 22:04")
    nights = [day for day in NIGHT if day not in but]
    return [*early, *late, *each(nights, "21:50"), *each([day + 1 for day in nights], "06:05")]


@pytest.mark.clause("HRS-2", "HRS-4", "HRS-5")
def test_he_qiang_of_crew_a_works_twenty_four_shifts_and_rests_six_days() -> None:
    sheet = A.sheet(*usual())
    assert sheet.resting() == [7, 8, 15, 16, 23, 24]
    assert sheet.totals.days_worked == sheet.totals.days_planned == len(EARLY + LATE + NIGHT) == 24
    assert sheet.totals.worked_minutes == 24 * SHIFT == 11_520
    assert sheet.cards(1) == ["05:50 on time HRS-5", "14:03 on time HRS-4"]
    assert sheet.cards(3) == ["13:50 on time HRS-5", "22:04 on time HRS-4"]
    assert sheet.cards(5) == ["21:50 on time HRS-5", "06:05 on time HRS-4"]
    assert sheet.cards(30) == ["21:50 on time HRS-5", "06:05 on time HRS-4"]
    assert (sheet.why(6), sheet.why(7)) == ("work HRS-2", "rest HRS-2")


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4")
def test_tang_wei_of_crew_a_is_judged_on_the_day_on_which_each_shift_began() -> None:
    sheet = A.sheet(
        *usual(5, 6, 9, 11, 13, 17),
        "5 22:10:59",
        "6 06:05 22:11",
        "7 06:01",
        "9 05:50 13:55",
        "11 13:50",
        "14 05:54",
    )
    assert sheet.cards(5) == ["22:10 late 15 ATT-2", "06:05 on time HRS-4"]
    assert sheet.cards(6) == ["22:11 leave required 16 ATT-2", "06:01 on time HRS-4"]
    assert sheet.verdicts(9) == ["early ATT-3, 475 worked"]
    assert sheet.cards(11) == ["13:50 on time HRS-5", "- missing card ATT-1"]
    assert sheet.cards(13) == ["- missing card ATT-1", "05:54 leave required 6 ATT-3"]
    assert sheet.verdicts(17) == ["absent ATT-4, 0 worked"]
    totals = sheet.totals
    assert (totals.late_minutes, totals.early_minutes, totals.missing_cards, totals.absent_halves) == (15, 5, 2, 1)
    assert totals.leave_required_count == 2
    assert totals.worked_minutes == 11_520 - 10 - 11 - 5 - 480 - 480 - 480 == 10_054


@pytest.mark.clause("HRS-2")
def test_at_every_moment_of_the_month_exactly_one_crew_stands_at_the_boilers() -> None:
    standing = Counter[int]()
    for crew in (A, B, C, D):
        for segment in crew.pattern.compile(crew.days({}), crew.parameters).segments:
            standing.update(range(segment.start, segment.end))
    sixth, last = A.second(1, "06:00") // 60, A.second(30, "22:00") // 60
    assert all(standing[minute] == 1 for minute in range(sixth, last))


@pytest.mark.clause("HRS-2")
def test_a_cell_of_the_rota_goes_before_the_cycle_for_that_day_alone() -> None:
    sheet = A.sheet(
        *usual(3), "3 21:50", "4 06:03", "8 13:45 22:01", rota={3: "night", 8: "late", 9: REST, 10: "dance"}
    )
    assert sheet.cards(3) == ["21:50 on time HRS-5", "06:03 on time HRS-4"]
    assert sheet.cards(4) == ["13:50 on time HRS-5", "22:04 on time HRS-4"]
    assert sheet.cards(8) == ["13:45 on time HRS-5", "22:01 on time HRS-4"]
    assert (sheet.why(9), sheet.why(10)) == ("rest HRS-2", "work HRS-2")


def stays_on(*lines: str) -> Sheet:
    """The night of the 6th, and then somebody else's early shift on the 7th."""
    return A.sheet(*usual(6), *lines, rota={7: "early"})


@pytest.mark.clause("HRS-4", "ATT-1", "ATT-3")
def test_he_qiang_stays_on_for_a_sick_colleague_and_passes_no_clock_in_between() -> None:
    sheet = stays_on("6 21:52", "7 14:01")
    assert (sheet.cards(6), sheet.cards(7)) == (["21:52 on time HRS-5"], ["14:01 on time HRS-4"])
    assert sheet.totals.worked_minutes == 25 * SHIFT == 12_000
    stamped = stays_on("6 21:52", "7 05:59 06:02 13:56")
    assert (stamped.cards(6), stamped.cards(7)) == (["21:52 on time HRS-5"], ["13:56 early 4 ATT-3"])


@pytest.mark.clause("HRS-2")
def test_a_shift_that_overlaps_the_one_before_it_begins_when_that_has_ended() -> None:
    shifts = (CrewShift(code="night", hours=("22:00-06:30",)), CrewShift(code="early", hours=("06:00-14:00",)))
    crew = Month(Crews(), Cycle(shifts=shifts, cycle=("night", REST)), (2026, 11))
    sheet = crew.sheet("1 21:50", "2 14:02", rota={1: "night", 2: "early"})
    assert [sheet.day(day).halves[0].worked_minutes for day in (1, 2)] == [510, 450]


@pytest.mark.clause("HRS-3")
def test_crews_work_on_holidays_unless_the_company_says_otherwise() -> None:
    holidays = dict.fromkeys((1, 2, 3), DayKind.HOLIDAY)
    through = Month(Crews(), Cycle(), (2026, 11), holidays=holidays)
    closed = Month(Crews(), Cycle(holidays_off=True), (2026, 11), holidays=holidays)
    assert through.sheet().why(1) == "work HRS-2"
    assert closed.sheet(rota={2: "early"}).resting()[:2] == [1, 3]
    assert closed.sheet().why(1) == "rest HRS-3"


@pytest.mark.clause("HRS-2", "HRS-4")
def test_a_crew_of_twelve_hours_goes_through_a_cycle_of_five_days() -> None:
    parameters = Cycle(
        shifts=TWELVE, cycle=("day", "day", "night", REST, REST), anchor=date(2026, 11, 30), crew_offset=3
    )
    crew = Month(Crews(), parameters, (2026, 11))
    # The crew is at its fourth day on the 30th; so it was on the 25th, the 20th and so on back to the 5th.
    sheet = crew.sheet("2 07:50 20:05", "3 07:55 20:00", "4 19:50", "5 08:01")
    assert sheet.resting() == [1, 5, 6, 10, 11, 15, 16, 20, 21, 25, 26, 30]
    assert [sheet.day(day).halves[0].worked_minutes for day in (2, 3, 4)] == [720, 720, 720]


@given(st.integers(0, 7), st.integers(-400, 400))
def test_a_crew_comes_back_to_the_same_shift_after_every_cycle(offset: int, cycles: int) -> None:
    moved = date.fromordinal(Cycle().anchor.toordinal() + 8 * cycles)
    days = A.days({})
    one, other = (Crews().compile(days, Cycle(crew_offset=offset, anchor=anchor)) for anchor in (Cycle().anchor, moved))
    assert one == other


CODES = st.sampled_from(["", REST, "early", "late", "night"])


@given(st.lists(CODES, min_size=6, max_size=6), st.lists(st.integers(-4_320, 4_320), unique=True, max_size=14))
def test_whatever_the_rota_says_at_the_months_end_no_punch_counts_twice(cells: list[str], minutes: list[int]) -> None:
    october, november = (Month(Crews(), Cycle(crew_offset=4), (2026, month)) for month in (10, 11))
    edge = november.second(1, "00:00")
    punches = sorted(edge + 60 * minute for minute in minutes)
    stamps = [
        f"{1 + (punch - edge) // 86_400} {(punch - edge) % 86_400 // 3_600:02}:{punch % 3_600 // 60:02}"
        for punch in punches
    ]
    in_october = [f"{int(line.split()[0]) + 31} {line.split()[1]}" for line in stamps]
    by_day = dict(zip(range(-2, 4), cells, strict=True))
    before = october.sheet(*in_october, rota={day + 31: cell for day, cell in by_day.items() if day < 2})
    after = november.sheet(*stamps, rota={day: cell for day, cell in by_day.items() if day >= 0})
    taken = [punch for sheet in (before, after) for punch in sheet.answer.punches if punch is not None]
    assert len(set(taken)) == len(taken)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"shifts": []}', ("shifts",)),
        ('{"shifts": [{"code": "early shift", "hours": ["06:00-14:00"]}]}', ("shifts", 0, "code")),
        ('{"shifts": [{"code": "early", "hours": []}]}', ("shifts", 0, "hours")),
        ('{"shifts": [{"code": "early", "hours": ["6-14"]}]}', ("shifts", 0, "hours", 0)),
        ('{"cycle": []}', ("cycle",)),
        ('{"anchor": "yesterday"}', ("anchor",)),
        ('{"crew_offset": -1}', ("crew_offset",)),
        ('{"crew": "A"}', ("crew",)),
    ],
)
def test_a_wrong_field_is_refused_by_its_path(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        Cycle.model_validate_json(text)
    assert refused.value.errors()[0]["loc"] == path


def shift(code: str, *hours: str) -> CrewShift:
    return CrewShift(code=code, hours=hours)


ALL_DAY = {"shifts": (shift("day", "23:00-22:00"),), "cycle": ("day", REST)}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"shifts": (shift("early", "06:00-14:00"), shift("early", "14:00-22:00"))}, "shifts"),
        ({"shifts": (shift(REST, "06:00-14:00"),), "cycle": (REST,)}, "shifts"),
        ({"cycle": ("early", "dance")}, "cycle"),
        ({"crew_offset": 8}, "crew_offset"),
        ({"shifts": (*TWELVE, shift("dawn", "07:00-12:00")), "cycle": ("night", "dawn")}, "cycle"),
        ({"shifts": (shift("split", "06:00-10:00", "09:00-14:00"),), "cycle": ("split", REST)}, "shifts"),
        ({"shifts": (shift("split", "06:00-10:00", "10:02-14:00"),), "cycle": ("split", REST)}, "shifts"),
        ({"shifts": (shift("long", "22:00-20:00"), shift("short", "06:00-12:00")), "cycle": ("long", REST)}, "shifts"),
        ({**ALL_DAY, "earliest_minutes": 720, "latest_minutes": 720}, "latest_minutes"),
    ],
)
def test_shifts_that_cannot_be_judged_are_refused_in_both_languages(changed: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Cycle(**changed)  # type: ignore[arg-type]
    context = refused.value.errors()[0]["ctx"]
    assert context["field"] == field
    assert context["zh"] and context["en"]  # noqa: PT018


def test_c26_parameters_survive_json_and_equal_ones_hash_alike() -> None:
    cycle = Cycle(shifts=TWELVE, cycle=("day", "night", REST), anchor=date(2026, 3, 5))
    again = Cycle.model_validate_json(cycle.model_dump_json())
    assert (again, hash(again)) == (cycle, hash(cycle))
