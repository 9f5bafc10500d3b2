"""A company's month for people to live through: stamps as they write them in, findings as they read them out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bylaw_hooks import CardParameters, DayFacts, DayKind, Kind, MonthAnswer, MonthFacts, ShiftPattern
from bylaw_kit import reading
from bylaw_kit.checking import answer_faults, plan_faults
from bylaw_kit.months import month_days
from bylaw_kit.reading import DayAnswer, Mark, Totals

CLAUSES = {"HRS-1", "HRS-2", "HRS-3", "HRS-4", "HRS-5", "ATT-1", "ATT-2", "ATT-3", "ATT-4"}
FAR = 2**40


@dataclass(frozen=True)
class Month:
    """A pattern with its parameters, in a month of one site."""

    pattern: ShiftPattern[Any]
    parameters: CardParameters
    year_month: tuple[int, int]
    zone: str = "Asia/Shanghai"
    holidays: Mapping[int, DayKind] = field(default_factory=dict)
    """By day of the month."""

    def days(self, rota: Mapping[int, str]) -> tuple[DayFacts, ...]:
        """The month's days with the cells of a rota, by day; 0 and one beyond the last are the neighbours."""
        first = date(*self.year_month, 1)
        kinds = {first.replace(day=day): kind for day, kind in self.holidays.items()}
        cells = {first + timedelta(days=day - 1): cell for day, cell in rota.items()}
        found = month_days(self.year_month, self.zone, kinds)
        return tuple(replace(day, cell=cells.get(day.work_date, "")) for day in found)

    def second(self, day: int, wall: str) -> int:
        """The epoch second of "06:04" or "06:04:59" on a day of the month."""
        stamp = date(*self.year_month, 1) + timedelta(days=day - 1)
        return int(datetime.fromisoformat(f"{stamp} {wall}").replace(tzinfo=ZoneInfo(self.zone)).timestamp())

    def sheet(
        self,
        *lines: str,
        rota: Mapping[int, str] | None = None,
        until: tuple[int, str] | None = None,
        handed_over: bool = False,
    ) -> "Sheet":
        """Judge what is written in lines like "3 08:21 12:02"; nothing the answer says may break a rule (C1 to C11)."""
        days = self.days(rota or {})
        stamps = (line.split() for line in lines)
        punches = sorted(self.second(int(day), wall) for day, *walls in stamps for wall in walls)
        decided = FAR if until is None else self.second(*until) // 60
        facts = MonthFacts(1, days, tuple(punches), b"", decided, handed_over)
        plan = self.pattern.compile(days, self.parameters)
        answer = self.pattern.judge_month(facts, plan, self.parameters)
        faults = [*plan_faults(days, plan, _exists), *answer_faults(facts, answer, _exists)]
        assert faults == []
        return Sheet(answer, self.zone)


def _exists(clause: str, _: date) -> bool:
    return clause in CLAUSES


@dataclass(frozen=True)
class Sheet:
    """One person's month, judged."""

    answer: MonthAnswer
    zone: str

    def day(self, number: int) -> DayAnswer:
        """A day by its number."""
        return next(each for each in reading.days(self.answer) if each.day.work_date.day == number)

    def cards(self, number: int) -> list[str]:
        """Each card of a day as "08:33 late 8 ATT-2", one without a punch as "- absent ATT-4"."""
        return [self._card(mark) for half in self.day(number).halves for mark in half.marks]

    def _card(self, mark: Mark) -> str:
        wall = "-" if mark.punch is None else f"{datetime.fromtimestamp(mark.punch, ZoneInfo(self.zone)):%H:%M}"
        return " ".join([wall, spoken(mark.kind), *([str(mark.minutes)] if mark.minutes else []), mark.clause])

    def verdicts(self, number: int) -> list[str]:
        """Each half of a day as "late ATT-2, 200 worked"."""
        halves = self.day(number).halves
        return [f"{spoken(half.verdict)} {half.clause}, {half.worked_minutes} worked" for half in halves]

    def why(self, number: int) -> str:
        """Whether a day is work or rest, and by which clause."""
        day = self.day(number)
        return f"{'work' if day.halves else 'rest'} {day.day.why}"

    def resting(self) -> list[int]:
        """The days of rest."""
        return [each.day.work_date.day for each in reading.days(self.answer) if not each.halves]

    @property
    def totals(self) -> Totals:
        """What the month comes to."""
        return reading.totals(self.answer)


def spoken(kind: Kind) -> str:
    """A kind in words."""
    return kind.name.lower().replace("_", " ")


def each(days: Iterable[int], walls: str) -> list[str]:
    """The same stamps on several days."""
    return [f"{day} {walls}" for day in days]
