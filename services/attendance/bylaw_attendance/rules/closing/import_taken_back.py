"""What of an import that is taken back belongs to closed months (SHT-3)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from bylaw_attendance.rules.closing.closing import PersonMonth
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.judging.punch_facts import epoch_of


class NearClosed(NamedTuple):
    """A punch beside the edge of a month that is closed for its person: a night reaches over."""

    punch: UUID
    person: UUID
    instant: datetime
    month: date


def bound(near: Iterable[NearClosed], closed: Mapping[PersonMonth, bytes]) -> list[NearClosed]:
    """Those that a closed month was judged from: they are its matter, though their date is of another month (SHT-3)."""
    known = {whose: _seconds(judged_from) for whose, judged_from in closed.items()}
    return [one for one in near if epoch_of(one.instant) in known.get((one.person, one.month), ())]


def _seconds(judged_from: bytes) -> Collection[int]:
    return {second for stretch in JudgedFrom.unpack(judged_from).stretches for second in stretch.seconds}
