"""What changes between two sheets of a month: cards and halves, packed as they are kept, and as people see them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any, NamedTuple

import orjson
from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.plan_body import PlanBody, PlannedHalf
from bylaw_attendance.rules.sheet import Part
from bylaw_attendance.rules.shown_sheet import KINDS, local_text

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


class _Laid(NamedTuple):
    """A half of a sheet: the number of its plan among those kept, its part and its place there."""

    plan: int
    part: Part
    place: int
    planned: PlannedHalf

    @property
    def facts(self) -> Iterator[tuple[int, Found]]:
        """The half and those of its cards that were asked for."""
        part, place, half = self.part, self.place, self.planned
        length = half.end - half.start
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
        for number, (was, becomes) in enumerate(zip_longest(old.get(day, ()), new.get(day, ())), 1):
            changes += [((day - month).days + 1, number, *change) for change in _of_half(was, becomes)]
    return len(changes), orjson.dumps((list(names), changes)) if changes else b""


def _laid(sheet: Sheet, names: dict[tuple[str, str], int]) -> Iterator[tuple[date, list[_Laid]]]:
    parts, plans = sheet
    for part in parts:
        plan, place = plans[part.plan_key], 0
        number = names.setdefault((plan.pattern, plan.time_zone), len(names))
        for day in plan.days:
            yield day.work_date, [_Laid(number, part, place + one, half) for one, half in enumerate(day.halves)]
            place += len(day.halves)


def _of_half(was: _Laid | None, becomes: _Laid | None) -> Iterator[tuple[int, Found | None, Found | None]]:
    if was and becomes and _alike(was, becomes):
        return
    old, new = (dict(one.facts) if one else {} for one in (was, becomes))
    for side in sorted(old.keys() | new.keys()):
        one, other = old.get(side), new.get(side)
        if not one or not other or one[_COMPARED] != other[_COMPARED]:
            yield side, one, other


def _alike(was: _Laid, becomes: _Laid) -> bool:
    """Whether the halves say the same at a glance, as nearly all do."""
    old, new, at, to = was.part, becomes.part, was.place, becomes.place
    return (
        old.kinds[2 * at : 2 * at + 2] == new.kinds[2 * to : 2 * to + 2]
        and old.verdicts[at] == new.verdicts[to]
        and list(old.minutes[2 * at : 2 * at + 2]) == list(new.minutes[2 * to : 2 * to + 2])
        and list(old.clauses[2 * at : 2 * at + 2]) == list(new.clauses[2 * to : 2 * to + 2])
        and old.verdict_clauses[at] == new.verdict_clauses[to]
        and was.planned.end - was.planned.start == becomes.planned.end - becomes.planned.start
    )


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
