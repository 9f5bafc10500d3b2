"""Rules of papers in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id

from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MovementKind, PaperKind
from bylaw_inventory.rules.papers.paper_rule import SETTABLE, Need, PaperRuleWish
from bylaw_inventory.use_cases.forms import LONGEST_REASON, optional_day

RULE = "paper_rule"
MOST_NEEDS = 5


def paper_rule_wish(wished: Any) -> PaperRuleWish:
    """A rule as it is asked for."""
    kind = known(wished.kind, MovementKind, field=f"{RULE}.kind")
    if kind not in SETTABLE:
        raise FieldInvalid(
            field=f"{RULE}.kind",
            zh="只能设定出库、退货与送达所需的单据",
            en="papers are set of issues, returns and deliveries alone",
        )
    if wished.needs:
        check_count(len(wished.needs), field=f"{RULE}.needs", most=MOST_NEEDS)
    return PaperRuleWish(
        optional_id(wished.warehouse, WAREHOUSES, field=f"{RULE}.warehouse"),
        kind,
        optional_day(wished.effective_date, field=f"{RULE}.effective_date"),
        tuple(_need(need, f"{RULE}.needs[{number}]") for number, need in enumerate(wished.needs)),
        line_of_text(wished.reason, field=f"{RULE}.reason", longest=LONGEST_REASON),
    )


def _need(wished: Any, field: str) -> Need:
    check_count(len(wished.one_of), field=f"{field}.one_of", most=len(PaperKind))
    return frozenset(
        known(kind, PaperKind, field=f"{field}.one_of[{place}]") for place, kind in enumerate(wished.one_of)
    )
