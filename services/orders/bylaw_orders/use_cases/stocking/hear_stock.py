"""What follows for orders from what happened in the warehouse: what left, what is back on the shelf (ORD-2, WHS-3)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from bylaw_chassis.database import Work

from bylaw_orders.ports.stores import ClaimStore, OrderStore
from bylaw_orders.rules.following.heard import (
    Heard,
    Issued,
    IssueReversed,
    MovedGoods,
    ParcelHandedOver,
    ReservationEnd,
    ReservationEnded,
)
from bylaw_orders.rules.orders.hold import Finding, held
from bylaw_orders.rules.orders.issuing import issued_lines
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.stocking.claim import Claim, ClaimState, Settled, Wanted
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY, Restating
from bylaw_orders.use_cases.stocking.when_short import WhenShort

BY = "service:inventory"
LEFT_THOUGH_CANCELLED = Finding(
    "SHIPPED_THOUGH_CANCELLED",
    "ORD-1",
    "订单已取消，货物却已出库；请追回包裹，或与顾客确认后登记退货",
    "it was cancelled, and its goods have left; stop the parcel, or agree with the customer and take it back",
)


class Parcels(Protocol):
    """What is known of parcels."""

    def handed_over(self, work: Work, told: Sequence[tuple[UUID, ParcelHandedOver]]) -> None:
        """Parcels of orders that were handed to a carrier; one that is known stays as it is."""
        ...


@dataclass(frozen=True, slots=True)
class HearStock:
    """See `HearsStock`. Orders are locked before claims, claims in the order of their ids."""

    orders: OrderStore
    claims: ClaimStore
    parcels: Parcels
    restating: Restating
    when_short: WhenShort

    def hear(self, work: Work, told: Sequence[Heard]) -> None:
        """Each is told once in effect; what is of a reservation that is not of orders changes nothing."""
        about = {
            one.reservation
            for one in told
            if isinstance(one, Issued | IssueReversed | ReservationEnded | ParcelHandedOver)
        }
        known = self.claims.by_reservation(work.connection, about)
        if not known:
            return
        concerned = sorted({claim.order for claim in known.values()})
        self.orders.lock(work.connection, concerned)
        claims = self.claims.by_reservation(work.connection, known, lock=True)
        self._move(work, claims, told)
        self._end(work, claims, [one for one in told if isinstance(one, ReservationEnded)])
        handed = [one for one in told if isinstance(one, ParcelHandedOver) and one.reservation in claims]
        self.parcels.handed_over(work, [(claims[one.reservation].order, one) for one in handed])
        self.restating.restate(work, concerned)

    def _move(self, work: Work, claims: Mapping[UUID, Claim], told: Sequence[Heard]) -> None:
        """What left of each order's lines, and what is back on the shelf."""
        moved: dict[UUID, list[tuple[MovedGoods, int]]] = defaultdict(list)
        events = list[Event]()
        by_claim: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
        for one in told:
            if not isinstance(one, Issued | IssueReversed) or one.reservation not in claims:
                continue
            order, sign = claims[one.reservation].order, 1 if isinstance(one, Issued) else -1
            kind = Happened.STOCK_ISSUED if sign > 0 else Happened.ISSUE_REVERSED
            events.append(Event(order, one.at, kind, BY, data=(("movement", str(one.movement)),)))
            moved[order] += [(goods, sign) for goods in one.goods]
            for goods in one.goods:
                by_claim[one.reservation, goods.item] += sign * goods.quantity
        if not moved:
            return
        self.claims.issue(work.connection, by_claim)
        for order, placed in self.orders.find(work.connection, moved, EVERYBODY, NO_DAY).items():
            made = replace(placed, lines=issued_lines(placed.lines, moved[order]))
            made = self._warned(work, made)
            self.orders.rewrite(work.connection, made, replaced=None, at=work.now)
        self.orders.note(work.connection, events)

    def _warned(self, work: Work, placed: Placed) -> Placed:
        """What was cancelled and has left is held for a person."""
        known = {hold.finding.check for hold in placed.holds}
        if placed.standing.cancelled_at is None or all(line.left >= 0 for line in placed.lines):
            return placed
        if LEFT_THOUGH_CANCELLED.check in known:
            return placed
        holds = held(placed.identifier, (LEFT_THOUGH_CANCELLED,), work.now)
        self.orders.open_holds(work.connection, holds)
        return replace(placed, holds=(*placed.holds, *holds))

    def _end(self, work: Work, claims: Mapping[UUID, Claim], told: Sequence[ReservationEnded]) -> None:
        """Reservations that hold no more. One that ended while the order wants it still is lost."""
        settled = list[tuple[Claim, Settled]]()
        for one in told:
            claim = claims.get(one.reservation)
            if claim is None or claim.state in {ClaimState.USED, ClaimState.RELEASED, ClaimState.LOST}:
                continue
            if one.end is ReservationEnd.USED:
                settled.append((claim, Settled(ClaimState.USED)))
            elif claim.wanted is Wanted.NONE:
                settled.append((claim, Settled(ClaimState.RELEASED)))
            else:
                settled.append((claim, Settled(ClaimState.LOST, reason=one.end.name)))
        self.claims.settle(work.connection, settled, work.now)
        lost = [replace(claim, state=to.state) for claim, to in settled if to.state is ClaimState.LOST]
        self.orders.note(work.connection, [Event(one.order, work.now, Happened.STOCK_LOST, BY) for one in lost])
        self.when_short.follow(work, lost)
