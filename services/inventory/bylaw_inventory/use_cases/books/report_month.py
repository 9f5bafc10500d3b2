"""Shows the month report, and hands it over to the operations director and the shop manager (WHS-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, SHOP_MANAGER
from bylaw_chassis.notices import have_told

from bylaw_inventory.events import stock_month_handed_over
from bylaw_inventory.ports.books import BookStore, MonthStore
from bylaw_inventory.rules.books.duty import DutyDone, month_duty
from bylaw_inventory.rules.books.month import (
    HandOver,
    MonthLine,
    MonthSpan,
    digest_of,
    in_the_house,
    last_of,
)
from bylaw_inventory.rules.books.month_notice import handed_over_notice
from bylaw_inventory.rules.books.refusals import StockMonthHandedOver, StockMonthNotBegun
from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.use_cases.books.keep_duties import note_done
from bylaw_inventory.use_cases.finding import Finding


class ShownHandOver(NamedTuple):
    """A hand-over, and whether the ledger says something else of its days by now."""

    made: HandOver
    outdated: bool


class ShownMonth(NamedTuple):
    """How a month stands."""

    span: MonthSpan
    final: bool
    lines: int
    digest: bytes
    hand_overs: Sequence[ShownHandOver]


class MonthReport(NamedTuple):
    """A whole report: of which warehouse and days, by item and place."""

    warehouse: Warehouse
    span: MonthSpan
    lines: Sequence[MonthLine]


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """A report is what the ledger says when it is asked; what was handed over is kept by its digest."""

    database: Database
    finding: Finding
    books: BookStore
    months: MonthStore

    def one(self, warehouse: UUID, month: date, reach: Reach) -> ShownMonth:
        """Refuses WAREHOUSE_NOT_FOUND and STOCK_MONTH_NOT_BEGUN."""
        with self.database.read() as connection:
            _, span = self._span(connection, warehouse, month, reach)
            return self._shown(connection, span)

    def listed(
        self, warehouse: UUID, month: date, reach: Reach, *, by_item: bool, page: tuple[Sequence[str] | None, int]
    ) -> list[MonthLine]:
        """Lines behind one; refuses as `one`."""
        with self.database.read() as connection:
            _, span = self._span(connection, warehouse, month, reach)
            found = self.months.listed(connection, span, by_item=by_item, page=page)
        return list(in_the_house(found)) if by_item else found

    def whole(self, warehouse: UUID, month: date, reach: Reach) -> MonthReport:
        """All of it; refuses as `one`."""
        with self.database.read() as connection:
            found, span = self._span(connection, warehouse, month, reach)
            return MonthReport(found, span, self.months.lines(connection, span))

    def hand_over(self, warehouse: UUID, month: date, remark: str, *, caller: Caller, reach: Reach) -> ShownMonth:
        """Refuses STOCK_MONTH_HANDED_OVER too, where exactly this was handed over before."""
        with self.database.work() as work:
            connection = work.connection
            found, span = self._span(connection, warehouse, month, reach, now=work.now)
            lines = self.months.lines(connection, span)
            before = self.months.handed_over(connection, warehouse, month)
            digest, version = digest_of(lines), len(before) + 1
            if before and before[-1].digest == digest:
                raise StockMonthHandedOver(before[-1].version)
            made = HandOver(span, version, len(lines), digest, remark, work.now, caller.key)
            if not self.months.hand_over(connection, made):
                raise StockMonthHandedOver(version)
            for role in (OPERATIONS_DIRECTOR, SHOP_MANAGER):
                have_told(work, handed_over_notice(made, found, role))
            note_done(work, DutyDone(month_duty(warehouse), (last_of(month),), span.name, caller.person))
            work.publish(stock_month_handed_over(made))
            return self._shown(connection, span)

    def _span(
        self, connection: sa.Connection, warehouse: UUID, month: date, reach: Reach, *, now: datetime | None = None
    ) -> tuple[Warehouse, MonthSpan]:
        """The days of a month that have begun."""
        found = self.finding.warehouse(connection, warehouse, reach)
        today = found.day_at(now or self.database.clock())
        if month > today:
            raise StockMonthNotBegun(f"{month:%Y-%m}", today)
        return found, MonthSpan(warehouse, month, min(today, last_of(month)))

    def _shown(self, connection: sa.Connection, span: MonthSpan) -> ShownMonth:
        closed_through = self.books.closed_through(connection, span.warehouse)
        lines = self.months.lines(connection, span)
        digests = {span.last: digest_of(lines)}
        shown = []
        for made in self.months.handed_over(connection, span.warehouse, span.month):
            last = made.span.last
            if last not in digests:
                digests[last] = digest_of(self.months.lines(connection, made.span))
            shown.append(ShownHandOver(made, digests[last] != made.digest))
        final = closed_through is not None and closed_through >= span.last
        return ShownMonth(span, final, len(lines), digests[span.last], shown)
