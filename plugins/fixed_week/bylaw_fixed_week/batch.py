"""The batch form of the fixed week: the months of many people at once, over columns."""

from array import array

import numpy as np
from bylaw_hooks import AnswerColumns, CardParameters, FactColumns, Ints, PlanColumns

from bylaw_fixed_week.binding import bind
from bylaw_fixed_week.halves import Halves, Numbers, numbers
from bylaw_fixed_week.odd_halves import ABSENT, LEAVE, ON_TIME, UNASKED, Cards, ClauseNumbers, OddHalves


def judge_batch(facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> AnswerColumns:
    """Every half as if it were on time, then those that are not put right; nearly all of a month is on time."""
    halves, named = Halves(facts, plans), ClauseNumbers(plans.texts)
    bound = bind(halves, repeat_minutes=parameters.repeat_minutes)
    odd = OddHalves(halves, bound, named, carry=59 if parameters.seconds == "count" else 0)
    came, left = odd.sign_in(), odd.sign_out()
    out_is_graver = left.kinds > came.kinds
    verdict = np.where(out_is_graver, left.kinds, came.kinds)
    clause = np.where(out_is_graver, left.clauses, came.clauses)
    clause = np.where(verdict == ON_TIME, odd.of(plans.clause), clause)
    spent = odd.worked(verdict)
    if parameters.without_leave == "absent":
        _hand_over(odd, verdict, spent, cards=(came, left))
    cards = _cards(halves, odd.places, (came, left), nothing=named[""])
    verdicts = np.full(len(halves.segment), ON_TIME)
    half_clauses, worked = halves.of(plans.clause), (numbers(plans.end) - numbers(plans.start))[halves.segment]
    verdicts[odd.places], half_clauses[odd.places], worked[odd.places] = verdict, clause, spent
    return AnswerColumns(
        kinds=_column(cards.kinds),
        minutes=_column(cards.minutes),
        punches=_column(bound),
        clauses=_column(cards.clauses),
        verdicts=_column(verdicts),
        verdict_clauses=_column(half_clauses),
        worked_minutes=_column(worked),
        texts=tuple(named),
    )


def _hand_over(odd: OddHalves, verdict: Numbers, spent: Numbers, *, cards: tuple[Cards, Cards]) -> None:
    """Leave that was required and not granted by the hand-over is absence, and absence is not worked."""
    over = numbers(odd.halves.facts.handed_over)[odd.person] > 0
    spent[over & (verdict == LEAVE)] = 0
    for kinds in (verdict, *(card.kinds for card in cards)):
        kinds[over & (kinds == LEAVE)] = ABSENT


def _cards(halves: Halves, places: Numbers, odd: tuple[Cards, Cards], *, nothing: int) -> Cards:
    """Findings at all cards, two a half."""
    plans = halves.plans
    asked = np.stack([numbers(plans.asks_in), numbers(plans.asks_out)], axis=1) > 0
    clauses = np.stack([numbers(plans.due_clause), numbers(plans.clause)], axis=1)
    kinds, clauses = np.where(asked, ON_TIME, UNASKED), np.where(asked, clauses, nothing)
    found = Cards(
        kinds.take(halves.segment, axis=0).reshape(-1),
        np.zeros(2 * len(halves.segment), np.int64),
        clauses.take(halves.segment, axis=0).reshape(-1),
    )
    for side, card in enumerate(odd):
        found.kinds[side::2][places] = card.kinds
        found.minutes[side::2][places] = card.minutes
        found.clauses[side::2][places] = card.clauses
    return found


def _column(values: Numbers) -> Ints:
    return values.data.cast("B").cast("q") if len(values) else memoryview(array("q"))
