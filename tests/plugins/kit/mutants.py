"""One sound pattern, and for each rule of the conformance list a mutant of it that breaks the rule."""

# ruff: noqa: ARG002 - a mutant takes what the surface hands it, whether it needs it or not
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bylaw_hooks import (
    AnswerColumns,
    BatchShiftPattern,
    Both,
    CardParameters,
    DayFacts,
    FactColumns,
    Kind,
    MonthAnswer,
    MonthFacts,
    MonthPlan,
    PlanColumns,
    PlannedDay,
    Segment,
    ShiftPattern,
    setting,
)
from bylaw_kit.adapting import NO_PUNCH, ints
from pydantic import field_serializer

HALVES = (("08:30", "12:00"), ("14:00", "18:00"))


class Sound(ShiftPattern[CardParameters]):
    """Monday to Saturday, two halves."""

    name, version, title, parameters = "acme-sound", 1, Both("无错", "Sound"), CardParameters

    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        for day in days:
            yield PlannedDay(day.work_date, "HRS-1", self.halves(day) if day.work_date.weekday() < 6 else ())

    def halves(self, day: DayFacts) -> tuple[Segment, ...]:
        """The day's segments; of a half that the clock skips nothing is left."""
        spans = [(day.at(start), day.at(end)) for start, end in HALVES]
        return tuple(segment(start, end) for start, end in spans if end > start)


def segment(start: int, end: int, **more: Any) -> Segment:
    """A segment as the rulebook has it."""
    return Segment(start, end, start - 5, 15, 5, "HRS-4", "HRS-5", **more)


class Answering(Sound):
    """A mutant that answers the month and then changes the answer."""

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        return self.spoil(super().judge_month(facts, plan, parameters), facts)

    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        """What the mutant makes of a sound answer."""
        raise AssertionError(facts)


def grown(answer: MonthAnswer, more: int) -> MonthAnswer:
    """The first card's minutes say more."""
    return replace(answer, minutes=(answer.minutes[0] + more, *answer.minutes[1:])) if answer.minutes else answer


