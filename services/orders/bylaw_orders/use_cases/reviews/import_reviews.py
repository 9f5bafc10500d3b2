"""Takes a platform's file of reviews in, and says what became of its lines (CUS-3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_hooks.orders import ReadFault

from bylaw_orders.ports.reviews import ReviewNumbers, ReviewStore
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.order_files.tables import candidates
from bylaw_orders.rules.orders.order import LineKind, order_id
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.reviews.review import ReviewFileRefused, ReviewOutcome, ReviewWish, review_id
from bylaw_orders.rules.reviews.review_file import GOODS_UNCLEAR, ORDER_UNKNOWN, ReadReview, ReviewLine, heading, read
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY
from bylaw_orders.use_cases.reviews.keep_reviews import KeepReviews

LARGEST_FILE_BYTES = 32 * 1024 * 1024
Read = ReadReview | ReadFault


@dataclass(frozen=True, slots=True)
class ImportReviews:
    """A file in one transaction: its sound lines are taken, or none is."""

    database: Database
    finding: Finding
    keeping: KeepReviews
    reviews: ReviewStore
    orders: OrderStore
    numbers: ReviewNumbers

    def take(self, channel: UUID, content: bytes, zone: str, reach: Reach, *, only_look: bool) -> list[ReviewLine]:
        """Refuses CHANNEL_NOT_FOUND and FILE_*; answers every line of the file in its order."""
        with self.database.read() as connection:
            self.finding.channel(connection, channel, reach)
        lines = _lines(content, ZoneInfo(zone))
        if only_look:
            with self.database.read() as connection:
                wishes = self._wishes(connection, channel, lines)
                wanted = {review_id(channel, one.number) for one in wishes if isinstance(one, ReviewWish)}
                new = wanted - self.reviews.known(connection, wanted)
        else:
            with self.database.work() as work:
                self.finding.channel(work.connection, channel, reach)
                wishes = self._wishes(work.connection, channel, lines)
                new = self.keeping.put(work, channel, [one for one in wishes if isinstance(one, ReviewWish)])
        return list(_told(channel, lines, wishes, new))

    def _wishes(self, connection: sa.Connection, channel: UUID, lines: Sequence[Read]) -> list[ReviewWish | ReadFault]:
        """The lines as they are kept: numbered, and about goods that are known by their code."""
        found = [one for one in lines if isinstance(one, ReadReview)]
        named = {order_id(channel, one.order) for one in found if not one.code}
        orders = self.orders.find(connection, named, EVERYBODY, NO_DAY) if named else {}
        numbers = iter(self.numbers.of(connection, [one.said for one in found if not one.number]))
        made = list[ReviewWish | ReadFault]()
        for one in lines:
            if isinstance(one, ReadFault):
                made.append(one)
                continue
            number = one.number or next(numbers)
            code = one.code or _code(one, orders.get(order_id(channel, one.order)))
            if isinstance(code, ReadFault):
                made.append(code)
            else:
                made.append(ReviewWish(number, code, one.stars, one.text, one.placed_at))
        return made


def _lines(content: bytes, zone: ZoneInfo) -> list[Read]:
    if len(content) > LARGEST_FILE_BYTES:
        raise ReviewFileRefused(FileRefused(FileReason.TOO_LARGE, limit_bytes=str(LARGEST_FILE_BYTES)))
    try:
        return read(heading(candidates(content)), zone)
    except FileRefused as refused:
        raise ReviewFileRefused(refused) from refused


def _code(one: ReadReview, order: Placed | None) -> str | ReadFault:
    """The code of the only goods of an order."""
    if order is None:
        return one.fault(ORDER_UNKNOWN)
    codes = {line.code for line in order.lines if line.kind is LineKind.GOODS}
    return codes.pop() if len(codes) == 1 else one.fault(GOODS_UNCLEAR)


def _told(
    channel: UUID, lines: Sequence[Read], wishes: Sequence[ReviewWish | ReadFault], new: set[UUID]
) -> Iterator[ReviewLine]:
    """Of a review that is twice in a file the first line is taken, and the others are repeats."""
    for line, wish in zip(lines, wishes, strict=True):
        if isinstance(wish, ReadFault):
            yield ReviewLine(line.row, ReviewOutcome.REFUSED, fault=wish)
            continue
        identifier = review_id(channel, wish.number)
        yield ReviewLine(line.row, ReviewOutcome.TAKEN if identifier in new else ReviewOutcome.REPEATED, identifier)
        new.discard(identifier)
