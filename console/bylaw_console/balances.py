"""What somebody has of leave, as people read it: exact amounts in days or hours, under the names of their kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bylaw.attendance.v1 import leave_pb2

from bylaw_console.desk import Desk
from bylaw_console.months import NO_SHEET


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance in words; what is empty is none."""

    title: str
    free: str
    amount: str
    waiting: str
    booked: str
    lapsing: str
    lapse_date: str


def kinds_of(desk: Desk) -> Sequence[leave_pb2.LeaveKind]:
    """The kinds that whoever is signed in may ask for; none where nothing could say so."""
    wish = leave_pb2.ListLeaveKindsRequest(parent=desk.me.person)
    return list(desk.ask_or(leave_pb2.ListLeaveKindsResponse(), wish, *NO_SHEET).leave_kinds)


def balances_of(desk: Desk, person: str, kinds: Sequence[leave_pb2.LeaveKind]) -> list[Balance]:
    """The balances of somebody today."""
    wish = leave_pb2.ListLeaveBalancesRequest(parent=person)
    found = desk.ask_or(leave_pb2.ListLeaveBalancesResponse(), wish, *NO_SHEET).leave_balances
    titles = {kind.code: desk.text(kind.title) for kind in kinds}
    return [_balance(one, titles, desk) for one in found]


def amount_of(exact: str, unit: int, desk: Desk) -> str:
    """An exact amount, such as `2.5` or `1/3`, in the words of its unit."""
    if not exact:
        return ""
    if unit != leave_pb2.LEAVE_UNIT_MINUTE:
        return desk.t("balance.days", count=exact)
    whole = Fraction(exact)
    return desk.minutes(int(whole)) if whole.denominator == 1 else desk.t("balance.minutes", count=exact)


def _balance(one: Any, titles: dict[str, str], desk: Desk) -> Balance:
    def told(exact: str) -> str:
        return "" if exact in {"", "0"} else amount_of(exact, one.unit, desk)

    return Balance(
        title=next((titles[code] for code in one.kinds if code in titles), one.code),
        free=amount_of(one.free, one.unit, desk),
        amount=amount_of(one.amount, one.unit, desk),
        waiting=" + ".join(filter(None, (told(one.waiting), told(one.waiting_later)))),
        booked=told(one.booked),
        lapsing=told(one.lapsing),
        lapse_date=one.lapse_date,
    )
