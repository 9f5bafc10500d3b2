"""The rules of behaviour (C13 to C24): what may not change an answer, and what must."""

from dataclasses import replace
from typing import Any

from bylaw_hooks import Kind, MonthAnswer, MonthFacts
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from bylaw_kit.reading import reach
from bylaw_kit.strategies import FAR, Month
from bylaw_kit.subject import Rule, RuleBroken, Subject, gravity, told
from bylaw_kit.trying import over_months


def _same(rule: str, month: Month, one: Any, other: Any) -> None:
    if one != other:
        raise RuleBroken(rule, "the answer differs", month)


def _read(subject: Subject, months: list[MonthFacts], month: Month) -> list[tuple[Any, ...]]:
    """What columns say of each of these people, texts spelt out."""
    columns = subject.columns(months, month.parameters)
    halves = [len(subject.pattern.compile(each.days, month.parameters).segments) for each in months]
    found, first = [], 0
    for count in halves:
        cards, after = slice(2 * first, 2 * (first + count)), first + count
        spelt = [columns.texts[number] for number in columns.clauses[cards].tolist()]
        verdicts = [columns.texts[number] for number in columns.verdict_clauses[first:after].tolist()]
        plain = [each.tolist() for each in (columns.kinds[cards], columns.minutes[cards], columns.punches[cards])]
        rest = [each.tolist() for each in (columns.verdicts[first:after], columns.worked_minutes[first:after])]
        found.append((*plain, spelt, *rest, verdicts))
        first = after
    return found


def _batches(subject: Subject, month: Month, others: list[tuple[int, ...]]) -> None:
    facts = month.facts
    crowd = [
        facts,
        *(replace(facts, person=place, punches=punches, directions=b"") for place, punches in enumerate(others)),
    ]
    together = _read(subject, crowd, month)
    backwards = _read(subject, crowd[::-1], month)[::-1]
    singly = [_read(subject, [each], month)[0] for each in crowd]
    _same("C13", month, together, backwards)
    _same("C13", month, together, singly)


def _equal_punches(subject: Subject, month: Month, chance: Any) -> None:
    facts = month.facts
    turns = facts.directions or bytes(len(facts.punches))
    pairs = sorted(zip(facts.punches, turns, strict=True)) * 2
    chance.shuffle(pairs)
    mixed = sorted(pairs, key=lambda pair: pair[0])
    ordered = sorted(pairs)

    def answer(stamps: list[tuple[int, int]]) -> Any:
        return told(
            subject.judged(
                month, punches=tuple(punch for punch, _ in stamps), directions=bytes(turn for _, turn in stamps)
            )
        )

    _same("C14", month, answer(mixed), answer(ordered))


def _doubled(subject: Subject, month: Month) -> None:
    facts = month.facts
    punches = tuple(punch for punch in facts.punches for _ in range(2))
    turns = bytes(turn for turn in facts.directions for _ in range(2))
    _same("C15", month, told(subject.judged(month, punches=punches, directions=turns)), told(subject.judged(month)))


def _another(subject: Subject, month: Month, punches: tuple[int, ...]) -> None:
    facts = month.facts
    neighbour = replace(
        facts, person=facts.person + 1, punches=punches, directions=b"", handed_over=not facts.handed_over
    )
    _same("C16", month, _read(subject, [facts, neighbour], month)[0], _read(subject, [facts], month)[0])


def _far_punch(subject: Subject, month: Month, far: int) -> None:
    facts, (start, end) = month.facts, reach(month.plan)
    turns = facts.directions or bytes(len(facts.punches))
    inside = [pair for pair in zip(facts.punches, turns, strict=True) if start <= pair[0] < end]
    kept = tuple(punch for punch, _ in inside), bytes(turn for _, turn in inside)
    wider = (start - far, *kept[0], end + far), bytes([0, *kept[1], 0])
    plain = subject.judged(month, punches=kept[0], directions=kept[1])
    _same("C17", month, told(subject.judged(month, punches=wider[0], directions=wider[1])), told(plain))


def _unchanged(subject: Subject, month: Month) -> None:
    before = repr(month.facts), month.parameters.model_dump_json(), repr(month.plan)
    subject.judged(month)
    subject.columns([month.facts], month.parameters)
    if (repr(month.facts), month.parameters.model_dump_json(), repr(month.plan)) != before:
        raise RuleBroken("C18", "facts, plan or parameters were changed", month)


def _no_state(subject: Subject, month: Month) -> None:
    first = told(subject.judged(month)), subject.pattern.compile(month.facts.days, month.parameters)
    subject.judged(month, punches=(), directions=b"", decided_until=FAR)
    subject.pattern.compile(month.facts.days[:1], month.parameters)
    again = told(subject.judged(month)), subject.pattern.compile(month.facts.days, month.parameters)
    _same("C19", month, again, first)


NO_ARRIVAL = """\
this could not be tried: in no month that was drawn is a punch near the due time still its half's sign-in once it
comes later. Look at bind() and at the hours of plan(): between due and end there must be room for a sign-in and a
sign-out. Where they are as you want them, try more months: --examples 600
未能试验本条：试用的各月中，没有一次应到时刻附近的打卡在推迟之后仍是该半天的上班卡。请检查 bind() 与 plan() 的时刻：
应到与下班之间须容得下上班、下班两次打卡。若确如所愿，请多试几个月：--examples 600"""


