"""What is put to the test: a version of a pattern with parameters to try it under, and how a broken rule is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bylaw_hooks import AnswerColumns, CardParameters, Kind, MonthAnswer, MonthFacts, ShiftPattern

from bylaw_kit.adapting import judge_columns, pack_facts
from bylaw_kit.rules import RULES
from bylaw_kit.strategies import Month

MOST_PUNCHES_SHOWN = 40


class RuleBroken(AssertionError):  # noqa: N818 - it says what happened
    """A pattern broke a rule of the list; the text names the rule and shows the smallest month that was found."""

    def __init__(self, rule: str, why: str, month: Month | None = None, *, endless: bool = False) -> None:
        self.rule, self.why, self.month, self.endless = rule, why, month, endless
        said = RULES[rule]
        super().__init__(f"{rule} {said.en} / {said.zh}\n{why}" + (f"\n{shown(month)}" if month else ""))


@dataclass(frozen=True)
class Subject:
    """A version of a pattern, what to try it under, and beside it where its goldens are."""

    pattern: ShiftPattern[Any]
    parameters: Sequence[CardParameters]
    cells: Sequence[str] = ()
    goldens: Path | None = None
    clauses: frozenset[str] = frozenset()
    """The clauses of the company's rulebook; empty: any that looks like one, "HRS-1"."""
    examples: int = 60
    """Months tried for each rule."""
    distribution: str = ""

    def exists(self, clause: str, _day: date) -> bool:
        """Whether there is such a clause."""
        family, _, number = clause.partition("-")
        return clause in self.clauses if self.clauses else family.isupper() and number.isdigit()

    def judged(self, month: Month, **changed: Any) -> MonthAnswer:
        """The month judged in the easy form, some of its facts changed."""
        facts = replace(month.facts, **changed) if changed else month.facts
        return self.pattern.judge_month(facts, month.plan, month.parameters)

    def columns(self, months: Sequence[MonthFacts], parameters: CardParameters) -> AnswerColumns:
        """Months judged over columns, as the service does it; each has a calendar of its own."""
        facts = pack_facts(months, range(len(months)))
        return judge_columns(self.pattern, [month.days for month in months], facts, parameters)


def told(answer: MonthAnswer) -> tuple[Any, ...]:
    """Everything that an answer says."""
    columns = (answer.minutes, answer.punches, answer.clauses, answer.verdict_clauses, answer.worked_minutes)
    return (answer.person, bytes(answer.kinds), bytes(answer.verdicts), *map(tuple, columns))


def gravity(kind: int) -> int:
    """How grave a finding is; early and late are alike, and what is not decided counts as nothing."""
    return {Kind.UNASKED: 0, Kind.ON_TIME: 0, Kind.PENDING: 0, Kind.EARLY: 1, Kind.LATE: 1}.get(Kind(kind), kind)


def shown(month: Month) -> str:
    """A month to paste into a test."""
    facts, inside = month.facts, [day for day in month.facts.days if day.inside]
    cells = {day.work_date.isoformat(): day.cell for day in inside if day.cell}
    kinds = {day.work_date.isoformat(): day.kind.value for day in inside if day.kind.value != "ordinary"}
    first, last = (inside[0].work_date, inside[-1].work_date) if inside else ("-", "-")
    lines = (
        f"days {first} to {last}, the first begins at epoch minute {facts.days[0].midnight}",
        f"parameters = {type(month.parameters).__name__}.model_validate_json({month.parameters.model_dump_json()!r})",
        f"kinds = {kinds}; cells = {cells}",
        f"punches = {facts.punches[:MOST_PUNCHES_SHOWN]}; directions = {facts.directions!r}",
        f"decided_until = {facts.decided_until}; handed_over = {facts.handed_over}",
    )
    return "\n".join(f"    {line}" for line in lines)


Rule = Callable[[Subject], None]
