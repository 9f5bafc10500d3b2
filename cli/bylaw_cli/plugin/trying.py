"""Judges real months by a plugin's pattern, on this machine, in a worker as the service keeps one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from bylaw_hooks import Kind, MonthFacts, PlanColumns
from bylaw_kit.adapting import EPOCH
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import PersonAnswer, PolicyBroken

from bylaw_cli.plugin.facts import NOT_ASKED, Half, Month, Stretch

FINDINGS = {kind: NOT_ASKED if kind is Kind.UNASKED else f"FINDING_{kind.name}" for kind in Kind.__members__.values()}


@dataclass
class Tried:
    """A month under the pattern: the halves it would have, or how the pattern failed on it."""

    month: Month
    halves: list[Half] = field(default_factory=list)
    worked_minutes: int = 0
    broken: PolicyBroken | None = None
    taken: set[int] = field(default_factory=set)
    """Punches that an earlier stretch has bound: none is bound twice."""

    def facts(self, stretch: Stretch) -> MonthFacts:
        """What a stretch is judged from."""
        turns = self.month.directions or bytes(len(self.month.punches))
        pairs = zip(self.month.punches, turns, strict=True)
        left = [(punch, turn) for punch, turn in pairs if punch not in self.taken]
        directions = bytes(turn for _, turn in left)
        return MonthFacts(
            self.month.number,
            stretch.days,
            tuple(punch for punch, _ in left),
            directions if any(directions) else b"",
            decided_until=stretch.decided_until,
            handed_over=stretch.handed_over,
        )

    def take(self, answer: PersonAnswer, plan: PlanColumns) -> None:
        """Adds what the pattern made of a stretch."""
        self.taken.update(punch for punch in answer.punches if punch is not None)
        self.worked_minutes += sum(answer.worked_minutes)
        self.halves += _halves(answer, plan)


@dataclass(frozen=True)
class Trying:
    """A pattern with parameters, tried over months."""

    host: PolicyHost
    identity: str
    parameters: str

    def over(self, months: Sequence[Month]) -> list[Tried]:
        """Each month, in order; in rounds, since a person's later stretch waits for the earlier one.

        Days for which a published rota names a pattern stay as they are: no assignment would decide them.
        """
        tried = [Tried(month) for month in months]
        for one in tried:
            _keep_named_by_rota(one)
        waiting = {id(one): [each for each in one.month.stretches if not each.rota_pattern] for one in tried}
        while round_ := [one for one in tried if waiting[id(one)] and not one.broken]:
            self._judge(round_, [waiting[id(one)].pop(0) for one in round_])
        for one in tried:
            one.halves.sort(key=lambda half: half.start)
        return tried

    def _judge(self, tried: Sequence[Tried], stretches: Sequence[Stretch]) -> None:
        facts = [one.facts(stretch) for one, stretch in zip(tried, stretches, strict=True)]
        answers = self.host.judge(self.identity, self.parameters, facts)
        for one, stretch, answer in zip(tried, stretches, answers, strict=True):
            if isinstance(answer, PolicyBroken):
                one.broken = answer
            else:
                one.take(answer, self.host.plan(self.identity, self.parameters, stretch.days))


def _keep_named_by_rota(tried: Tried) -> None:
    named: set[date] = set()
    for stretch in tried.month.stretches:
        named |= stretch.dates if stretch.rota_pattern else set()
    tried.halves += [half for half in tried.month.halves if half.work_date in named]
    for day in named:
        tried.taken |= tried.month.bound.get(day, frozenset())


def _halves(answer: PersonAnswer, plan: PlanColumns) -> Iterator[Half]:
    for place, (work_date, start, end) in enumerate(_planned(plan)):
        cards = tuple(
            (FINDINGS[Kind(answer.kinds[card])], answer.minutes[card], answer.clauses[card])
            for card in (2 * place, 2 * place + 1)
        )
        verdict = FINDINGS[Kind(answer.verdicts[place])]
        yield Half(work_date, start, end, cards, verdict, answer.verdict_clauses[place])


def _planned(plan: PlanColumns) -> Iterator[tuple[date, int, int]]:
    """Date, start and end of each half."""
    for number, (first, after) in zip(plan.work_date.tolist(), pairwise(plan.segment_offsets.tolist()), strict=True):
        for half in range(first, after):
            yield EPOCH + timedelta(number), plan.start[half], plan.end[half]


Totals = Mapping[str, int]


def totals(halves: Sequence[Half], worked_minutes: int) -> dict[str, int]:
    """What halves come to, under the names that sheets have for it."""
    cards = [card for half in halves for card in half.cards]
    verdicts = [half.verdict for half in halves]
    worked = sum(verdict in {"FINDING_ON_TIME", "FINDING_LATE", "FINDING_EARLY"} for verdict in verdicts)
    kinds = [kind for kind, *_ in cards]
    return {
        "plannedDays": len({half.work_date for half in halves}),
        "plannedHalves": len(halves),
        "workedHalves": worked,
        "lateCount": kinds.count("FINDING_LATE"),
        "lateMinutes": sum(minutes for kind, minutes, _ in cards if kind == "FINDING_LATE"),
        "earlyCount": kinds.count("FINDING_EARLY"),
        "earlyMinutes": sum(minutes for kind, minutes, _ in cards if kind == "FINDING_EARLY"),
        "leaveRequiredCount": kinds.count("FINDING_LEAVE_REQUIRED"),
        "missingCardCount": kinds.count("FINDING_MISSING_CARD"),
        "absentHalves": verdicts.count("FINDING_ABSENT"),
        "pendingCount": kinds.count("FINDING_PENDING"),
        "workedMinutes": worked_minutes,
    }
