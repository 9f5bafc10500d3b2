"""The ledger of leave by hand: expiry, carried days first, years crossed, back-dated requests, corrections."""

from datetime import date
from fractions import Fraction

import pytest
from bylaw_attendance.rules.leave.leave_entries import by_their_days, given_back, granted, taken
from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind, available, balance_at, replay
from bylaw_hooks import Both
from bylaw_hooks.leave import Entitlement, LeaveKind, Period, Taken

pytestmark = pytest.mark.clause("LVE-1")
WHY = Both("年假", "annual")
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ANNUAL = LeaveKind("annual", WHY, balance="annual")


def on(day: str) -> date:
    return date.fromisoformat(day)


def grant(day: str, days: int, *, expires: str = "", carried_until: str = "", most: int | None = None) -> Entry:
    """So many days given on a day."""
    limits = (on(expires) if expires else None, on(carried_until) if carried_until else None)
    carried_most = Fraction(most) if most is not None else None
    return Entry(EntryKind.GRANT, "annual", on(day), Fraction(days), f"annual/{day}", "", *limits, carried_most)


def take(day: str, days: Fraction | int = 1, request: str = "r") -> Entry:
    """A day of a request."""
    return Entry(EntryKind.TAKE, "annual", on(day), Fraction(days), f"{request}/{day}", request)


def at(day: str, *entries: Entry) -> Fraction:
    """The balance at the end of a day."""
    return balance_at(entries, "annual", on(day))


def lots(*entries: Entry, until: str = "2027-12-31") -> list[tuple[str, str, str, Fraction]]:
    """Each line: kind, month and day, lot, amount."""
    found = replay(entries, "annual", until=on(until))
    return [(one.kind.value, one.day.isoformat()[2:], one.lot, one.amount) for one in found]


def test_what_is_left_lapses_on_the_day_after_its_last() -> None:
    year = grant("2026-01-01", 5, expires="2026-12-31"), take("2026-03-02"), take("2026-03-03", Fraction(1, 2))
    assert at("2026-02-28", *year) == 5
    assert at("2026-03-31", *year) == Fraction(7, 2)
    assert at("2026-12-31", *year) == Fraction(7, 2)
    assert at("2027-01-01", *year) == 0
    assert lots(*year)[-1] == ("expire", "27-01-01", "annual/2026-01-01", Fraction(-7, 2))


def test_carried_days_are_taken_first_and_only_until_they_lapse() -> None:
    two_years = (
        grant("2026-01-01", 5, expires="2026-12-31", carried_until="2027-03-31", most=3),
        grant("2027-01-01", 5, expires="2027-12-31"),
        take("2027-03-31", 2),
        take("2027-04-01", 2),
    )
    assert at("2027-01-01", *two_years) == 8  # 2 of 5 lapse, 3 are carried, 5 are new
    assert at("2027-03-31", *two_years) == 6
    assert at("2027-04-01", *two_years) == 3  # the last carried day lapses, 2 of the new are taken
    assert lots(*two_years, until="2027-06-30") == [
        ("grant", "26-01-01", "annual/2026-01-01", 5),
        ("carry", "27-01-01", "annual/2026-01-01", -3),
        ("carry", "27-01-01", "annual/2026-01-01/carried", 3),
        ("expire", "27-01-01", "annual/2026-01-01", -2),
        ("grant", "27-01-01", "annual/2027-01-01", 5),
        ("take", "27-03-31", "annual/2026-01-01/carried", -2),
        ("expire", "27-04-01", "annual/2026-01-01/carried", -1),
        ("take", "27-04-01", "annual/2027-01-01", -2),
    ]


def test_what_lapses_soonest_is_taken_before_what_lasts() -> None:
    months = (
        grant("2026-01-01", 1, expires="2026-06-30"),
        grant("2026-02-01", 1, expires="2026-02-28"),
        take("2026-02-10"),
    )
    assert lots(*months, until="2026-02-28")[-1] == ("take", "26-02-10", "annual/2026-02-01", -1)


