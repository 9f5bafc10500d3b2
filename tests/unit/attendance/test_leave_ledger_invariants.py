"""What holds of every ledger of leave, whatever was given and taken and in which order it was recorded (LVE-1)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from bylaw_attendance.rules.leave.leave_entries import brought_to, given_back
from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind, available, balance_at, replay
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("LVE-1")
FIRST = date(2025, 12, 1)
DAYS = 60
LAST = FIRST + timedelta(days=2 * DAYS)
halves = st.integers(1, 10).map(lambda count: Fraction(count, 2))
offsets = st.integers(0, DAYS)


def day_of(offset: int) -> date:
    return FIRST + timedelta(days=offset)


@st.composite
def grants(draw: st.DrawFn) -> list[Entry]:
    """Some that lapse, some that are carried, some taken back."""
    found = []
    for place in range(draw(st.integers(0, 5))):
        start, lasts, carried = draw(offsets), draw(st.none() | offsets), draw(st.none() | st.integers(0, 20))
        expires = None if lasts is None else day_of(start + lasts)
        until = None if expires is None or carried is None else expires + timedelta(days=carried)
        amount = draw(halves) * draw(st.sampled_from([1, 1, 1, -1]))
        kind = EntryKind.GRANT if amount > 0 else EntryKind.CORRECT
        most = draw(st.none() | halves)
        found.append(Entry(kind, "annual", day_of(start), amount, f"g{place}", "", expires, until, most))
    return found


@st.composite
def takes(draw: st.DrawFn) -> list[Entry]:
    """Days of up to three requests, each day once a request."""
    days = draw(st.lists(st.tuples(offsets, st.sampled_from("abc")), max_size=8, unique=True))
    return [
        Entry(EntryKind.TAKE, "annual", day_of(day), draw(halves), f"{request}/{day}", request) for day, request in days
    ]


@given(grants(), takes(), st.integers(0, 2 * DAYS))
def test_the_sum_of_the_lines_is_the_balance_at_every_date(
    given_: list[Entry], taken: list[Entry], offset: int
) -> None:
    everything, day = [*given_, *taken], day_of(offset)
    lines = replay(everything, "annual", until=LAST)
    assert tuple(line for line in lines if line.day <= day) == replay(everything, "annual", until=day)
    assert sum(line.amount for line in lines if line.day <= day) == balance_at(everything, "annual", day)
    assert [line.day for line in lines] == sorted(line.day for line in lines)


@given(grants(), takes(), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(given_: list[Entry], taken: list[Entry], random: object) -> None:
    everything = [*given_, *taken]
    shuffled = everything.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replay(shuffled, "annual", until=LAST) == replay(everything, "annual", until=LAST)


def admitted(entries: Sequence[Entry], taken: Sequence[Entry], allowed: Fraction) -> list[Entry]:
    """One request after the other, as they come, each only if all of it may be taken."""
    found = list(entries)
    for entry in taken:
        if available(found, "annual", [(entry.day, entry.amount)], allowed=allowed) == entry.amount:
            found.append(entry)
    return found


@given(grants(), takes(), st.sampled_from([Fraction(0), Fraction(3, 2)]))
def test_no_balance_is_ever_further_below_zero_than_allowed(
    given_: list[Entry], taken: list[Entry], allowed: Fraction
) -> None:
    ledger = admitted(given_, taken, allowed)
    lines = replay(ledger, "annual", until=LAST)
    for day in {line.day for line in lines}:
        assert sum(line.amount for line in lines if line.day <= day) >= -allowed


@given(grants(), takes())
def test_what_is_available_may_be_taken_to_the_last_half_day_and_not_more(
    given_: list[Entry], taken: list[Entry]
) -> None:
    ledger = admitted(given_, taken, Fraction(0))
    wanted = [(day_of(30), Fraction(20))]
    most = available(ledger, "annual", wanted)
    assert available(ledger, "annual", [(day_of(30), most)]) == most
    assert available(ledger, "annual", [(day_of(30), most + Fraction(1, 2))]) == most


@given(grants(), takes(), st.integers(0, 7))
def test_splitting_a_request_changes_nothing(given_: list[Entry], taken: list[Entry], place: int) -> None:
    if place < len(taken):
        one = taken[place]
        parts = [
            replace(one, amount=one.amount / 2, key=f"{one.key}/{half}", request=f"{one.request}-{half}")
            for half in (1, 2)
        ]
        split = [*taken[:place], *taken[place + 1 :], *parts]
    else:
        split = taken
    for offset in range(0, 2 * DAYS, 7):
        assert balance_at([*given_, *split], "annual", day_of(offset)) == balance_at(
            [*given_, *taken], "annual", day_of(offset)
        )


@given(grants(), takes())
def test_what_is_taken_and_given_back_was_never_taken(given_: list[Entry], taken: list[Entry]) -> None:
    ledger = [*given_, *taken]
    for request in "abc":
        ledger += given_back(ledger, request, since=FIRST)
    assert [line for line in replay(ledger, "annual", until=LAST) if line.kind is EntryKind.TAKE] == []
    assert balance_at(ledger, "annual", LAST) == balance_at(given_, "annual", LAST)


@given(grants(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=12), st.integers(0, 2 * DAYS))
def test_leave_measured_anew_again_and_again_comes_to_what_was_measured_last(
    given_: list[Entry], measured: list[tuple[int, int]], offset: int
) -> None:
    recorded: list[Entry] = []
    for day, twice in measured:
        wanted = {day_of(day): Fraction(twice, 2)}
        recorded += brought_to(recorded, "leaveRequests/a", "annual", wanted)
        assert not list(brought_to(recorded, "leaveRequests/a", "annual", wanted)), "asked again it adds nothing"
    last = {day_of(day): Fraction(twice, 2) for day, twice in measured}
    plain = [Entry(EntryKind.TAKE, "annual", day, amount, f"{day}", "a") for day, amount in last.items() if amount]
    assert len({entry.key for entry in recorded}) == len(recorded)
    assert all(entry.amount > 0 for entry in recorded)
    day = day_of(offset)
    assert balance_at([*given_, *recorded], "annual", day) == balance_at([*given_, *plain], "annual", day)
    recorded += given_back(recorded, "leaveRequests/a", since=FIRST)
    assert balance_at([*given_, *recorded], "annual", day) == balance_at(given_, "annual", day)
