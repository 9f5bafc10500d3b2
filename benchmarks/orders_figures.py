"""Figures of nine months of a real shop beside sums of the same rows that somebody wrote for them alone."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
from bylaw_chassis.caller import Reach
from bylaw_orders.rules.figures.asked import Asked, Dimension, Span
from bylaw_orders.rules.figures.sales import SalesFigure
from bylaw_orders.rules.order_files.order_import import ImportState
from bylaw_orders.store import figures, key_figures
from bylaw_orders.use_cases.figures.show_figures import ShowFigures

from benchmarks.orders_world import Intake, intake
from benchmarks.stock_world.retail import FILE

REPEATS, ZONE = 5, "Europe/London"
WHOLE = Span(date(2010, 12, 1), date(2011, 8, 31), ZONE)
MONTH = Span(date(2011, 7, 1), date(2011, 7, 31), ZONE)
BY_DAY = """
select sum(total), to_char(placed_at at time zone 'Europe/London', 'YYYY-MM-DD'), kind, count(*), sum(lines), sum(units)
from (
  select own.total, own.placed_at, own.kind,
    count(*) filter (where line.kind = 1) as lines, sum(quantity) filter (where line.kind = 1) as units
  from orders as own join order_lines as line on of_order = id
  where placed_at >= %(begins)s and placed_at < %(ends)s group by own.id
) as each group by 2, 3
"""
BY_PRODUCT = """
select sum(amount), upper(code), line.kind, own.kind, count(distinct own.id), count(*), sum(quantity), min(title)
from orders as own join order_lines as line on of_order = id
where placed_at >= %(begins)s and placed_at < %(ends)s group by 2, 3, 4
union all select sum(total - amounts), '', 6, kind, count(*), 0, 0, ''
from orders join (select of_order, sum(amount) as amounts from order_lines group by of_order) as sums on of_order = id
where placed_at >= %(begins)s and placed_at < %(ends)s and total <> amounts group by kind
"""


def measure() -> list[dict[str, Any]]:
    """In turns, of each the median; nothing is written meanwhile."""
    with intake("GBP") as own:
        ended = own.imported(FILE.read_bytes(), ZONE)
        assert (ended.state, ended.counts.refused) == (ImportState.DONE, 0)
        with psycopg.connect(own.psql, options="-csearch_path=orders", autocommit=True) as connection:
            connection.execute("vacuum analyze")
            showing = ShowFigures(own.database, own.handing_in.finding, figures, key_figures)
            return [
                _sold(showing, connection, own, Dimension.DAY, BY_DAY),
                _sold(showing, connection, own, Dimension.PRODUCT, BY_PRODUCT),
                _went(showing, connection, own),
            ]


def _sold(showing: ShowFigures, connection: Any, own: Intake, by: Dimension, by_hand: str) -> dict[str, Any]:
    asked = Asked(WHOLE, own.channel)
    ours, bare = _in_turns(lambda: _shown(showing, by, asked), lambda: _summed(connection, by_hand, WHOLE))
    month = statistics.median(_seconds(lambda: _shown(showing, by, Asked(MONTH, own.channel))) for _ in range(REPEATS))
    found = _shown(showing, by, asked)
    assert sum(one.total for one in found) == sum(row[0] for row in _summed(connection, by_hand, WHOLE))
    whole = f"{len(found)} figures of nine months: {ours * 1e3:.0f} ms, {bare * 1e3:.0f} ms by hand"
    return {
        "name": f"Sales by {by.name.lower()}, to a sum written by hand",
        "ratio": round(ours / bare, 2),
        "goal": "<= 2",
        "unit": "times the time of the sum",
        "detail": f"{whole}; a month {month * 1e3:.0f} ms",
    }


def _went(showing: ShowFigures, connection: Any, own: Intake) -> dict[str, Any]:
    reach, asked = Reach(everyone=True), Asked(WHOLE, own.channel)
    page = None, 1_000
    ours, bare = _in_turns(
        lambda: showing.how_it_went(asked, reach, page=page), lambda: _summed(connection, BY_DAY, WHOLE)
    )
    return {
        "name": "How sales went, to sales by day written by hand",
        "ratio": round(ours / bare, 2),
        "goal": "-",
        "unit": "times the time of the sum",
        "detail": f"nine months: {ours * 1e3:.0f} ms, {bare * 1e3:.0f} ms by hand",
    }


def _in_turns(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    taken = [(_seconds(one), _seconds(other)) for _ in range(REPEATS)]
    ours, bare = zip(*taken, strict=True)
    return statistics.median(ours), statistics.median(bare)


def _shown(showing: ShowFigures, by: Dimension, asked: Asked) -> list[SalesFigure]:
    return showing.figures(by, asked, Reach(everyone=True))


def _summed(connection: Any, by_hand: str, span: Span) -> list[Any]:
    return list(connection.execute(by_hand, {"begins": span.begins, "ends": span.ends}).fetchall())


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
