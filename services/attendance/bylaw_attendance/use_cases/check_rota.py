"""Whether a rota's cells can be published: who works where, parameters that fit, words that the day's pattern knows."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

import orjson
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import Stay
from bylaw_chassis.refusals import FieldInvalid, Refusal

from bylaw_attendance.ports import PatternBook
from bylaw_attendance.rules.assignment import Followed, Resolver
from bylaw_attendance.rules.refusals import PersonNotFound, RotaWordUnknown
from bylaw_attendance.rules.rota import LONGEST_CODE, CellWish, RotaCell, stay_within

T = TypeVar("T")


@dataclass(frozen=True)
class CheckRota:
    """Checks the cells of one batch; of many with the same pattern and parameters the pattern is asked once."""

    unit: UUID
    reach: Reach
    held: Resolver
    stays: Mapping[UUID, Sequence[Stay]]
    book: PatternBook
    _seen: set[tuple[UUID, date]] = field(default_factory=set)
    _parameters: dict[Hashable, str | Refusal] = field(default_factory=dict)
    _words: dict[Hashable, tuple[str, ...] | Refusal | None] = field(default_factory=dict)

    def cell(self, wish: CellWish) -> RotaCell:
        """The cell to be kept; refuses with the field's name within the cell."""
        _check_code(wish)
        if (wish.person, wish.work_date) in self._seen:
            raise FieldInvalid(field="work_date", zh="该员工当日在本批中重复", en="the person has this day twice here")
        self._seen.add((wish.person, wish.work_date))
        stays = self.stays.get(wish.person, ())
        stay = stay_within(self.unit, stays, wish.work_date, tree=self.held.tree, reach=self.reach)
        if stay is None:
            raise PersonNotFound(person=f"people/{wish.person}")
        cell = RotaCell(*wish[:4], self._checked(wish) if wish.pattern else "")
        self._check_word(cell, stay)
        return cell

    def _checked(self, wish: CellWish) -> str:
        key = (wish.pattern, orjson.dumps(wish.parameters, option=orjson.OPT_SORT_KEYS))
        return _once(self._parameters, key, partial(self.book.checked, *wish[3:], field="parameters"))

    def _check_word(self, cell: RotaCell, stay: Stay) -> None:
        """Refuses ROTA_WORD_UNKNOWN; where nothing is assigned yet, any word may turn out to be known."""
        followed = Followed(cell.pattern, cell.parameters, None) if cell.pattern else self._followed(cell, stay)
        if not cell.code or followed is None:
            return
        asked = followed[:2]
        known = _once(self._words, asked, partial(self.book.cells, *asked))
        if known is not None and cell.code not in known:
            told = ", ".join(known)
            raise RotaWordUnknown(
                policy=followed.pattern, word=cell.code, known_zh=told or "无", known_en=told or "none"
            )

    def _followed(self, cell: RotaCell, stay: Stay) -> Followed | None:
        return self.held.on(cell.person, stay.unit, cell.work_date)


def _once(kept: dict[Hashable, T | Refusal], key: Hashable, ask: Callable[[], T]) -> T:
    """What was answered or refused when it was asked first."""
    if key not in kept:
        kept[key] = _outcome(ask)
    found = kept[key]
    if isinstance(found, Refusal):
        raise found
    return found


def _outcome(ask: Callable[[], T]) -> T | Refusal:
    try:
        return ask()
    except Refusal as refusal:
        return refusal


def _check_code(wish: CellWish) -> None:
    if len(wish.code) > LONGEST_CODE or not wish.code.isprintable():
        raise FieldInvalid(
            field="code",
            zh=f"应为至多 {LONGEST_CODE} 个可见字符",
            en=f"expected at most {LONGEST_CODE} visible characters",
        )
    if not (wish.code or wish.pattern):
        raise FieldInvalid(field="code", zh="须给出班次代码或班制", en="give a code or a shift pattern")
