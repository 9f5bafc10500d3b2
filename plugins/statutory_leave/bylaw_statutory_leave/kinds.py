"""The kinds of leave: how each is asked for, what it counts, and what it is taken from (LVE-1, HRS-1)."""

from collections.abc import Iterator

from bylaw_hooks import Both
from bylaw_hooks.leave import LeaveKind, Step

from bylaw_statutory_leave.parameters import StatutoryDays

ANNUAL, FLOATING, LIEU = "annual", "floating", "lieu"
"""The balances, called as the kinds that are taken from them."""
AFTERWARDS = -3
"""What nobody can foresee is asked for within three days."""
CERTIFICATE = Both("出生证明或医院证明", "the birth certificate or the hospital's")


def kinds(days: StatutoryDays) -> Iterator[LeaveKind]:
    """All of them."""
    yield LeaveKind(ANNUAL, Both("年假", "Annual leave"), balance=ANNUAL, notice_days=days.annual_notice_days)
    yield LeaveKind(FLOATING, Both("机动调休", "Floating day"), balance=FLOATING, clause="HRS-1")
    yield LeaveKind(LIEU, Both("调休", "Time off in lieu"), unit="hour", balance=LIEU, balance_in="minutes")
    yield LeaveKind(
        "sick",
        Both("病假", "Sick leave"),
        unit="hour",
        notice_days=AFTERWARDS,
        evidence=Both("医院病假证明", "a doctor's certificate"),
        evidence_beyond_days=days.sick_days_without_evidence,
    )
    yield LeaveKind(
        "personal", Both("事假", "Personal leave"), unit="hour", paid=False, notice_days=days.personal_notice_days
    )
    yield LeaveKind(
        "marriage",
        Both("婚假", "Marriage leave"),
        unit="day",
        evidence=Both("结婚证", "the marriage certificate"),
        most_days=days.marriage_days,
        steps=(Step.HR,),
    )
    yield LeaveKind(
        "bereavement",
        Both("丧假", "Bereavement leave"),
        unit="day",
        notice_days=AFTERWARDS,
        most_days=days.bereavement_days,
    )
    yield from _births(days)


def _births(days: StatutoryDays) -> Iterator[LeaveKind]:
    """Every day of the calendar counts, holidays and days of rest among them."""
    for code, title, most_days in (
        ("maternity", Both("产假", "Maternity leave"), days.maternity_days),
        (
            "maternity-further",
            Both("产假(难产、多胞胎)", "Maternity leave, difficult or further birth"),
            days.maternity_further_days,
        ),
        ("paternity", Both("陪产假", "Paternity leave"), days.paternity_days),
    ):
        if most_days:
            yield LeaveKind(
                code,
                title,
                unit="day",
                counts="calendar",
                notice_days=AFTERWARDS,
                evidence=CERTIFICATE,
                most_days=most_days,
                steps=(Step.HR,),
            )