def test_one_request_over_new_year_takes_from_both_years_by_its_days() -> None:
    measured = [Taken(on(day), (), 450, Fraction(1)) for day in ("2026-12-30", "2026-12-31", "2027-01-02")]
    entries = list(taken(ANNUAL, "r7", [*measured, Taken(on("2027-01-03"), (), 0, Fraction(0))]))
    assert [(one.day, one.amount, one.request) for one in entries] == [(one.work_date, 1, "r7") for one in measured]
    years = grant("2026-01-01", 2, expires="2026-12-31"), grant("2027-01-01", 5, expires="2027-12-31"), *entries
    assert [one for one in lots(*years) if one[0] == "take"] == [
        ("take", "26-12-30", "annual/2026-01-01", -1),
        ("take", "26-12-31", "annual/2026-01-01", -1),
        ("take", "27-01-02", "annual/2027-01-01", -1),
    ]


def test_hours_are_taken_in_minutes_from_a_balance_in_minutes() -> None:
    lieu = LeaveKind("lieu", Both("调休", "lieu"), unit="hour", balance="lieu", balance_in="minutes")
    (entry,) = taken(lieu, "r1", [Taken(on("2026-03-02"), ((0, 210),), 210, Fraction(1, 2))])
    assert (entry.balance, entry.amount) == ("lieu", 210)
    assert list(taken(LeaveKind("sick", WHY), "r2", [Taken(on("2026-03-02"), (), 450, Fraction(1))])) == []


def test_a_request_may_take_what_is_there_on_its_days() -> None:
    year = grant("2026-01-01", 2, expires="2026-03-31"), grant("2026-04-01", 2)
    wanted = [(on(f"2026-03-{day}"), Fraction(1)) for day in ("29", "30", "31")]
    assert available(year, "annual", wanted) == 2  # April's days are not there yet
    assert available(year, "annual", [*wanted, (on("2026-04-01"), Fraction(1))]) == 3
    assert available(year, "annual", []) == 0


def test_a_back_dated_request_is_limited_by_the_balance_then_and_now() -> None:
    then = grant("2026-01-01", 1), grant("2026-05-01", 4)
    back_dated = [(on(f"2026-03-0{day}"), Fraction(1)) for day in (2, 3, 4)]
    assert available(then, "annual", back_dated) == 1  # then: one was there
    now = grant("2026-01-01", 5), *(take(f"2026-06-0{day}") for day in (1, 2, 3))
    assert available(now, "annual", back_dated) == 2  # now: three of five are taken


def test_below_zero_only_as_far_as_it_is_allowed_and_the_next_grant_makes_up_for_it() -> None:
    year = (grant("2026-01-01", 1),)
    wanted = [(on(f"2026-03-0{day}"), Fraction(1)) for day in (2, 3, 4)]
    assert available(year, "annual", wanted, allowed=Fraction(1)) == 2
    drawn = *year, take("2026-03-02", 2), grant("2026-07-01", 5, expires="2026-12-31")
    assert at("2026-03-02", *drawn) == -1
    assert at("2026-07-01", *drawn) == 4
    assert at("2027-01-01", *drawn) == 0  # the first day has no end and is taken; four of the five lapse


def test_cancelled_and_shortened_leave_is_given_back_to_where_it_came_from() -> None:
    year = grant("2026-01-01", 5, expires="2026-12-31"), *(take(f"2026-03-0{day}") for day in (2, 3, 4))
    shortened = *year, *given_back(year, "r", since=on("2026-03-03"))
    assert at("2026-03-31", *shortened) == 4
    assert at("2027-01-01", *shortened) == 0
    assert list(given_back(shortened, "r", since=on("2026-03-03"))) == []
    cancelled = *shortened, *given_back(shortened, "r", since=on("2026-01-01"))
    assert at("2026-03-31", *cancelled) == 5


def test_who_leaves_loses_what_is_left_and_nothing_that_was_taken() -> None:
    back = Entry(EntryKind.CORRECT, "annual", on("2026-06-30"), Fraction(-3), "annual/2026-06-30")
    year = grant("2026-01-01", 5, expires="2026-12-31")
    for used, remains in ((0, 2), (1, 1), (2, 0), (4, 0), (5, 0)):
        days = [take("2026-03-02", used)] if used else []
        assert at("2026-06-30", year, back, *days) == remains
    assert at("2026-06-30", year, back, take("2026-06-30", 4)) == 0


