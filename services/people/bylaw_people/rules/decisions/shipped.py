"""The processes that ship: sensible for a department that has set none of its own (DEC-1, DEC-2)."""

from decimal import Decimal

from bylaw_people.rules.decisions.process import OpinionRule, Process, Step, StepKind, Weight

CNY = "CNY"
HEAD = Step(StepKind.HEAD)
OUTSIDE_ACCESS = "outside-access"


def _next_head(from_amount: int = 0) -> Step:
    return Step(StepKind.HEAD, levels_up=1, from_amount=Decimal(from_amount))


_ALL = (
    # Whom the leave policy wants asked; what is asked for here by itself goes from three days on further up (LVE-2).
    Process("leave", Weight.ORDINARY, (HEAD, _next_head(3)), measure="day", steps_from_service=True),
    # Overtime is asked ahead; the caps are attendance's own (HRS-7). Each side of a swap asks its own head (HRS-2).
    Process("overtime", Weight.ORDINARY, (HEAD,), measure="day"),
    Process("rota-swap", Weight.ORDINARY, (HEAD,), measure="day"),
    # A change of ten per cent or more (GDS-2).
    Process("price-change", Weight.ORDINARY, (HEAD, _next_head(10)), measure="percent"),
    # Any count's adjustment is approved; from 1,000.00 on by the next head up too (WHS-6).
    Process("stock-adjustment", Weight.ORDINARY, (HEAD, _next_head(100_000)), measure=CNY, money=True),
    # What a customer gets back beyond the channel's own limit; from 1,000.00 on by the next head up too (CUS-2).
    Process("refund", Weight.ORDINARY, (HEAD, _next_head(100_000)), measure=CNY, money=True),
    # A promotion concerns the units beside it: they all agree before it is decided (MKT-2).
    Process("promotion-budget", Weight.MAJOR, (Step(StepKind.OPINION), HEAD), measure=CNY, money=True),
    Process(OUTSIDE_ACCESS, Weight.ORDINARY, (HEAD,), measure="day"),
    Process("ordinary-matter", Weight.ORDINARY, (HEAD,)),
    Process("major-matter", Weight.MAJOR, (Step(StepKind.OPINION), HEAD), opinion=OpinionRule.ALL_AGREE),
)
SHIPPED = {process.kind: process for process in _ALL}
"""By kind."""
