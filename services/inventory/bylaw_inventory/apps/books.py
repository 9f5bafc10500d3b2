"""Puts together what closes days, counts goods, reports months and posts in bulk; a part of `app.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

from bylaw.inventory.v1 import books_pb2, posting_pb2, stock_months_pb2
from bylaw_chassis.jobs import JobFunction, Timer
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_inventory.neighbours.book_duties import PeopleBookDuties
from bylaw_inventory.rpc.books import BookCalls
from bylaw_inventory.rpc.posting import PostingCalls
from bylaw_inventory.rpc.stock_months import StockMonthCalls
from bylaw_inventory.store import books, bulk, items, ledger, sealed_cards, stock_months, warehouses
from bylaw_inventory.use_cases.books import keep_duties
from bylaw_inventory.use_cases.books.close_day import CloseDay
from bylaw_inventory.use_cases.books.count_goods import CountGoods
from bylaw_inventory.use_cases.books.keep_duties import KeepDuties
from bylaw_inventory.use_cases.books.report_month import ReportMonth
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.stock.post_many import PostMany
from bylaw_inventory.use_cases.stock.post_movement import PostMovement
from bylaw_inventory.use_cases.stock.preview_movement import PreviewMovement

BOOK_DUTIES, HOUR_SECONDS = "book-duties", 3_600.0


class BookSettings(BaseModel):
    """How far the books go back, and by when they are closed (WHS-4, WHS-5)."""

    book_days_back: int = Field(
        1, ge=0, le=366, description="Days after its own for which the books still take an entry (WHS-4)."
    )
    book_duties: bool = Field(
        default=True,
        description="Whether heads of units that keep a warehouse have the close of each day and the hand-over of each"
        " month as duties of people's, with a reminder (WHS-4, WHS-5).",
    )
    book_close_time: str = Field(
        "12:00",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="Until which time of the next day, `HH:MM` at the warehouse's site, a day is to be closed (WHS-4).",
    )


@dataclass(frozen=True, slots=True)
class Books:
    """The parts, over postings as they are made one by one."""

    own: Member
    finding: Finding
    posting: PostMovement
    settings: BookSettings

    def add(self, server: Server) -> None:
        """Adds the calls."""
        database, finding, tokens = self.own.database, self.finding, self.own.page_tokens
        days = CloseDay(database, finding, books, sealed_cards)
        counts = CountGoods(database, finding, items, warehouses, ledger, books, self.settings.book_days_back)
        server.add(books_pb2.DESCRIPTOR.services_by_name["Books"], BookCalls(days, counts, tokens))
        previewing = PreviewMovement(database, finding, self.posting, warehouses, ledger, stock_months)
        many = PostMany(database, self.posting, ledger, books, bulk)
        server.add(posting_pb2.DESCRIPTOR.services_by_name["Posting"], PostingCalls(previewing, many))
        months = StockMonthCalls(ReportMonth(database, finding, books, stock_months), tokens)
        server.add(stock_months_pb2.DESCRIPTOR.services_by_name["StockMonths"], months)

    @property
    def jobs(self) -> Mapping[str, JobFunction]:
        """The job that tells people what was done."""
        return {keep_duties.JOB: self._duties.tell}

    @property
    def timers(self) -> tuple[Timer, ...]:
        """The timer that declares the duties."""
        return (Timer(BOOK_DUTIES, HOUR_SECONDS, self._duties),) if self.settings.book_duties else ()

    @property
    def _duties(self) -> KeepDuties:
        neighbours = self.own.neighbours
        desk = PeopleBookDuties(neighbours.channels[PEOPLE], neighbours, self.settings.book_close_time)
        return KeepDuties(self.finding, desk)
