"""What there is to count, place by place, without any quantity of the book (WHS-6)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bylaw.inventory.v1 import stocktakes_pb2

from bylaw_console.desk import Desk
from bylaw_console.shelves import PAGE, Shelves, amount, every


@dataclass(frozen=True, slots=True)
class CountingLine:
    """Goods at a place: `state` says in words whether they were counted, `own` what the caller counted."""

    place: str
    item: str
    code: str
    name: str
    lot: str
    state: str
    is_recount: bool
    is_counted: bool

    def told(self) -> dict[str, Any]:
        """The line as a script takes it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class CountingPlace:
    """A place of the stocktake and how much of it is counted."""

    name: str
    label: str
    counted: int
    lines: int


def counting_lines(desk: Desk, shelves: Shelves, stocktake: Any) -> list[CountingLine]:
    """All lines, with the caller's own counts."""
    wish = stocktakes_pb2.ListStocktakeLinesRequest(parent=stocktake.name, page_size=PAGE)
    found = every(desk, wish, "lines")
    own = _own_counts(desk, stocktake)
    shelves.learn(one.item for one in found)
    return [_line(desk, shelves, one, own.get((one.place, one.item, one.lot))) for one in found]


def _own_counts(desk: Desk, stocktake: Any) -> Mapping[tuple[str, str, str], Any]:
    """The newest of the caller's own counts: while counting goes on only these are told."""
    wish = stocktakes_pb2.ListStocktakeCountsRequest(parent=stocktake.name, page_size=PAGE)
    counts = [one for one in every(desk, wish, "counts") if one.counted_by == desk.me.person]
    return {(one.place, one.item, one.lot): one for one in counts}


def _line(desk: Desk, shelves: Shelves, line: Any, own: Any) -> CountingLine:
    state = desk.named(line, "state")
    if own is not None:
        state = desk.t("counting.own", state=state, quantity=amount(own.quantity))
        if own.damaged.value not in {"", "0"}:
            state = desk.t("counting.own_damaged", told=state, quantity=amount(own.damaged))
    return CountingLine(
        place=line.place,
        item=line.item,
        code=shelves.code(line.item),
        name=shelves.called(line.item),
        lot=line.lot,
        state=state,
        is_recount=line.state == stocktakes_pb2.STOCKTAKE_LINE_STATE_RECOUNT,
        is_counted=line.state == stocktakes_pb2.STOCKTAKE_LINE_STATE_COUNTED,
    )


def counting_places(shelves: Shelves, stocktake: Any, lines: list[CountingLine]) -> list[CountingPlace]:
    """The places that are counted, by their labels."""
    names = list(stocktake.places) or [one.name for one in shelves.inside]
    found = []
    for name in names:
        there = [one for one in lines if one.place == name]
        counted = sum(one.is_counted for one in there)
        found.append(CountingPlace(name, shelves.label(name), counted, len(there)))
    return sorted(found, key=lambda one: one.label)
