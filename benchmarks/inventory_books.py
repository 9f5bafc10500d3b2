"""Over a million movements: closing a day, a month report, stock levels, and what is on hand."""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import psycopg
from bylaw.inventory.v1 import stock_months_pb2, stock_months_pb2_grpc, stock_pb2, stock_pb2_grpc
from bylaw_chassis.caller import Reach

from benchmarks.stock_world import stock_world
from benchmarks.stock_world.keeping import GROWN_THROUGH, MONTH, Keeper, keeper

ITEMS, FEW, MANY, ROUNDS = 10_000, 10_000, 1_000_000, 5
OF_A_DAY = 1_000
EVERYWHERE = Reach(everyone=True)
SHUT = "update warehouses set books_closed_through = date '2026-08-28' returning id"
CARDS = "select balance, sum(on_hand), sum(reserved) from entries group by balance"
REPORT = """
    select kept.item, kept.place, moved.kind, sum(made.on_hand) filter (where made.day < %(month)s),
        sum(made.on_hand) filter (where made.day >= %(month)s and made.on_hand > 0),
        sum(made.on_hand) filter (where made.day >= %(month)s and made.on_hand < 0)
    from entries as made join balances as kept on kept.id = made.balance join places on places.id = kept.place
        join movements as moved on moved.id = made.movement
    where places.warehouse = %(warehouse)s and places.kind in (1, 2, 3) and made.day < %(month)s + interval '1 month'
    group by 1, 2, 3
"""
LEVELS = """
    select line.item, sum(line.quantity) filter (where moved.kind = 2 and moved.day > '2026-08-22'), max(moved.day)
    from movements as moved join movement_lines as line on line.movement = moved.id
    where moved.warehouse = %(warehouse)s and moved.day > '2026-03-24' group by line.item
"""


class Sizes(NamedTuple):
    """The same at ten thousand movements and at a million, in seconds."""

    few: float
    many: float


def measure() -> list[dict[str, Any]]:
    """Days and pages at both sizes, beside each other; reports in turns with a query by hand."""
    with stock_world(ITEMS) as world:
        own = keeper(world)
        own.grow(1, FEW)
        _by_hand(own, SHUT)
        listed, (_, closed) = _median(lambda: _on_hand(own)), _closes(own, GROWN_THROUGH, FEW)
        own.grow(FEW + 1_000_000, FEW + 1_000_000 + MANY - FEW - 1)
        on_hand = Sizes(listed, _median(lambda: _on_hand(own)))
        months, levels = (_in_turns(own, *both) for both in ((REPORT, _reported), (LEVELS, _levels)))
        as_file, cards = _median(lambda: _exported(own)), _median(lambda: _by_hand(own, CARDS))
        first, after = _closes(own, GROWN_THROUGH + timedelta(days=ROUNDS + 1), 10 * MANY)
        own.database.close()
    return [_days(Sizes(closed, after), first, cards), *_reports(months, levels, as_file), _pages(on_hand)]


def _days(closed: Sizes, first: float, cards: float) -> dict[str, Any]:
    return _row(
        f"Closing a day of {OF_A_DAY:,} movements at {MANY:,} movements, to {FEW:,}",
        (closed.many, closed.few, "<= 1.25"),
        f"{closed.many * 1000:.0f} ms and {closed.few * 1000:.0f} ms; every card from its first entry on, as the first"
        f" close of a house does, {first:.2f} s; a bare sum of every card {cards:.2f} s",
    )


def _reports(months: Sizes, levels: Sizes, as_file: float) -> list[dict[str, Any]]:
    return [
        _row(
            f"Month report over {MANY:,} movements, to a hand-written aggregate",
            (months.many, months.few, "<= 2"),
            f"{months.many:.2f} s with names, by item and place, {months.few:.2f} s by hand; as CSV {as_file:.2f} s",
        ),
        _row(
            f"Stock levels and proposals over {MANY:,} movements, to a hand-written aggregate",
            (levels.many, levels.few, "<= 2"),
            f"{levels.many:.2f} s for demand, cover, turnover and proposals of {ITEMS:,} items, {levels.few:.2f} s by"
            " hand for demand and last movement alone",
        ),
    ]


def _pages(listed: Sizes) -> dict[str, Any]:
    return _row(
        f"On-hand of {ITEMS:,} items at {MANY:,} movements, to {FEW:,}",
        (listed.many, listed.few, "<= 1.2"),
        f"{listed.many * 1000:.0f} ms and {listed.few * 1000:.0f} ms, in pages of 1000",
    )


def _row(name: str, said: tuple[float, float, str], detail: str) -> dict[str, Any]:
    ours, theirs, goal = said
    return {"name": name, "ratio": round(ours / theirs, 2), "goal": goal, "unit": "times the time", "detail": detail}


def _closes(own: Keeper, begun: date, numbered: int) -> tuple[float, float]:
    """How long it takes to close up to a day, and then a day of so many movements, of several the median."""
    first = _seconds(lambda: _close(own, begun))
    seconds = list[float]()
    for later in range(1, ROUNDS + 1):
        day, number = begun + timedelta(days=later), numbered + later * OF_A_DAY
        own.grow(number + 1, number + OF_A_DAY, day)
        seconds.append(_seconds(lambda day=day: _close(own, day)))  # type: ignore[misc]
    return first, statistics.median(seconds)


def _close(own: Keeper, day: date) -> None:
    closed = own.days.close(own.world.warehouse, day, "a benchmark", caller=own.caller, reach=EVERYWHERE)
    assert not [one for one in closed.disagreements if one.subject.startswith(("stockBalances", "stockMovements"))]


def _in_turns(own: Keeper, query: str, act: Callable[[Keeper], None]) -> Sizes:
    """By hand, and ours."""
    turns = [(_seconds(lambda: _by_hand(own, query)), _seconds(lambda: act(own))) for _ in range(ROUNDS)]
    return Sizes(*(statistics.median(turn[side] for turn in turns) for side in (0, 1)))


def _by_hand(own: Keeper, query: str) -> None:
    with psycopg.connect(own.world.psql, options="-csearch_path=inventory") as connection:
        psycopg.ClientCursor(connection).execute(
            query.encode(), {"month": MONTH, "warehouse": own.world.warehouse}
        ).fetchall()


def _reported(own: Keeper) -> None:
    assert len(own.months.whole(own.world.warehouse, MONTH, EVERYWHERE).lines) >= ITEMS


def _levels(own: Keeper) -> None:
    assert own.levels.proposed(own.world.warehouse, EVERYWHERE, kind=None, page=(None, 1_000)) is not None


def _exported(own: Keeper) -> None:
    name = f"warehouses/{own.world.warehouse}/stockMonths/{MONTH:%Y-%m}"
    request = stock_months_pb2.ExportStockMonthRequest(name=name)
    stock_months_pb2_grpc.StockMonthsStub(own.channel).ExportStockMonth(request, metadata=own.metadata)


def _on_hand(own: Keeper) -> None:
    """So many balances within the door, page by page."""
    stub, found = stock_pb2_grpc.StockStub(own.channel), 0
    request = stock_pb2.ListStockBalancesRequest(parent=f"warehouses/{own.world.warehouse}", page_size=1_000)
    for _ in range(ITEMS // request.page_size):
        answer = stub.ListStockBalances(request, metadata=own.metadata)
        found += len(answer.stock_balances)
        request.page_token = answer.next_page_token
    assert found == ITEMS


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _median(act: Callable[[], object]) -> float:
    return statistics.median(_seconds(act) for _ in range(ROUNDS))
