"""What is shown of a balance on a day: what is there, what is promised, and what may still be planned (LVE-1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from bylaw_attendance.rules.exact import exact_text
from bylaw_attendance.rules.leave.leave_ledger import NOTHING, Entry, EntryKind, available, balance_at, lapsing
from bylaw_attendance.rules.leave.leave_recorded import SIGNS
from bylaw_attendance.rules.leave.leave_refusals import LeaveBalanceBeyond
from bylaw_attendance.rules.leave.leave_request import Unit
from bylaw_attendance.rules.rota.floating_day import FLOATING

A_DAY_OFF = Fraction(1)
MOST_ADDED: Mapping[Unit, int] = MappingProxyType({"days": 366, "minutes": 366 * 24 * 60})
"""By one correction by hand: a year."""
UNITS: Mapping[Unit, tuple[str, str]] = MappingProxyType({"days": ("天", "days"), "minutes": ("分钟", "minutes")})


class ShownBalance(NamedTuple):
    """What is there of a balance at the end of a day, what requests that wait would take, what lapses soonest."""

    code: str
    unit: Unit
    amount: Fraction
    waiting: Fraction
    lapsing: tuple[Fraction, date] | None
    kinds: tuple[str, ...]
    booked: Fraction = NOTHING
    """What agreed requests, and floating days of the rota, take on later days."""
    waiting_later: Fraction = NOTHING
    """What requests that wait would take on later days."""
    free: Fraction = NOTHING
    """The most that may still be asked for on the day: what neither that day nor any later one needs."""


def by_rota(days: Iterable[date], recorded: Sequence[Entry]) -> list[Entry]:
    """The floating days that the rota has given, as takings of their balance, as far as it has them (HRS-1).

    The rota counts by itself: what no grant on record covers, such as a month before the ledger begins, takes nothing.
    """
    begins = min((one.day for one in recorded if one.balance == FLOATING), default=date.max)
    found: list[Entry] = []
    for day in sorted(one for one in days if one >= begins):
        there = available([*recorded, *found], FLOATING, [(day, A_DAY_OFF)])
        if there:
            found.append(Entry(EntryKind.TAKE, FLOATING, day, there, f"rota/{day}"))
    return found


def shown_balance(
    code: str,
    unit: Unit,
    recorded: Sequence[Entry],
    waiting: Sequence[Entry],
    *,
    day: date,
    kinds: tuple[str, ...],
) -> ShownBalance:
    """Of what is recorded, or given by the rota, and what requests that wait would take."""
    amount = balance_at(recorded, code, day)
    asked = [one for one in waiting if one.balance == code]
    return ShownBalance(
        code,
        unit,
        amount,
        _sum(one for one in asked if one.day <= day),
        lapsing(recorded, code, day),
        kinds,
        _sum(one for one in recorded if one.balance == code and one.day > day and one.kind in SIGNS),
        _sum(one for one in asked if one.day > day),
        available([*recorded, *asked], code, [(day, max(NOTHING, amount))]),
    )


def _sum(entries: Iterable[Entry]) -> Fraction:
    return sum((SIGNS[one.kind] * one.amount for one in entries), NOTHING)


def check_adjusting(shown: ShownBalance, amount: Fraction, day: date) -> None:
    """Refuses LEAVE_BALANCE_BEYOND: what is not there is not taken back, and more than a year is a slip of the pen."""
    less, most = max(NOTHING, shown.amount), MOST_ADDED[shown.unit]
    if -less <= amount <= most:
        return
    raise LeaveBalanceBeyond(
        balance=shown.code,
        day=day,
        there=exact_text(shown.amount),
        less=exact_text(less),
        most=most,
        amount=exact_text(amount),
        unit_zh=UNITS[shown.unit][0],
        unit_en=UNITS[shown.unit][1],
    )
