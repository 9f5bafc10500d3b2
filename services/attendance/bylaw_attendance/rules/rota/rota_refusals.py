"""How attendance says no to a rota: each refusal with its reason and both languages; all faults of a batch at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from bylaw_chassis.refusals import Code, Refusal, Violation

from bylaw_attendance.rules.refusals import refusal_violation
from bylaw_attendance.rules.rota.rota_cap_refusals import (
    FloatingDayIdle,
    FloatingDayUsed,
    GapTooShort,
    HoursTooLong,
    WeekWithoutRest,
)

T = TypeVar("T")
Period = tuple[date, date | None]
"""A first and a last day; None: open."""


class RotaRefused(Refusal):
    """A cell of a rota, or several of a batch, that cannot be published; each is named with its own reason."""

    code = Code.INVALID_ARGUMENT
    reason = "ROTA_REFUSED"
    clause = "HRS-2"
    zh = "排班有 {count} 处错误，未作任何改动：{field}：{first_zh}"
    en = "Nothing was changed; faults of the rota: {count}. The first, at {field}: {first_en}"

    def __init__(self, violations: Sequence[Violation], clause: str) -> None:
        """By the clause of the first fault, where it has one: a cap is HRS-7, the floating day HRS-1."""
        first = violations[0]
        super().__init__(
            violations=violations, count=len(violations), field=first.field, first_zh=first.zh, first_en=first.en
        )
        self.clause = clause or self.clause


class RotaWordUnknown(Refusal):
    """A word of a rota that means nothing to the pattern by which the person's day is judged."""

    code = Code.INVALID_ARGUMENT
    reason = "ROTA_WORD_UNKNOWN"
    zh = "班制 {policy} 不认识排班用词“{word}”；可用：{known}。"
    en = "{policy} does not know the rota's word {word}; it knows: {known}."


class RotaCellNotFound(Refusal):
    """Nothing is published for this person and day, or the person is out of reach."""

    code = Code.NOT_FOUND
    reason = "ROTA_CELL_NOT_FOUND"
    zh = "该员工当日没有已公布的排班。"
    en = "Nothing is published for this person and day."


class _NotThere(Refusal):
    """Somebody (by employee number) who is not there on a cell's day, with the days on which they are."""

    code = Code.FAILED_PRECONDITION

    def __init__(self, person: str, work_date: date, periods: Iterable[Period]) -> None:
        known = list(periods)
        super().__init__(
            person=person,
            work_date=work_date,
            days_zh="、".join(f"{first} 至 {last or '今后'}" for first, last in known),
            days_en=", ".join(f"{first} to {last}" if last else f"since {first}" for first, last in known),
        )


class PersonNotEmployed(_NotThere):
    """A cell of a day before somebody was hired, or after they left."""

    reason = "PERSON_NOT_EMPLOYED"
    zh = "{person} 在 {work_date} 不在职；任职日期：{days_zh}。"
    en = "{person} is not employed on {work_date}; days of employment: {days_en}."


class PersonElsewhere(_NotThere):
    """A cell of a day on which somebody works, but not in the unit nor below it."""

    reason = "PERSON_ELSEWHERE"
    zh = "{person} 在 {work_date} 不在本单位及其下级工作；在此工作的日期：{days_zh}。"
    en = "{person} does not work in this unit or below on {work_date}; days here: {days_en}."


class RestNotGranted(NamedTuple):
    """Days of rest of somebody's month (by employee number) that a pattern would have worked all the same."""

    person: str
    month: date
    policy: str
    clause: str
    """By which the pattern grants and works them."""
    granted: Sequence[date]
    worked: Sequence[date]


class RotaRestNotGranted(Refusal):
    """More days of rest than the pattern grants in the month, or one on a day that everybody works (HRS-2, HRS-3)."""

    code = Code.FAILED_PRECONDITION
    reason = "ROTA_REST_NOT_GRANTED"
    clause = "HRS-2"
    zh = (
        "{person} 在 {month} 排了 {planned} 天休息，班制 {policy} 按 {clause} 只给 {granted} 天，{days} 仍须上班。"
        "请减少休息日，或调整班制参数。"
    )
    en = (
        "{person} has days of rest planned in {month}: {planned}, of which {policy} grants {granted} by {clause};"
        " {days} would be worked. Plan fewer, or change the pattern's parameters."
    )

    def __init__(self, found: RestNotGranted) -> None:
        super().__init__(
            person=found.person,
            month=f"{found.month:%Y-%m}",
            policy=found.policy,
            clause=found.clause,
            planned=len(found.granted) + len(found.worked),
            granted=len(found.granted),
            days=", ".join(map(str, found.worked)),
        )
        self.clause, self.days = found.clause, found.worked


_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "PERSON_NOT_FOUND": "person",
        PersonNotEmployed.reason: "person",
        PersonElsewhere.reason: "person",
        RotaWordUnknown.reason: "code",
        RotaRestNotGranted.reason: "code",
        WeekWithoutRest.reason: "code",
        GapTooShort.reason: "code",
        HoursTooLong.reason: "code",
        FloatingDayUsed.reason: "code",
        FloatingDayIdle.reason: "code",
    }
)
"""Which field of a cell a refusal without a field of its own is about; the pattern, where none is named here."""


@dataclass(frozen=True, slots=True)
class RotaFaults:
    """Gathers what is wrong with the cells of a publication, each by its number."""

    asked: str = ""
    """The field of the request that stands for all of them, where no cells were sent."""
    _of_cells: dict[int, list[Violation]] = field(default_factory=dict)
    _clauses: dict[int, str] = field(default_factory=dict)

    def add(self, number: int, refusal: Refusal) -> None:
        """A fault of a cell, by the fields of the request."""
        found = _violations(f"rota_cells[{number}]", refusal)
        if self.asked:
            found = (replace(one, field=self.asked) for one in found)
        self._clauses.setdefault(number, refusal.clause)
        self._of_cells.setdefault(number, []).extend(found)

    def tried(self, number: int, ask: Callable[[], T]) -> T | None:
        """What is answered; nothing where it is refused, which is gathered."""
        try:
            return ask()
        except Refusal as refusal:
            self.add(number, refusal)
            return None

    def found(self) -> list[Violation]:
        """All that was gathered, in the order of the cells."""
        return [one for number in sorted(self._of_cells) for one in self._of_cells[number]]

    def check(self) -> None:
        """Refuses ROTA_REFUSED with all that was gathered."""
        if found := self.found():
            raise RotaRefused(found, self._clauses[min(self._clauses)])


def _violations(cell: str, refusal: Refusal) -> Iterator[Violation]:
    """What is wrong with a cell, by fields of the request; of parameters each field."""
    if refusal.violations:
        for one in refusal.violations:
            yield Violation(f"{cell}.{one.field}", one.reason, one.zh, one.en)
    else:
        yield refusal_violation(f"{cell}.{_FIELDS.get(refusal.reason, 'shift_pattern')}", refusal)
