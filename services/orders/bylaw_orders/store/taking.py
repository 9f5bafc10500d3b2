"""What is known under a number, and orders that are put on record: in one statement whatever their number (ORD-1)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from bylaw_chassis.array_texts import text_array
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.database import Work
from bylaw_chassis.queries import Query

from bylaw_orders.ports.stores import Placing
from bylaw_orders.rules.orders.hold import Hold
from bylaw_orders.rules.orders.order import Line, SourceState
from bylaw_orders.rules.orders.placed import Kept, NewOrder, Placed
from bylaw_orders.rules.orders.same_lines import OnceEach
from bylaw_orders.rules.orders.timeline import Event
from bylaw_orders.rules.orders.versions import Seen
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.store.lines_copied import copy_lines
from bylaw_orders.store.rows import rows_json

MANY = 100
"""From so many orders on their lines are copied."""
_KEPT = """
    select id, number, source_at, source_state, digest, cancelled_at is not null from orders
    where channel = %(channel)s::uuid and number = any((select %(numbers)s::text[])::text[])
"""
# All of it is of new orders alone: where one is there already, nothing of what goes with it may be there twice.
_PLACE = """
    placed as (
        insert into orders select new.* from json_populate_recordset(null::orders, %(orders)s::json) as new
        where exists (select from claimed) order by new.id
        on conflict do nothing returning id
    ), lined as (
        insert into order_lines select new.* from json_populate_recordset(null::order_lines, %(lines)s::json) as new
        join placed on placed.id = new.of_order
    ), holding as (
        insert into order_holds select new.* from json_populate_recordset(null::order_holds, %(held)s::json) as new
        join placed on placed.id = new.of_order
    ), noted as (
        insert into order_events
        select new.of_order, row_number() over (partition by new.of_order order by new.number), new.at, new.kind,
            new.actor, new.reason, new.data
        from json_populate_recordset(null::order_events, %(events)s::json) as new
        join placed on placed.id = new.of_order
    ), claiming as (
        insert into stock_claims select new.* from json_populate_recordset(null::stock_claims, %(claims)s::json) as new
        join placed on placed.id = new.of_order returning reservation
    ), claimed_lines as (
        insert into stock_claim_lines
        select new.* from json_populate_recordset(null::stock_claim_lines, %(goods)s::json) as new
        join claiming on claiming.reservation = new.reservation
    ), {to_whom}
    select placed.id, (select count(*) from to_whom) from claimed left join placed on true