class SomebodyElse(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return replace(answer, person=facts.person + 1)


class Forgetful(Sound):
    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
        yield from super().plan(days[:3] + days[4:], parameters)


class Shredded(Sound):
    def halves(self, day: DayFacts) -> tuple[Segment, ...]:
        return tuple(segment(day.at("08:00") + 9 * place, day.at("08:00") + 9 * place + 1) for place in range(49))


class Overlapping(Sound):
    def halves(self, day: DayFacts) -> tuple[Segment, ...]:
        first, *more = super().halves(day)
        return (first, segment(first.end - 30, first.end + 60), *more)


class TooLong(Sound):
    def halves(self, day: DayFacts) -> tuple[Segment, ...]:
        return (segment(day.at("08:30"), day.at("08:30", days_later=1) + 60),)


class Windowless(Sound):
    def compile(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> MonthPlan:
        plan = super().compile(days, parameters)
        return replace(plan, windows=tuple((closes, middle, opens) for opens, middle, closes in plan.windows))


class Doubling(Sound):
    def bind(self, facts: MonthFacts, plan: MonthPlan, *, parameters: CardParameters) -> list[int | None]:
        bound = super().bind(facts, plan, parameters=parameters)
        for card in range(0, len(bound), 2):
            bound[card + 1] = bound[card] if bound[card] is not None else bound[card + 1]
        return bound


class Negative(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return grown(answer, -100_000)


class Lenient(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return replace(answer, verdicts=bytes([Kind.ON_TIME]) * len(answer.verdicts))


class Lawless(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return replace(answer, verdict_clauses=("our habit",) * len(answer.verdict_clauses))


class Inventive(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return replace(answer, kinds=bytes([42]) * len(answer.kinds))


class Generous(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return replace(answer, worked_minutes=tuple(spent + 600 for spent in answer.worked_minutes))


class Hashing(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return grown(answer, hash("a seed of the process") % 1_000)


class Tripping(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return grown(answer, facts.directions[0] if facts.directions else 0)


class Counting(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        return grown(answer, len(facts.punches))


class Scribbling(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        object.__setattr__(facts, "punches", ())
        return answer


class Remembering(Answering):
    def __init__(self) -> None:
        self.calls = 0

    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        self.calls += 1
        return grown(answer, self.calls)


class Forgiving(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        verdicts = bytearray(answer.verdicts)
        for card, minutes in enumerate(answer.minutes):
            if card % 2 == 0 and minutes > 60:
                verdicts[card // 2] = Kind.ON_TIME
        return replace(answer, verdicts=bytes(verdicts))


class Rounding(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        kinds = [
            Kind.LATE if card % 2 == 0 and minutes == 16 else kind
            for card, (kind, minutes) in enumerate(zip(answer.kinds, answer.minutes, strict=True))
        ]
        return replace(answer, kinds=bytes(kinds))


class Hungry(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        assert facts.punches
        return answer


class Reaching(Sound):
    def compile(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> MonthPlan:
        plan = super().compile(days, parameters)
        if not plan.windows:
            return plan
        (opens, *first), *between = plan.windows
        *before, (last, middle, closes) = [(opens - 86_400, first[0], first[1]), *between]
        return replace(plan, windows=(*before, (last, middle, closes + 86_400)))


class Untitled(CardParameters):
    """A field that no form can title."""

    pause: int = 5


class Nameless(Sound):
    parameters = Untitled


class Monolingual(Sound):
    title = Both("", "Sound")


class Lossy(CardParameters):
    """A field that JSON brings back otherwise."""

    pause: int = setting("休息", "Pause", default=5)

    @field_serializer("pause")
    def _rounded(self, pause: int) -> int:
        return pause // 10 * 10


class Leaking(Sound):
    parameters = Lossy


class Slow(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        until = time.process_time() + 0.03
        while time.process_time() < until:
            continue
        return answer


class Curious(Answering):
    def spoil(self, answer: MonthAnswer, facts: MonthFacts) -> MonthAnswer:
        time.time()
        return answer


class Batched(BatchShiftPattern[CardParameters]):
    """The sound pattern in the batch form, with a place for a mutant's own idea."""

    name, version, title, parameters = "acme-batched", 1, Both("批量", "Batched"), CardParameters
    plan = Sound.plan
    halves = Sound.halves

    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> AnswerColumns:
        segments = [plans.segment_offsets[plans.day_offsets[number]] for number in range(len(plans.day_offsets))]
        cards = 2 * sum(segments[number + 1] - segments[number] for number in facts.plan)
        idle = ints([Kind.PENDING] * cards), ints([self.idea(facts)] * cards), ints([NO_PUNCH] * cards)
        halves = ints([Kind.PENDING] * (cards // 2)), ints([0] * (cards // 2)), ints([0] * (cards // 2))
        return AnswerColumns(*idle, ints(array("q", [0] * cards)), *halves, ("ATT-1",))

    def idea(self, facts: FactColumns) -> int:
        """What every card's minutes say."""
        return len(facts.person) % 2


class Crowded(Batched):
    def idea(self, facts: FactColumns) -> int:
        return len(facts.punches)


MUTANTS: dict[str, Sequence[type[ShiftPattern[Any]]]] = {
    "C1": (SomebodyElse,),
    "C2": (Forgetful, Shredded),
    "C3": (Overlapping,),
    "C4": (TooLong,),
    "C5": (Windowless,),
    "C6": (Doubling,),
    "C7": (Negative,),
    "C8": (Lenient,),
    "C9": (Lawless,),
    "C10": (Inventive,),
    "C11": (Generous,),
    "C12": (Hashing,),
    "C13": (Batched,),
    "C14": (Tripping,),
    "C15": (Counting,),
    "C16": (Crowded,),
    "C17": (Counting,),
    "C18": (Scribbling,),
    "C19": (Remembering,),
    "C21": (Forgiving,),
    "C22": (Rounding,),
    "C23": (Hungry,),
    "C24": (Reaching,),
    "C25": (Nameless, Monolingual),
    "C26": (Leaking,),
    "C27": (Batched,),
    "C28": (Sound,),
    "C29": (Slow,),
    "C30": (Curious,),
}


def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """For the process that answers elsewhere (C12)."""
    return [Hashing()]
