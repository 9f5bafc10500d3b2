"""A newer version of an order that is on record: what it changes, and what of its goods is claimed anew (ORD-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bylaw_orders.rules.orders.drafting import Came, drafted
from bylaw_orders.rules.orders.hold import Finding, Hold, held
from bylaw_orders.rules.orders.order import ZERO, Line, LineKind, SourceState
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.refusals import OrderShipped
from bylaw_orders.rules.stocking.claiming import ships

CLOSED_TOO_LATE = Finding(
    "CLOSED_AFTER_SHIPPING",
    "ORD-1",
    "平台已关闭订单，但货物已出库；请联系承运商追回或登记退货",
    "the platform closed the order, but its goods have left; stop the parcel or take it back as a return",
)


HELD_BY_HAND = "HELD_BY_HAND"
BY_HAND = frozenset({HELD_BY_HAND, "STOCK_LOST", "SHIPPED_THOUGH_CANCELLED"})
"""What no newer version mends: a person has to say."""
Pardoned = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Updated:
    """What a newer version makes of an order. `claims_anew`: what it claimed is given back and claimed as it is now."""

    placed: Placed
    new_holds: tuple[Hold, ...]
    ended_holds: tuple[Hold, ...]
    events: tuple[Event, ...]
    claims_anew: bool
    wants_stock: bool


def updated(kept: Placed, came: Came, pardoned: Pardoned = frozenset()) -> Updated:
    """Refuses ORDER_SHIPPED where goods have left and it asks for others. What was cancelled here stays cancelled.

    What a person released it from (`pardoned`) does not hold it again; what a person holds it for stays.
    """
    unpardoned = tuple(one for one in came.findings if (one.check, one.line) not in pardoned)
    new = drafted(replace(came, findings=unpardoned)).placed
    goods_differ = _goods(kept.lines) != _goods(new.lines)
    has_left = any(line.issued for line in kept.lines)
    if goods_differ and has_left:
        raise OrderShipped(number=kept.number)
    closed = came.wish.source_state is SourceState.CLOSED
    cancelled = kept.standing.cancelled_at is not None
    lines = (
        cancelled_lines(new.lines) if goods_differ and cancelled else new.lines if goods_differ else _kept(kept, new)
    )
    if closed and not cancelled:
        lines = cancelled_lines(lines)
    found = (CLOSED_TOO_LATE,) if closed and has_left and not cancelled else () if closed or cancelled else unpardoned
    holds, opened, ended = _holds(kept, new, found)
    standing = replace(
        kept.standing,
        payment=new.standing.payment,
        ship_by=kept.standing.ship_by or new.standing.ship_by,
        deliver_by=kept.standing.deliver_by or new.standing.deliver_by,
        cancelled_at=kept.standing.cancelled_at or (came.at if closed else None),
        revision=kept.standing.revision + 1,
    )
    # What was paid back here stays so, though the platform has not heard of it; what both tell of is one.
    head = replace(new.head, refunded=max(new.head.refunded, kept.head.refunded))
    placed = replace(kept, seen=new.seen, head=head, lines=lines, standing=standing, holds=holds)
    wants = (
        not holds and not cancelled and not closed and ships(came.channel, placed.head.kind, placed.seen.source_state)
    )
    events = _events(kept, came, opened=opened, closed=closed and not cancelled)
    return Updated(placed, opened, ended, events, goods_differ or not wants, wants)


def _goods(lines: Sequence[Line]) -> list[tuple[str, object]]:
    return sorted((line.code, line.quantity) for line in lines if line.kind is LineKind.GOODS)


def _kept(kept: Placed, new: Placed) -> tuple[Line, ...]:
    """The new lines with what became of the old ones: the same goods, whatever their order."""
    became: dict[tuple[LineKind, str, Decimal], list[Line]] = {}
    for line in kept.lines:
        became.setdefault((line.kind, line.code, line.quantity), []).append(line)
    made = []
    for line in new.lines:
        same = became.get((line.kind, line.code, line.quantity))
        old = same.pop(0) if same else None
        made.append(
            replace(
                line,
                item=line.item or old.item,
                unit=line.unit or old.unit,
                cancelled=old.cancelled,
                issued=old.issued,
                returned=old.returned,
            )
            if old
            else line
        )
    return tuple(made)


def cancelled_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Nothing more is to leave."""
    return tuple(
        replace(line, cancelled=max(line.quantity - line.issued, ZERO)) if line.kind is LineKind.GOODS else line
        for line in lines
    )


def _holds(
    kept: Placed, new: Placed, found: Sequence[Finding]
) -> tuple[tuple[Hold, ...], tuple[Hold, ...], tuple[Hold, ...]]:
    """The holds it has now, of these the new ones, and those whose fault is mended."""
    still = {(one.check, one.line) for one in found}
    stay = tuple(
        hold for hold in kept.holds if (hold.finding.check, hold.finding.line) in still or hold.finding.check in BY_HAND
    )
    ended = tuple(hold for hold in kept.holds if hold not in stay)
    known = {(hold.finding.check, hold.finding.line) for hold in stay}
    opened = tuple(hold for hold in new.holds if (hold.finding.check, hold.finding.line) in still - known)
    if CLOSED_TOO_LATE in found and not any(hold.finding.check == CLOSED_TOO_LATE.check for hold in (*stay, *opened)):
        opened = (*opened, *held(kept.identifier, (CLOSED_TOO_LATE,), new.created_at))
    return (*stay, *opened), opened, ended


def _events(kept: Placed, came: Came, *, opened: Sequence[Hold], closed: bool) -> tuple[Event, ...]:
    made = [Event(kept.identifier, came.at, Happened.CLOSED_BY_PLATFORM if closed else Happened.UPDATED, came.by)]
    if opened:
        checks = ",".join(sorted({hold.finding.check for hold in opened}))
        made.append(Event(kept.identifier, came.at, Happened.HELD, came.by, data=(("checks", checks),)))
    return tuple(made)
