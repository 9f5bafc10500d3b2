"""The official calendar (HRS-3): which days of a month are public holidays or make-up working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bylaw_hooks import DayKind


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """The days a calendar names; `provisional` where its year is not announced: then they are what the law fixes."""

    kinds: Mapping[date, DayKind]
    provisional: bool = False


def official(holidays: Iterable[date], make_up: Iterable[date], *, provisional: bool = False) -> OfficialDays:
    """Days off and make-up working days; a day named as both is worked, for the make-up is the later notice."""
    kinds = dict.fromkeys(holidays, DayKind.HOLIDAY)
    kinds.update(dict.fromkeys(make_up, DayKind.MAKE_UP_WORK))
    return OfficialDays(kinds, provisional)


def between(days: OfficialDays, first: date, last: date) -> OfficialDays:
    """Only the days from `first` to `last`."""
    kept = {day: kind for day, kind in days.kinds.items() if first <= day <= last}
    return OfficialDays(kept, days.provisional)


def joined(parts: Iterable[OfficialDays]) -> OfficialDays:
    """Several years as one."""
    kinds: dict[date, DayKind] = {}
    provisional = False
    for part in parts:
        kinds.update(part.kinds)
        provisional = provisional or part.provisional
    return OfficialDays(kinds, provisional)
