"""Spans of days and anniversaries: what has no such day ends on the month's last."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both among them."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def years(self) -> range:
        """The calendar years that it touches."""
        return range(self.first.year, self.last.year + 1)

    def months(self, day: int = 1) -> Iterator[date]:
        """That day of each month, as far as it lies inside; the 31st is the last one of a shorter month."""
        for year in self.years():
            yield from (found for month in range(1, 13) if (found := clamped(year, month, day)) in self)


def clamped(year: int, month: int, day: int) -> date:
    """That day, or the month's last where it has no such day."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """The anniversary; of 29 February the 28th where there is none."""
    return clamped(day.year + years, day.month, day.day)


def whole_years(since: date, day: date) -> int:
    """Years completed by that day: one on the first anniversary."""
    years = day.year - since.year
    return years - (years_after(since, years) > day)