def _arrivals(subject: Subject) -> None:
    """Later and later ones; a pattern without a half that asks for both cards has none, and keeps the rule so."""
    asks_for_both: list[Month] = []

    def check(subject: Subject, month: Month, drawn: tuple[int, int, int, int]) -> None:
        if any(segment.asks_in and segment.asks_out for segment in month.plan.segments):
            asks_for_both[:] = [month]
        _later_is_no_milder(subject, month, drawn)

    try:
        over_months(subject, check, ARRIVALS)
    except Unsatisfiable:
        if asks_for_both:
            raise RuleBroken("C21", NO_ARRIVAL) from None


def _later_is_no_milder(subject: Subject, month: Month, drawn: tuple[int, int, int, int]) -> None:
    place, minute, later, leaving = drawn
    asked = [half for half, segment in enumerate(month.plan.segments) if segment.asks_in and segment.asks_out]
    assume(asked)
    half = asked[place % len(asked)]
    segment, (opens, middle, closes) = month.plan.segments[half], month.plan.windows[half]
    came, left = 60 * (segment.due + minute), 60 * (segment.end + leaving)
    # As near to the leaving as this an arrival is a repeated stamp: the card is missing, which ATT-1 settles.
    assume(
        opens <= came and came + 60 * later < min(middle, left - 60 * month.parameters.repeat_minutes) and left < closes
    )
    others = tuple(punch for punch in month.facts.punches if not opens <= punch < closes)

    def found(arrival: int) -> MonthAnswer:
        return subject.judged(month, punches=tuple(sorted((*others, arrival, left))), directions=b"", decided_until=FAR)

    before, after = found(came), found(came + 60 * later)
    assume((before.punches[2 * half], after.punches[2 * half]) == (came, came + 60 * later))
    if gravity(after.verdicts[half]) < gravity(before.verdicts[half]):
        raise RuleBroken("C21", f"{minute} minutes after it is due is judged graver than {minute + later}", month)


def _decided_stays(subject: Subject, month: Month) -> None:
    empty = subject.judged(month, punches=(), directions=b"")
    if any(punch is not None for punch in empty.punches):
        raise RuleBroken("C23", "a month without punches has one bound", month)


def _edges(subject: Subject, month: Month) -> None:
    """The last minute that is still late and the first that is leave are told apart, on both ladders."""
    stamps = list(month.facts.punches)
    for segment in month.plan.segments[:12]:
        stamps += [60 * (segment.due + segment.late_minutes + more) for more in (0, 1)][len(stamps) % 2 :]
        stamps += [60 * (segment.end - segment.early_minutes - more) for more in (0, 1)][len(stamps) % 3 == 0 :]
    answer = subject.judged(month, punches=tuple(sorted(stamps)), directions=b"", decided_until=FAR, handed_over=False)
    for card, (kind, minutes) in enumerate(zip(answer.kinds, answer.minutes, strict=True)):
        segment = answer.plan.segments[card // 2]
        most = segment.early_minutes if card % 2 else segment.late_minutes
        short = Kind.EARLY if card % 2 else Kind.LATE
        if (kind == short and not 1 <= minutes <= most) or (kind == Kind.LEAVE_REQUIRED and minutes <= most):
            raise RuleBroken(
                "C22", f"card {card}: {Kind(kind).name} at {minutes} minutes, the ladder ends at {most}", month
            )


def _forms(subject: Subject, month: Month) -> None:
    easy = subject.judged(month)
    columns = _read(subject, [month.facts], month)[0]
    kinds, minutes, punches, clauses, verdicts, worked, verdict_clauses = columns
    spelt = ([*easy.kinds], [*easy.minutes], [-1 if punch is None else punch for punch in easy.punches])
    rest = ([*easy.clauses], [*easy.verdicts], [*easy.worked_minutes], [*easy.verdict_clauses])
    _same("C27", month, (kinds, minutes, punches, clauses, verdicts, worked, verdict_clauses), (*spelt, *rest))


STAMPS = st.lists(st.integers(1_700_000_000, 1_800_000_000), max_size=8).map(lambda drawn: tuple(sorted(drawn)))
ARRIVALS = st.tuples(st.integers(0, 60), st.integers(-60, 120), st.integers(0, 150), st.integers(-90, 90))
RULES_OF_BEHAVIOUR: dict[str, Rule] = {
    "C13": lambda subject: over_months(subject, _batches, st.lists(STAMPS, min_size=1, max_size=3)),
    "C14": lambda subject: over_months(subject, _equal_punches, st.randoms(use_true_random=False)),
    "C15": lambda subject: over_months(subject, _doubled),
    "C16": lambda subject: over_months(subject, _another, STAMPS),
    "C17": lambda subject: over_months(subject, _far_punch, st.integers(1, 10**7)),
    "C18": lambda subject: over_months(subject, _unchanged),
    "C19": lambda subject: over_months(subject, _no_state),
    "C21": _arrivals,
    "C22": lambda subject: over_months(subject, _edges),
    "C23": lambda subject: over_months(subject, _decided_stays),
    "C27": lambda subject: over_months(subject, _forms),
}
