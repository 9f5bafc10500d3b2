"""What would change if a pattern were assigned: by person and day, in sums, and where the pattern fails."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bylaw_hooks import DayFacts

from bylaw_cli.plugin.facts import Half
from bylaw_cli.plugin.trying import Tried, totals


class Change(NamedTuple):
    """A person's day that would be planned or found otherwise."""

    number: int
    day: DayFacts
    today: tuple[Half, ...]
    would_be: tuple[Half, ...]


@dataclass(frozen=True)
class Comparison:
    """Whoever cannot be judged, today or then, is named with the reason and is in no sum."""

    tried: Sequence[Tried]

    @property
    def compared(self) -> list[Tried]:
        """Those who are judged both ways."""
        return [one for one in self.tried if not one.broken and not one.month.fault]

    def changes(self) -> Iterator[Change]:
        """By person and day."""
        for one in self.compared:
            today, would_be = _by_day(one.month.halves), _by_day(one.halves)
            for day in _days(one):
                before, after = today.get(day.work_date, ()), would_be.get(day.work_date, ())
                if before != after:
                    yield Change(one.month.number, day, before, after)

    def sums(self) -> tuple[dict[str, int], dict[str, int]]:
        """What it comes to today, and what it would come to."""
        today: Counter[str] = Counter()
        would_be: Counter[str] = Counter()
        for one in self.compared:
            today.update(totals(one.month.halves, one.month.worked_minutes))
            would_be.update(totals(one.halves, one.worked_minutes))
        left_out = {"workedMinutes"} if self._rota_decides else set[str]()
        return _without(today, left_out), _without(would_be, left_out)

    @property
    def _rota_decides(self) -> bool:
        """Of days that a rota's own pattern decides it is not told how many minutes were worked on them."""
        return any(stretch.rota_pattern for one in self.compared for stretch in one.month.stretches)

    def faults(self) -> dict[str, int]:
        """How often the pattern failed, by the rule it broke or else by the reason."""
        return dict(Counter(one.broken.rule or one.broken.reason for one in self.tried if one.broken))

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        today, would_be = self.sums()
        return {
            "people": len(self.tried),
            "compared": len(self.compared),
            "notJudgedToday": [
                {"number": one.month.number, "reason": one.month.fault["reason"]}
                for one in self.tried
                if one.month.fault
            ],
            "faults": self.faults(),
            "failed": [_broken(one) for one in self.tried if one.broken],
            "totals": {"today": today, "wouldBe": would_be},
            "changes": [_change(change) for change in self.changes()],
        }


def _without(sums: Mapping[str, int], names: set[str]) -> dict[str, int]:
    return {name: count for name, count in sums.items() if name not in names}


def _days(tried: Tried) -> list[DayFacts]:
    return [day for stretch in tried.month.stretches for day in stretch.days if day.inside]


def _by_day(halves: Sequence[Half]) -> dict[date, tuple[Half, ...]]:
    found: dict[date, tuple[Half, ...]] = {}
    for half in halves:
        found[half.work_date] = (*found.get(half.work_date, ()), half)
    return found


def _broken(tried: Tried) -> dict[str, Any]:
    broken = tried.broken
    told = (broken.reason, broken.rule, broken.work_date, broken.detail) if broken else ("", "", None, "")
    reason, rule, day, detail = told
    return {
        "number": tried.month.number,
        "reason": reason,
        "rule": rule,
        "workDate": day.isoformat() if day else "",
        "detail": detail,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "number": change.number,
        "workDate": change.day.work_date.isoformat(),
        "today": [_half(half, change.day) for half in change.today],
        "wouldBe": [_half(half, change.day) for half in change.would_be],
    }


def _half(half: Half, day: DayFacts) -> dict[str, Any]:
    cards = [{"finding": finding, "minutes": minutes, "clause": clause} for finding, minutes, clause in half.cards]
    span = f"{wall(day, half.start)}-{wall(day, half.end)}"
    return {"planned": span, "cards": cards, "verdict": half.verdict, "clause": half.clause}


def wall(day: DayFacts, epoch_minute: int) -> str:
    """What the site's clock shows at a minute, counted from the day's midnight: 30:00 is six on the next day."""
    minute = epoch_minute - day.midnight
    for change in day.clock_changes:
        if minute >= change.wall - min(change.minutes, 0):
            minute += change.minutes
    return f"{minute // 60:02}:{minute % 60:02}"
