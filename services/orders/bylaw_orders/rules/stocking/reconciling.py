"""On what orders and inventory disagree of what is held: told, never put right in silence (ORD-1, WHS-3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_orders.rules.stocking.claim import Claim

PURPOSE = "orders/"
"""What the purposes of orders' reservations begin with."""


class Disagreement(IntEnum):
    """How they disagree; the numbers are those of the contract."""

    WITHOUT_ORDER = 1
    NOT_WANTED = 2
    NOT_HELD = 3
    OTHER_QUANTITY = 4


WORDS: Mapping[Disagreement, tuple[str, str]] = {
    Disagreement.WITHOUT_ORDER: (
        "仓库为不存在的订单预留了货物；请核对后在库存中释放该预留",
        "inventory holds goods for an order that there is not; look into it, and release the reservation there",
    ),
    Disagreement.NOT_WANTED: (
        "订单已不需要，仓库仍预留着货物；请核对后在库存中释放该预留",
        "inventory holds goods that the order does not want; look into it, and release the reservation there",
    ),
    Disagreement.NOT_HELD: (
        "订单以为已预留，仓库却没有；请暂缓该订单，再放行以重新预留",
        "the order counts on goods that inventory does not hold; hold it and release it, and they are reserved anew",
    ),
    Disagreement.OTHER_QUANTITY: (
        "仓库预留的数量与订单记录不一致；请暂缓该订单，再放行以重新预留",
        "inventory holds another quantity than the order counts on; hold the order and release it",
    ),
}
"""What each means, and what to do."""


@dataclass(frozen=True, slots=True)
class HeldInStock:
    """A reservation that inventory holds live: what is left of each item, and when it was made."""

    reservation: UUID
    warehouse: UUID
    made_at: datetime
    left: Mapping[UUID, Decimal] = field(default_factory=dict)


class Disagreed(NamedTuple):
    """A reservation that they disagree on."""

    kind: Disagreement
    reservation: UUID
    order: UUID | None
    warehouse: UUID


def disagreements(claims: Mapping[UUID, Claim], held: Mapping[UUID, HeldInStock]) -> list[Disagreed]:
    """By reservation: `claims` hold by orders' record or are held by inventory's; `held` is inventory's."""
    found = list[Disagreed]()
    for reservation, one in held.items():
        claim = claims.get(reservation)
        if claim is None:
            found.append(Disagreed(Disagreement.WITHOUT_ORDER, reservation, None, one.warehouse))
        elif not claim.live:
            found.append(Disagreed(Disagreement.NOT_WANTED, reservation, claim.order, one.warehouse))
        elif claim.holds and _left(claim) != {item: left for item, left in one.left.items() if left}:
            found.append(Disagreed(Disagreement.OTHER_QUANTITY, reservation, claim.order, one.warehouse))
    for reservation, claim in claims.items():
        if claim.holds and reservation not in held:
            found.append(Disagreed(Disagreement.NOT_HELD, reservation, claim.order, claim.warehouse))
    return sorted(found)


def _left(claim: Claim) -> dict[UUID, Decimal]:
    kept = {item: reserved - claim.issued.get(item, Decimal(0)) for item, reserved in claim.reserved.items()}
    return {item: left for item, left in kept.items() if left}
