"""What differs after a count, with what is said of it, and the movement that adjusted it (WHS-6)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.stocktake.counting import Difference, DifferenceKind
from bylaw_inventory.rules.stocktake.explaining import Explained, Explanation, Proposal
from bylaw_inventory.store.stocktake_tables import stocktake_differences
from bylaw_inventory.store.tables import items, lots

COLUMNS = stocktake_differences.c
_SHOWN = (
    sa.select(stocktake_differences, items.c.unit, lots.c.code)
    .join(items, items.c.id == COLUMNS.item)
    .outerjoin(lots, lots.c.id == COLUMNS.lot)
    .order_by(COLUMNS.number)
)


def replace(connection: sa.Connection, stocktake: UUID, made: Sequence[tuple[Difference, Explained | None]]) -> None:
    """What differs now, numbered from 1, in the stead of what did before; with what was said of it."""
    connection.execute(stocktake_differences.delete().where(COLUMNS.stocktake == stocktake))
    rows = [
        {
            "stocktake": stocktake,
            "number": number,
            "balance": one.key.identifier,
            **one.key._asdict(),
            "kind": int(one.kind),
            "quantity": one.quantity,
            "book": one.book,
            **_said(before.explanation if before else None),
        }
        for number, (one, before) in enumerate(made, 1)
    ]
    if rows:
        connection.execute(stocktake_differences.insert(), rows)


def every(connection: sa.Connection, stocktake: UUID) -> list[Explained]:
    """All of them by number."""
    return [_explained(row) for row in connection.execute(_SHOWN.where(COLUMNS.stocktake == stocktake))]


def listed(connection: sa.Connection, stocktake: UUID, *, page: tuple[int | None, int]) -> list[Explained]:
    """Those behind one."""
    after, limit = page
    query = _SHOWN.where(COLUMNS.stocktake == stocktake, COLUMNS.number > (after or 0)).limit(limit)
    return [_explained(row) for row in connection.execute(query)]


def explain(connection: sa.Connection, stocktake: UUID, said: Mapping[int, Explanation]) -> None:
    """What is said of each, by its number."""
    own = sa.and_(COLUMNS.stocktake == stocktake, COLUMNS.number == sa.bindparam("of"))
    values: dict[str, Any] = {
        name: sa.bindparam(f"new_{name}") for name in ("cause", "responsible", "proposal", "report")
    }
    rows = [
        {"of": number, **{f"new_{name}": value for name, value in _said(one).items()}} for number, one in said.items()
    ]
    connection.execute(stocktake_differences.update().where(own).values(values), rows)


def adjusted(connection: sa.Connection, stocktake: UUID, numbers: Collection[int], movement: UUID) -> None:
    """Says which movement adjusted them."""
    own = (COLUMNS.stocktake == stocktake, COLUMNS.number.in_(list(numbers)))
    connection.execute(stocktake_differences.update().where(*own).values(movement=movement))


def _said(explanation: Explanation | None) -> dict[str, Any]:
    if explanation is None:
        return {"cause": "", "responsible": None, "proposal": None, "report": ""}
    return {**explanation._asdict(), "proposal": int(explanation.proposal)}


def _explained(row: Any) -> Explained:
    key = BalanceKey(row.item, row.place, row.lot)
    difference = Difference(key, DifferenceKind(row.kind), row.quantity, row.book)
    said = Explanation(row.cause, row.responsible, Proposal(row.proposal), row.report) if row.proposal else None
    return Explained(row.number, difference, said, row.unit, row.code or "", row.movement)
