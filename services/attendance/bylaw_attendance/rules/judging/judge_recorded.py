"""Judges a closed month again from what is kept with it, by the versions of patterns of then (SHT-3)."""

from collections.abc import Callable, Mapping, Sequence

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import MonthFacts

from bylaw_attendance.rules.closing.closing import ClosedSheet
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.judging.month_in_hand import MonthInHand
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.planned import Answer
from bylaw_attendance.rules.judging.policy_health import named
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.replay.clause_use import spoken
from bylaw_attendance.rules.sheets.sheet import JudgedSheet, SheetBody, total_of

Judge = Callable[[str, str, Sequence[MonthFacts]], Sequence[Answer | Refusal]]
"""A pattern's answers by its name and parameters."""


def judge_recorded(
    closed: ClosedSheet,
    plans: Mapping[bytes, PlanBody],
    judge: Judge,
    *,
    record: JudgedFrom | None = None,
    punches: PersonPunches | None = None,
) -> tuple[JudgedSheet, JudgedFrom]:
    """The sheet and what it was judged from: the days of then or another record, the punches of then or others.

    Refuses what the pattern could not do, POLICY_VERSION_GONE above all.
    """
    record = record or JudgedFrom.unpack(closed.judged_from)
    month = MonthInHand(0, KnownPerson(closed.person, "", ""), None, record.unassigned)
    month.lay_out(record.laid_out(plans, punches))
    while month.waits:
        (answer,) = judge(*month.following.asked, [month.facts()])
        if isinstance(answer, Refusal):
            raise named(answer, "")
        month.take(answer)
    body = SheetBody(tuple(month.parts), month.unassigned)
    said = spoken(month.parts, plans, closed.month)
    sheet = JudgedSheet(closed.person, month.digest, body.pack(), total_of(month.totals), said)
    return sheet, JudgedFrom.of(month.stretches, month.unassigned)