"""


def asked_kept(channel: UUID, numbers: Collection[str]) -> Query[dict[str, Kept]]:
    """What is on record under numbers of a channel, by number."""
    return Query(Said(_KEPT, {"channel": channel, "numbers": text_array(numbers)}), _kept)


def place(work: Work, made: Sequence[NewOrder], to: Said, copied: OnceEach[Line, str]) -> Placing:
    """Puts new orders and whom they go `to` on record, as the work's first statement; of many the lines behind it.

    Where not all of them are made, nothing of it may be committed.
    """
    many = len(made) >= MANY
    claims = [claim for one in made for claim in one.claims]
    said = {
        "orders": rows_json(order_row(one.placed) for one in made),
        "lines": rows_json(() if many else _line_rows(made)),
        "held": rows_json(hold_row(hold) for one in made for hold in one.placed.holds),
        "events": rows_json(event_rows(event for one in made for event in one.events)),
        "claims": rows_json(
            {**claim_row(claim, due), "created_at": one.placed.created_at} for one in made for claim, due in one.claims
        ),
        "goods": rows_json(row for claim, _ in claims for row in claim_line_rows(claim)),
    }
    found = work.first(_placing(to.text), {**said, **to.values})
    placing = Placing(sum(row[0] is not None for row in found), found[0][1] if found else 0)
    if many and placing.orders == len(made):
        copy_lines(work.connection, [one.placed for one in made], copied)
    return placing


def _line_rows(made: Iterable[NewOrder]) -> Iterator[dict[str, Any]]:
    for one in made:
        yield from line_rows(one.placed.identifier, one.placed.lines)


@lru_cache(8)
def _placing(to_whom: str) -> str:
    return _PLACE.format(to_whom=to_whom)


def _kept(rows: Iterable[Row]) -> dict[str, Kept]:
    return {
        number: Kept(identifier, Seen(at, SourceState(state), digest), SourceState(state), cancelled=cancelled)
        for identifier, number, at, state, digest, cancelled in rows
    }


def order_row(made: Placed) -> dict[str, Any]:
    """An order's own row."""
    head, standing, seen = made.head, made.standing, made.seen
    return {
        "id": made.identifier,
        "channel": made.channel,
        "number": made.number,
        "kind": int(head.kind),
        "source_state": int(seen.source_state),
        "source_at": seen.source_at,
        "digest": seen.digest,
        "placed_at": head.placed_at,
        "paid_at": head.paid_at,
        "currency": head.currency,
        "shipping": head.shipping,
        "discount": head.discount,
        "total": head.total,
        "paid": head.paid,
        "refunded": head.refunded,
        "promotion": head.promotion,
        "payment": int(standing.payment),
        "fulfilment": int(standing.fulfilment),
        "after_sales": int(standing.after_sales),
        "holds": len(made.holds),
        "ship_by": standing.ship_by,
        "deliver_by": standing.deliver_by,
        "rounds": standing.rounds,
        "cancelled_at": standing.cancelled_at,
        "revision": standing.revision,
        "created_at": made.created_at,
        "created_by": made.created_by,
        "together": standing.together,
        "courier": head.courier,
        "waybill": head.waybill,
    }


def line_rows(order: UUID, lines: Iterable[Line]) -> Iterable[dict[str, Any]]:
    """The rows of an order's lines, 1 is the first."""
    for number, line in enumerate(lines, 1):
        yield {
            "of_order": order,
            "line": number,
            "kind": int(line.kind),
            "code": line.code,
            "title": line.title,
            "item": line.item,
            "unit": line.unit,
            "quantity": str(line.quantity),
            "unit_price": str(line.unit_price),
            "discount": line.discount,
            "amount": line.amount,
            "cancelled": str(line.cancelled),
            "issued": str(line.issued),
            "returned": str(line.returned),
        }


def hold_row(hold: Hold) -> dict[str, Any]:
    """The row of a hold that is open."""
    finding = hold.finding
    said = {"said": finding.check, "clause": finding.clause, "zh": finding.zh, "en": finding.en}
    own = {"id": hold.identifier, "of_order": hold.order, "line": finding.line, "opened_at": hold.opened_at}
    return {**own, **said, "ended_at": None, "ended_by": "", "end_reason": ""}


def event_rows(events: Iterable[Event]) -> Iterable[dict[str, Any]]:
    """Rows of the timeline, numbered in their order here; each order's own numbers are given where they are written."""
    for number, event in enumerate(events, 1):
        said = {"kind": event.kind, "actor": event.actor, "reason": event.reason, "data": dict(event.data)}
        yield {"of_order": event.order, "number": number, "at": event.at, **said}


def claim_row(claim: Claim, due: datetime | None) -> dict[str, Any]:
    """The row of a claim, which is brought on when it is due."""
    own = {"reservation": claim.reservation, "of_order": claim.order, "round": claim.round}
    wanted = {"wanted": int(claim.wanted), "state": int(claim.state), "tries": claim.tries, "partial": claim.partial}
    where = {"warehouse": claim.warehouse, "purpose": claim.purpose}
    return {**own, **where, **wanted, "due_at": due, "leased_until": None, "reason": ""}


def claim_line_rows(claim: Claim) -> Iterable[Mapping[str, Any]]:
    """What a claim wants of each item; all of it is reserved where it is held."""
    for item, quantity in claim.lines.items():
        reserved = claim.reserved.get(item, 0)
        yield {"reservation": claim.reservation, "item": item, "quantity": quantity, "reserved": reserved, "issued": 0}
