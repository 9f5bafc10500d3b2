"""Papers in words of both languages (WHS-3)."""

from collections.abc import Collection

from bylaw_inventory.rules.ledger.movement import PaperKind
from bylaw_inventory.rules.papers.paper_rule import Need

PAPER_WORDS = {
    PaperKind.DELIVERY_NOTE: ("送货单", "delivery note"),
    PaperKind.SALES_ORDER: ("销售订单", "sales order"),
    PaperKind.REQUISITION: ("领料单", "requisition"),
    PaperKind.RETURN_SLIP: ("退货单", "return slip"),
    PaperKind.CARRIER_RECEIPT: ("承运人回执", "carrier's receipt"),
}


def needs_in_words(needs: Collection[Need]) -> tuple[str, str]:
    """All of them, each with what will do for it."""
    named = [[PAPER_WORDS[kind] for kind in sorted(need)] for need in needs]
    zh = "；".join("或".join(zh for zh, _ in one) for one in named)
    en = ", and a ".join(" or ".join(en for _, en in one) for one in named)
    return zh, en
