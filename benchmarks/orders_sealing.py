"""What customers' data cost where orders are taken in: sealing and hashing, beside orders that go to nobody."""

import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import system_clock
from bylaw_chassis.values import new_id
from bylaw_orders.rules.orders.order import OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.privacy.recipient import Recipient

from benchmarks.orders_world import Intake, intake

BATCH, ROUNDS, SEALED = 500, 6, 5_000


def measure() -> list[dict[str, Any]]:
    """Batches with recipients and without in turns; the quickest of each, in which nobody else had the machine."""
    with intake("CNY") as own:
        _seconds(own, 0, somebody=True)
        pairs = [
            (
                _seconds(own, (2 * number + 1) * BATCH, somebody=True),
                _seconds(own, (2 * number + 2) * BATCH, somebody=False),
            )
            for number in range(ROUNDS)
        ]
        people = [_somebody(number) for number in range(SEALED)]
        sealing = min(own.sealing_seconds(people) for _ in range(3))
    whole, bare = (min(column) / BATCH for column in zip(*pairs, strict=True))
    detail = (
        f"{sealing * 1e6:.0f} microseconds of processor time of {whole * 1e6:.0f} an order; with their rows and indices"
        f" recipients take {(whole - bare) * 1e6:.0f}"
    )
    return [
        {
            "name": f"Encrypting a recipient, of taking in {BATCH} three-line orders",
            "ratio": sealing / whole,
            "goal": "<= 0.20",
            "unit": "times the intake",
            "detail": detail,
        }
    ]


def _seconds(own: Intake, first: int, *, somebody: bool) -> float:
    """How long a batch of three-line orders takes, everything on the disk."""
    wishes = [_wish(first + number, somebody=somebody) for number in range(BATCH)]
    began = time.perf_counter()
    taken = own.taking.many(own.channel, wishes, Caller(person=new_id()), Reach(everyone=True))
    took = time.perf_counter() - began
    assert all(one.order for one in taken)
    return took


def _somebody(number: int) -> Recipient:
    return Recipient(
        f"张小{number}",
        f"138{number:08}",
        "浙江省杭州市西湖区文三路398号5幢2单元501室",
        "浙江省",
        "310012",
        f"{number}@mail.test",
        f"tb{number}",
        "请放门口，谢谢",
        "taobao",
    )


def _wish(number: int, *, somebody: bool) -> OrderWish:
    lines = tuple(WishLine(f"G-{place}", "Goods", Decimal(2), Decimal(1250)) for place in range(3))
    at = system_clock()
    bare = OrderWish(f"N-{number}", OrderKind.SALE, SourceState.PAID, None, at, at, "CNY", lines, paid=7_500)
    return replace(bare, recipient=_somebody(number)) if somebody else bare
