"""Whether a rota's cells can be published: who works where, parameters that fit, words that the day's pattern knows."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

import orjson
from bylaw_chassis.organisation.facts import Stay, holds_on
from bylaw_chassis.refusals import FieldInvalid, Refusal

from bylaw_attendance.ports.records import PatternBook
from bylaw_attendance.rules.judging.assignment import Followed, Resolver
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.rota.rota import Bounds, CellWish, RotaCell, periods, with_floating_day
from bylaw_attendance.rules.rota.rota_refusals import PersonElsewhere, PersonNotEmployed, RotaFaults, RotaWordUnknown
from bylaw_attendance.use_cases.rota.load_rota import RotaFacts

T = TypeVar("T")


@dataclass(frozen=True)
class CheckRota:
    """Checks the cells of one batch; of many with the same pattern and parameters the pattern is asked once."""

    bounds: Bounds
    facts: RotaFacts
    held: Resolver
    book: PatternBook
    faults: RotaFaults
    _seen: set[tuple[UUID, date]] = field(default_factory=set)
    _parameters: dict[Hashable, str | Refusal] = field(default_factory=dict)
    _words: dict[Hashable, tuple[str, ...] | Refusal | None] = field(default_factory=dict)

    def cell(self, number: int, wish: CellWish) -> RotaCell | None:
        """The cell to be kept; nothing where it has a fault."""
        tried = partial(self.faults.tried, number)
        only = tried(partial(self._only_once, wish))
        stay = tried(partial(self._stay, wish))
        parameters = tried(partial(self._checked, wish))
        if only is None or stay is None or parameters is None:
            return None
        return tried(partial(self.with_known_word, RotaCell(*wish[:4], parameters), stay))

    def _only_once(self, wish: CellWish) -> tuple[UUID, date]:
        place = (wish.person, wish.work_date)
        if place in self._seen:
            raise FieldInvalid(field="work_date", zh="该员工当日在本批中重复", en="the person has this day twice here")
        self._seen.add(place)
        return place

    def _stay(self, wish: CellWish) -> Stay:
        """By which appointment the person works in the unit on the day; refuses with the days on which they do."""
        stays, day = self.facts.stays.get(wish.person, ()), wish.work_date
        found = self.bounds.stay(stays, day)
        return found or self._refuse_absent(wish, stays)

    def _refuse_absent(self, wish: CellWish, stays: Sequence[Stay]) -> Stay:
        """Nobody hears of people who never worked within their bounds."""
        day = wish.work_date
        here = self.bounds.known(stays, day)
        if not here:
            raise PersonNotFound(person=f"people/{wish.person}")
        number = self.facts.numbers[wish.person]
        if any(holds_on(stay.first_day, stay.last_day, day) for stay in stays):
            raise PersonElsewhere(number, day, periods(here))
        raise PersonNotEmployed(number, day, periods(self.bounds.reached(stays, day)))

    def _checked(self, wish: CellWish) -> str:
        if not wish.pattern:
            return ""
        key = (wish.pattern, orjson.dumps(wish.parameters, option=orjson.OPT_SORT_KEYS))
        return _once(self._parameters, key, partial(self.book.checked, *wish[3:], field="parameters"))

    def with_known_word(self, cell: RotaCell, stay: Stay) -> RotaCell:
        """Refuses ROTA_WORD_UNKNOWN; where nothing is assigned yet, any word may turn out to be known."""
        followed = Followed(cell.pattern, cell.parameters, None) if cell.pattern else self._followed(cell, stay)
        if not cell.code or followed is None:
            return cell
        asked = followed[:2]
        known = _once(self._words, asked, partial(self.book.cells, *asked))
        if known is None:
            return cell
        known = with_floating_day(known)
        if cell.code not in known:
            raise RotaWordUnknown(policy=followed.pattern, word=cell.code, known=", ".join(known))
        return cell

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