def test_days_carried_from_last_year_are_not_taken_back() -> None:
    years = grant("2025-01-01", 3, expires="2025-12-31", carried_until="2026-12-31"), grant("2026-01-01", 5)
    back = Entry(EntryKind.CORRECT, "annual", on("2026-06-30"), Fraction(-7), "annual/2026-06-30")
    assert at("2026-06-30", *years, back) == 3


def entitled(day: str, days: int, *, expires: str = "2026-12-31") -> Entitlement:
    """As a policy says it."""
    return Entitlement("annual", on(day), Fraction(days), WHY, expires=on(expires))


def test_service_that_is_proved_later_is_put_right_from_the_day_of_the_grant() -> None:
    first = list(granted([entitled("2026-01-01", 5)], span=YEAR))
    used = [take(f"2026-03-{day:02}") for day in range(2, 8)]
    assert at("2026-12-31", *first, *used) == -1
    proved = list(granted([entitled("2026-01-01", 10)], first, span=YEAR))
    assert [(one.kind, one.amount, one.corrects) for one in proved] == [(EntryKind.CORRECT, 5, "annual/2026-01-01")]
    assert at("2026-12-31", *first, *proved, *used) == 4
    assert list(granted([entitled("2026-01-01", 10)], [*first, *proved], span=YEAR)) == []


def test_what_is_put_right_to_and_fro_comes_to_what_it_was_even_if_all_was_taken_that_day() -> None:
    ledger = list(granted([entitled("2026-01-01", 5)], span=YEAR))
    for days in (4, 5, 0, 5):
        ledger += granted([entitled("2026-01-01", days)] if days else [], ledger, span=YEAR)
    assert at("2026-01-01", *ledger, take("2026-01-01", 5)) == 0
    assert at("2026-06-30", *ledger) == 5
    assert at("2027-01-01", *ledger) == 0


def test_another_last_day_is_a_correction_too_and_other_years_and_hand_made_ones_stay() -> None:
    by_hand = Entry(EntryKind.CORRECT, "annual", on("2026-01-01"), Fraction(1), "by-hand")
    ledger = [*granted([entitled("2026-01-01", 5)], span=YEAR), by_hand, grant("2025-01-01", 5, expires="2025-12-31")]
    longer = list(granted([entitled("2026-01-01", 5, expires="2027-03-31")], ledger, span=YEAR))
    assert [(one.kind, one.amount) for one in longer] == [(EntryKind.CORRECT, 0)]
    assert at("2027-01-01", *ledger, *longer) == 6
    assert at("2027-04-01", *ledger, *longer) == 1


def test_where_the_policy_changes_in_the_year_each_one_counts_by_its_days() -> None:
    before, after = Period(on("2026-01-01"), on("2026-06-30")), Period(on("2026-07-01"), on("2026-12-31"))
    monthly = [entitled(f"2026-{month:02}-01", 1) for month in range(1, 13)]
    yearly = [entitled("2026-01-01", 5), entitled("2026-07-01", 2)]
    found = list(by_their_days([(before, yearly), (after, monthly)]))
    assert [(one.day.month, one.amount) for one in found] == [(1, 5), *((month, 1) for month in range(7, 13))]
    assert at("2026-12-31", *granted(found, span=YEAR)) == 11


def test_asking_for_more_makes_nothing_available_that_is_taken_back_on_the_same_day() -> None:
    """Found by the invariants: a half is taken back behind what is asked for, and the other half is taken later."""
    back = Entry(EntryKind.CORRECT, "annual", on("2026-03-02"), Fraction(-1, 2), "annual/back")
    ledger = grant("2026-01-01", 1), back, take("2026-03-03", Fraction(1, 2))
    assert available(ledger, "annual", [(on("2026-03-02"), Fraction(20))]) == 0
    assert available(ledger, "annual", [(on("2026-03-02"), Fraction(1, 2))]) == 0
