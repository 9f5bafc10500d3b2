"""What is known under a number, and orders that are put on record: in two statements whatever their number (ORD-1)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Work
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_orders.rules.orders.hold import Hold
from bylaw_orders.rules.orders.order import Line, SourceState
from bylaw_orders.rules.orders.placed import Kept, NewOrder, Placed
from bylaw_orders.rules.orders.timeline import Event
from bylaw_orders.rules.orders.versions import Seen
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import orders

_PLACE = """
    placed as (
        insert into orders select new.* from json_populate_recordset(null::orders, %(orders)s::json) as new
        where exists (select from claimed) order by new.id
        on conflict do nothing returning id
    )
    select placed.id from claimed left join placed on true
"""
_REST = """
    lined as (
        insert into order_lines select * from json_populate_recordset(null::order_lines, %(lines)s::json)
    ), holding as (
        insert into order_holds select * from json_populate_recordset(null::order_holds, %(held)s::json)
    ), noted as (
        insert into order_events
        select new.of_order, row_number() over (partition by new.of_order order by new.number), new.at, new.kind,
            new.actor, new.reason, new.data
        from json_populate_recordset(null::order_events, %(events)s::json) as new
    ), claiming as (
        insert into stock_claims select * from json_populate_recordset(null::stock_claims, %(claims)s::json)
    ), claimed_lines as (
        insert into stock_claim_lines select * from json_populate_recordset(null::stock_claim_lines, %(goods)s::json)
    )
"""


def kept(connection: sa.Connection, channel: UUID, numbers: Collection[str]) -> dict[str, Kept]:
    """What is on record under numbers of a channel, by number."""
    told = orders.c
    query = sa.select(told.id, told.number, told.source_at, told.source_state, told.digest, told.cancelled_at).where(
        told.channel == channel, told.number.in_(list(numbers))
    )
    return {
        row.number: Kept(
            row.id,
            Seen(row.source_at, SourceState(row.source_state), row.digest),
            SourceState(row.source_state),
            cancelled=row.cancelled_at is not None,
        )
        for row in connection.execute(query)
    }


def place(work: Work, made: Sequence[NewOrder], *, at_once: bool) -> bool:
    """Puts new orders on record, as the work's first statement; says no where one of them is there already.

    What goes with them is written with the commit, or `at_once`. Where it says no, nothing of it may be committed.
    """
    found = work.first(_PLACE, {"orders": rows_json(order_row(one.placed) for one in made)})
    if sum(row[0] is not None for row in found) != len(made):
        return False
    claims = [claim for one in made for claim in one.claims]
    said = {
        "lines": rows_json(row for one in made for row in line_rows(one.placed.identifier, one.placed.lines)),
        "held": rows_json(hold_row(hold) for one in made for hold in one.placed.holds),
        "events": rows_json(event_rows(event for one in made for event in one.events)),
        "claims": rows_json(
            {**claim_row(claim, due), "created_at": one.placed.created_at} for one in made for claim, due in one.claims
        ),
        "goods": rows_json(row for claim, _ in claims for row in claim_line_rows(claim)),
    }
    if at_once:
        driver_within_deadline(work.connection).execute(f"with {_REST} select", said)
    else:
        work.last(_REST, said)
    return True


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
