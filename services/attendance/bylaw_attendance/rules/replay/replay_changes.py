"""What changes between two sheets of a month: cards and halves, packed as they are kept, and as people see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, zip_longest
from typing import Any, NamedTuple

import orjson
from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.judging.plan_body import PlanBody, PlannedHalf
from bylaw_attendance.rules.sheets.sheet import Part
from bylaw_attendance.rules.sheets.shown_sheet import KINDS, local_text

Found = tuple[int, int, int, str, int, int | None]
"""Which plan, kind, minutes, clause; due minute and punch second of a card, start and end minute of a half."""
_COMPARED = slice(1, 4)
"""Kind, minutes and clause: when somebody punched or was due is no change if these are the same."""
_HALF, _IN, _OUT = 0, 1, 2
_SIDES = {_HALF: None, _IN: Side.IN, _OUT: Side.OUT}


class ShownFinding(NamedTuple):
    """What is found at a card, or (`end` set) for a half: local times, minutes late, early or planned."""

    pattern: str
    kind: Kind
    minutes: int
    clause: str
    due: str
    end: str
    punch: str


class ShownChange(NamedTuple):
    """A card, or a half (no side), of a day; a side on which nothing is planned there is None."""

    work_date: date
    half: int
    side: Side | None
    before: ShownFinding | None
    after: ShownFinding | None


class _Day(NamedTuple):
    """A day of a plan: the place of its first half, its halves, and how long they are."""

    first: int
    halves: tuple[PlannedHalf, ...]
    lengths: tuple[int, ...]


class _Laid(NamedTuple):
    """A day of a sheet: the number of its plan among those kept, its part and its planned day."""

    plan: int
    part: Part
    day: _Day

    @property
    def said(self) -> tuple[object, ...]:
        """All that is compared of it, so that a day on which nothing changes, as on nearly all, is passed over."""
        part, first, after = self.part, self.day.first, self.day.first + len(self.day.halves)
        return (
            self.day.lengths,
            part.kinds[2 * first : 2 * after],
            part.verdicts[first:after],
            list(part.minutes[2 * first : 2 * after]),
            list(part.clauses[2 * first : 2 * after]),
            list(part.verdict_clauses[first:after]),
        )

    def facts(self) -> Iterator[dict[int, Found]]:
        """Of each half itself and those of its cards that were asked for."""
        for place, half in enumerate(self.day.halves, self.day.first):
            yield dict(self._half(place, half))

    def _half(self, place: int, half: PlannedHalf) -> Iterator[tuple[int, Found]]:
        part, length = self.part, half.end - half.start
        yield _HALF, (self.plan, part.verdicts[place], length, part.verdict_clauses[place], half.start, half.end)
        for side, due in ((_IN, half.due), (_OUT, half.end)):
            card = 2 * place + side - 1
            if part.kinds[card] != Kind.UNASKED:
                kind, minutes, clause = part.kinds[card], part.minutes[card], part.clauses[card]
                yield side, (self.plan, kind, minutes, clause, due, part.punches[card])


Sheet = tuple[Sequence[Part], Mapping[bytes, PlanBody]]
"""The parts of a sheet and the plans they were judged by."""


def changes_between(month: date, before: Sheet, after: Sheet) -> tuple[int, bytes]:
    """How many cards and halves change, and these as they are kept; nothing for none."""
    names: dict[tuple[str, str], int] = {}
    old, new = (dict(_laid(sheet, names)) for sheet in (before, after))
    changes = []
    for day in sorted(old.keys() | new.keys()):
        was, becomes = old.get(day), new.get(day)
        if was and becomes and was.said == becomes.said:
            continue
        halves: Iterable[tuple[Mapping[int, Found], Mapping[int, Found]]] = zip_longest(
            was.facts() if was else (), becomes.facts() if becomes else (), fillvalue={}
        )
        for number, (one, other) in enumerate(halves, 1):
            changes += [((day - month).days + 1, number, *change) for change in _of_half(one, other)]
    return len(changes), orjson.dumps((list(names), changes)) if changes else b""


def _laid(sheet: Sheet, names: dict[tuple[str, str], int]) -> Iterator[tuple[date, _Laid]]:
    parts, plans = sheet
    for part in parts:
        plan = plans[part.plan_key]
        number = names.setdefault((plan.pattern, plan.time_zone), len(names))
        for work_date, day in _days(plan):
            yield work_date, _Laid(number, part, day)


@lru_cache(maxsize=256)
def _days(plan: PlanBody) -> tuple[tuple[date, _Day], ...]:
    """The days of a plan that have halves; kept, for a unit's people share few plans."""
    firsts = accumulate((len(day.halves) for day in plan.days), initial=0)
    return tuple(
        (day.work_date, _Day(first, day.halves, tuple(half.end - half.start for half in day.halves)))
        for day, first in zip(plan.days, firsts, strict=False)
        if day.halves
    )


def _of_half(old: Mapping[int, Found], new: Mapping[int, Found]) -> Iterator[tuple[int, Found | None, Found | None]]:
    for side in sorted(old.keys() | new.keys()):
        was, becomes = old.get(side), new.get(side)
        if not was or not becomes or was[_COMPARED] != becomes[_COMPARED]:
            yield side, was, becomes


def shown_changes(month: date, packed: bytes) -> Iterator[ShownChange]:
    """Kept changes as people see them, in order."""
    if packed:
        names, changes = orjson.loads(packed)
        for day, half, side, before, after in changes:
            old, new = (_shown(found, side, names) for found in (before, after))
            yield ShownChange(month + timedelta(day - 1), half, _SIDES[side], old, new)


def _shown(found: Sequence[Any] | None, side: int, names: Sequence[tuple[str, str]]) -> ShownFinding | None:
    if found is None:
        return None
    plan, kind, minutes, clause, due, other = found
    pattern, zone = names[plan]
    punch = local_text(other, zone) if side != _HALF and other is not None else ""
    end = local_text(other * 60, zone)[:16] if side == _HALF else ""
    return ShownFinding(pattern, KINDS[kind], minutes, clause, local_text(due * 60, zone)[:16], end, punch)
