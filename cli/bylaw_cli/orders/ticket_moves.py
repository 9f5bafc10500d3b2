"""What a ticket moves, at a shell: money that goes back, goods that are sent instead, what is taken back (CUS-2)."""

from collections.abc import Mapping
from typing import Any

from bylaw_cli.orders.shops import Shops, Tree
from bylaw_cli.orders.ticket_steps import Step, Typed
from bylaw_cli.orders.ticket_words import MOVED
from bylaw_cli.orders.wished import items_typed, minor_typed
from bylaw_cli.things import given_of
from bylaw_cli.wording import Wording

AMOUNT = Typed("--amount", Wording("How much, in the order's currency.", "金额，按订单币种。"), "AMOUNT")
WORTH = Typed(
    "--worth",
    Wording(
        "What the goods are worth, by which is found who decides; not known, if nothing is said.",
        "货物价值，据此确定由谁决定；不写即未知。",
    ),
    "AMOUNT",
    field="amount",
    needed=False,
)
COMPENSATION = Typed(
    "--compensation",
    Wording("As a compensation: the customer keeps the goods.", "作为补偿：货物归客户。"),
)
REASON = Typed(
    "--reason",
    Wording("Why, without anything of the customer's: others read it.", "理由，他人可见，不得含客户信息。"),
    "TEXT",
)
ITEM = Typed(
    "--item",
    Wording("Goods that are sent instead, CODE=QTY; may be given again.", "换发货物，编码=数量，可重复。"),
    "CODE=QTY",
    several=True,
)


def _refund(shops: Shops, found: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = "COMPENSATION" if typed["compensation"] else "REFUND"
    return _wish(kind, {"amount": _minor(shops, found, typed["amount"]), "reason": typed["reason"]})


def _exchange(shops: Shops, found: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    shops.rest.places |= {f"ticketAction.lines[{number}]": item for number, item in enumerate(typed["item"])}
    worth = _minor(shops, found, typed["worth"]) if typed["worth"] else ""
    lines = items_typed(typed["item"], shops.language)
    return _wish("EXCHANGE", {"lines": lines, "reason": typed["reason"], **given_of({"amount": worth})})


def _nothing(_: Shops, __: Tree, ___: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


def _wish(kind: str, wish: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"ticketAction": {"kind": f"TICKET_ACTION_KIND_{kind}", **wish}}


def _minor(shops: Shops, found: Tree, amount: str) -> str:
    """An amount in the smallest unit of the currency of the ticket's order."""
    currency = str(shops.rest.get(f"/v1/{found['order']}")["currency"]) if found["order"] else ""
    return minor_typed(amount, currency, shops.language)


MOVES = (
    Step(
        "refund",
        "/actions",
        Wording(
            "Ask for money to go back. Up to the channel's limit it goes at once; beyond it people decide.\n\n\b\n"
            "bylaw orders ticket refund 24cfea49 --amount 25.00 --reason 'one of two came broken'",
            "申请退款。渠道限额以内立即办理，超出由人审批。\n\n\b\n"
            "bylaw orders ticket refund 24cfea49 --amount 25.00 --reason 两件中一件破损",
        ),
        (AMOUNT, REASON, COMPENSATION),
        _refund,
        of_action=True,
    ),
    Step(
        "exchange",
        "/actions",
        Wording(
            "Ask for goods to be sent instead: decided as money is, and then placed as an order at price 0.\n\n\b\n"
            "bylaw orders ticket exchange 24cfea49 --item MJ-CUP=1 --worth 129 --reason 'it came broken'",
            "申请换货：与退款同样决定，批准后以零价下单。\n\n\b\n"
            "bylaw orders ticket exchange 24cfea49 --item MJ-CUP=1 --worth 129 --reason 收到时已破损",
        ),
        (ITEM, WORTH, REASON),
        _exchange,
        of_action=True,
    ),
    Step(
        "withdraw",
        ":withdraw",
        Wording(
            "Take a refund or an exchange back that waits for its decision. ID is the end of its own, as the ticket"
            " shows it.\n\n\b\nbylaw orders ticket withdraw 8f03d1aa",
            "撤回尚待决定的退款或换货。ID 为其编号末几位（工单中所示）。\n\n\b\nbylaw orders ticket withdraw 8f03d1aa",
        ),
        (),
        _nothing,
        of_action=True,
        things=MOVED,
    ),
)
