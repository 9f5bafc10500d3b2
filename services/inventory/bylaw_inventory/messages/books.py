"""Days of the books, counts and months as messages of the contract."""

from collections.abc import Iterable, Sequence
from typing import Any

from bylaw.inventory.v1 import books_pb2, posting_pb2, stock_months_pb2
from bylaw.types.v1 import localized_text_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.stock import movement_message
from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.books.day import ClosedDay, Disagreement, day_name
from bylaw_inventory.rules.books.month import HandOver, MonthLine
from bylaw_inventory.rules.books.spot_count import SpotCount
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.quantity import written


def book_day_message(shown: Any) -> Any:
    """A day as `CloseDay` shows it."""
    closed = shown.closed
    state = books_pb2.BOOK_DAY_STATE_CLOSED if closed else books_pb2.BOOK_DAY_STATE_OPEN
    return books_pb2.BookDay(
        name=day_name(shown.warehouse, shown.day),
        state=state,
        first_date=shown.first_day.isoformat(),
        movement_count=shown.booked.movements,
        entry_count=shown.booked.entries,
        spot_count_count=shown.spot_counts,
        disagreements=map(_disagreement, shown.disagreements),
        explanation=closed.explanation if closed else "",
        close_time=timestamp(closed.closed_at) if closed else None,
        closed_by=_person(closed.closed_by) if closed else "",
        digest=closed.seal.hex() if closed else "",
        altered=shown.altered,
    )


def book_day_closed_message(made: ClosedDay) -> Any:
    """That a day was closed."""
    return books_pb2.BookDayClosed(
        name=made.name, first_date=made.first_day.isoformat(), explained=bool(made.disagreements)
    )


def spot_count_message(made: SpotCount) -> Any:
    """A count."""
    return books_pb2.SpotCount(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        item=resource_name(ITEMS, made.key.item),
        place=resource_name(PLACES, made.key.place),
        lot=made.lot_code,
        counted=quantity(made.counted, made.unit),
        count_time=timestamp(made.counted_at),
        book_date=made.day.isoformat(),
        on_ledger=quantity(made.on_ledger, made.unit),
        difference=written(made.counted - made.on_ledger),
        create_time=timestamp(made.created_at),
        created_by=_person(made.created_by),
    )


def stock_month_message(shown: Any) -> Any:
    """A month as `ReportMonth` shows it."""
    return stock_months_pb2.StockMonth(
        name=shown.span.name,
        last_date=shown.span.last.isoformat(),
        final=shown.final,
        line_count=shown.lines,
        digest=shown.digest.hex(),
        hand_overs=[_hand_over(one.made, outdated=one.outdated) for one in shown.hand_overs],
    )


def handed_over_message(made: HandOver) -> Any:
    """That a report was handed over."""
    last = made.span.last.isoformat()
    return stock_months_pb2.StockMonthHandedOver(name=made.span.name, version=made.version, last_date=last)


def month_line_message(line: MonthLine) -> Any:
    """A line of a report."""
    return stock_months_pb2.StockMonthLine(
        item=resource_name(ITEMS, line.item),
        item_code=line.item_code,
        item_display_name=line.display_name,
        place=resource_name(PLACES, line.place),
        place_code=line.place_code,
        opening=quantity(line.opening, line.unit),
        came=[_flow(flow.kind, written(flow.came)) for flow in line.flows if flow.came],
        went=[_flow(flow.kind, written(flow.went)) for flow in line.flows if flow.went],
        closing=quantity(line.closing, line.unit),
    )


def preview_message(shown: Any) -> Any:
    """What `PreviewMovement` shows."""
    would_be = movement_message(shown.movement)
    for field in ("name", "post_time", "posted_by"):
        would_be.ClearField(field)
    return posting_pb2.PreviewStockMovementResponse(
        stock_movement=would_be,
        changes=[_change(one) for one in shown.changes],
        warnings=[localized_text_pb2.LocalizedText(zh=zh, en=en) for zh, en in shown.warnings],
    )


def _change(one: Any) -> Any:
    return posting_pb2.BalanceChange(
        stock_balance=one.balance.name,
        item=resource_name(ITEMS, one.balance.key.item),
        place=resource_name(PLACES, one.balance.key.place),
        lot=one.lot,
        difference=quantity(one.difference, one.unit),
        days=list(_day_ends(one.days)),
    )


def _day_ends(days: Sequence[Any]) -> Iterable[Any]:
    for end in days:
        before, after = written(end.before), written(end.after)
        yield posting_pb2.BalanceAtDayEnd(book_date=end.day.isoformat(), before=before, after=after)


def _flow(kind: int, amount: str) -> Any:
    return stock_months_pb2.StockFlow(kind=int(kind), quantity=amount)  # type: ignore[arg-type] # an enumeration's number


def _hand_over(made: HandOver, *, outdated: bool) -> Any:
    return stock_months_pb2.StockMonthHandOver(
        version=made.version,
        last_date=made.span.last.isoformat(),
        hand_over_time=timestamp(made.at),
        handed_over_by=_person(made.by),
        remark=made.remark,
        line_count=made.lines,
        digest=made.digest.hex(),
        outdated=outdated,
    )


def _disagreement(one: Disagreement) -> Any:
    text = localized_text_pb2.LocalizedText(zh=one.zh, en=one.en)
    kind = books_pb2.BookDisagreementKind.ValueType(one.kind)
    return books_pb2.BookDisagreement(kind=kind, subject=one.subject, text=text)


def _person(key: str) -> str:
    return resource_name("people", caller_by_key(key).person)
