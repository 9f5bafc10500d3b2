"""Reviews of channels: what the ledger says of each item, and what was decided (GDS-3)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.rules.listing.channel import SalesChannel
from bylaw_inventory.rules.reviewing.review import Decided, Outcome, Proposal, Review, Reviewed, ReviewLine
from bylaw_inventory.store import completeness
from bylaw_inventory.store.goods_tables import goods_review_lines, goods_review_reminders, goods_reviews, listings
from bylaw_inventory.store.tables import balances, items, movement_lines, movements, places
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR, behind

_LINES = goods_review_lines.c
_WAITS = _LINES.outcome.is_(None)
_KEPT_SINCE = sa.text("""
    select kept.channel, kept.unit, kept.set_at, kept.set_by, coalesce(
        (select max(opened_at) from goods_reviews where goods_reviews.channel = kept.channel),
        (select min(listed_at) from listings where listings.channel = kept.channel)
    ) as since
    from sales_channels as kept
    where exists (select from listings where listings.channel = kept.channel and listings.ended_at is null)
        and not exists (select from goods_reviews as open where open.channel = kept.channel and open.ended_at is null)
    order by kept.channel
""")


def seen(
    connection: sa.Connection, channel: str, days: tuple[date, date], now: datetime
) -> list[tuple[Reviewed, str, str]]:
    """What is listed on a channel, and what is complete, on hand and not listed there, each with its code and unit.

    Issued: from the first of these days up to the second, which does not count; what was reversed never was.
    """
    issued, on_hand = _issued(*days), _on_hand()
    here = sa.and_(listings.c.item == items.c.id, listings.c.channel == channel, listings.c.ended_at.is_(None))
    joined = completeness.JOINED.outerjoin(listings, here)
    joined = joined.outerjoin(issued, issued.c.item == items.c.id).outerjoin(on_hand, on_hand.c.item == items.c.id)
    new = sa.and_(on_hand.c.quantity > 0, sa.not_(completeness.is_incomplete(sa.literal(channel), now)))
    query = (
        sa.select(items.c.id, items.c.code, items.c.unit, listings.c.listed_at, issued.c.last)
        .add_columns(sa.func.coalesce(issued.c.quantity, 0).label("issued"))
        .add_columns(sa.func.coalesce(on_hand.c.quantity, 0).label("on_hand"))
        .select_from(joined)
        .where(sa.or_(listings.c.id.is_not(None), new))
        .order_by(sa.func.lower(items.c.code))
    )
    return [
        (Reviewed(row.id, row.listed_at, row.issued, row.last, row.on_hand), row.code, row.unit)
        for row in connection.execute(query)
    ]


def _issued(first: date, end: date) -> sa.Subquery:
    """By item, what was issued in the days and the last day on which any was."""
    reversal = movements.alias("reversal")
    standing = ~sa.exists().where(reversal.c.reverses == movements.c.id)
    within = movements.c.day.between(first, end) & (movements.c.day < end)
    quantity = sa.func.sum(movement_lines.c.quantity).filter(within).label("quantity")
    return (
        sa.select(movement_lines.c.item, quantity, sa.func.max(movements.c.day).label("last"))
        .join(movements, movements.c.id == movement_lines.c.movement)
        .where(movements.c.kind == int(MovementKind.ISSUE), standing)
        .group_by(movement_lines.c.item)
        .subquery()
    )


def _on_hand() -> sa.Subquery:
    return (
        sa.select(balances.c.item, sa.func.sum(balances.c.on_hand).label("quantity"))
        .join(places, places.c.id == balances.c.place)
        .where(places.c.kind.in_(WITHIN_THE_DOOR))
        .group_by(balances.c.item)
        .subquery()
    )


def add(connection: sa.Connection, made: Review, lines: Sequence[ReviewLine]) -> bool:
    """Opens a review; says no where one of the channel is open."""
    row = {
        "id": made.identifier,
        "channel": made.channel,
        "days": made.days,
        "opened_at": made.opened_at,
        "opened_by": made.opened_by,
        "ended_at": made.ended_at,
    }
    done = pg.insert(goods_reviews).values(row).on_conflict_do_nothing().returning(goods_reviews.c.id)
    if connection.execute(done).first() is None:
        return False
    if lines:
        connection.execute(goods_review_lines.insert(), [_line_row(made, line) for line in lines])
    return True


def open_on(connection: sa.Connection, channel: str) -> Review | None:
    """The channel's review that is open."""
    query = _shown().where(goods_reviews.c.channel == channel, goods_reviews.c.ended_at.is_(None))
    row = connection.execute(query).one_or_none()
    return _review(row) if row else None


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> Review | None:
    """A review with how many lines it has; locked, others' outcomes wait."""
    if lock:
        held = sa.select(goods_reviews.c.id).where(goods_reviews.c.id == identifier).with_for_update()
        connection.execute(held)
    row = connection.execute(_shown().where(goods_reviews.c.id == identifier)).one_or_none()
    return _review(row) if row else None


def lines_of(connection: sa.Connection, review: UUID, wanted: Collection[UUID]) -> dict[UUID, ReviewLine]:
    """Lines by item."""
    query = _lines(review).where(_LINES.item.in_(list(wanted)))
    return {row.item: _line(row) for row in connection.execute(query)}


def lines_listed(
    connection: sa.Connection,
    review: UUID,
    *,
    waiting: bool,
    proposal: Proposal | None,
    page: tuple[tuple[str, UUID] | None, int],
) -> list[ReviewLine]:
    """Lines by the item's code, behind a place."""
    after, limit = page
    order = (sa.func.lower(items.c.code), items.c.id)
    query = _lines(review).order_by(*order).limit(limit)
    if waiting:
        query = query.where(_WAITS)
    if proposal:
        query = query.where(_LINES.proposal == int(proposal))
    if after:
        query = query.where(sa.tuple_(*order) > behind(*after))
    return [_line(row) for row in connection.execute(query)]


def decide(connection: sa.Connection, review: UUID, decided: Sequence[tuple[UUID, Decided]]) -> None:
    """Writes outcomes of lines that wait."""
    line = (_LINES.review == review) & (_LINES.item == sa.bindparam("of")) & _WAITS
    statement = goods_review_lines.update().where(line)
    names = ("outcome", "reason", "replacement", "decided_at", "decided_by")
    values = [{"of": item, **dict(zip(names, (int(one.outcome), *one[1:]), strict=True))} for item, one in decided]
    connection.execute(statement.values({name: sa.bindparam(name) for name in names}), values)


def end(connection: sa.Connection, review: UUID, now: datetime) -> None:
    """Ends a review of which no line waits."""
    waits = sa.exists().where(_LINES.review == review, _WAITS)
    done = goods_reviews.update().where(goods_reviews.c.id == review, ~waits)
    connection.execute(done.values(ended_at=now))


def listed(connection: sa.Connection, *, channel: str, waiting: bool, page: tuple[UUID | None, int]) -> list[Review]:
    """Reviews, newest first, behind one."""
    after, limit = page
    query = _shown().order_by(goods_reviews.c.id.desc()).limit(limit)
    if channel:
        query = query.where(goods_reviews.c.channel == channel)
    if waiting:
        query = query.where(goods_reviews.c.ended_at.is_(None))
    if after:
        query = query.where(goods_reviews.c.id < after)
    return [_review(row) for row in connection.execute(query)]


def last_reviewed(connection: sa.Connection) -> dict[str, datetime]:
    """Of each channel with something listed and no review open: when it was reviewed last, or else first listed."""
    columns = goods_reviews.c
    reviewed = sa.select(columns.channel, sa.func.max(columns.opened_at).label("at")).group_by(columns.channel)
    last = reviewed.subquery()
    waiting = sa.select(columns.channel).where(columns.ended_at.is_(None))
    begun = sa.func.coalesce(last.c.at, sa.func.min(listings.c.listed_at)).label("at")
    query = (
        sa.select(listings.c.channel, begun)
        .outerjoin(last, last.c.channel == listings.c.channel)
        .where(listings.c.ended_at.is_(None), listings.c.channel.not_in(waiting))
        .group_by(listings.c.channel, last.c.at)
    )
    return {row.channel: row.at for row in connection.execute(query)}


def kept_since(connection: sa.Connection) -> list[tuple[SalesChannel, datetime]]:
    """Channels that a unit keeps, with something listed and no review open: since when the next is waited for."""
    return [(SalesChannel(*row[:4]), row.since) for row in connection.execute(_KEPT_SINCE)]


def before(connection: sa.Connection, made: Review) -> datetime | None:
    """When its channel was reviewed before it, or else first listed on."""
    columns = goods_reviews.c
    earlier = sa.select(sa.func.max(columns.opened_at)).where(
        columns.channel == made.channel, columns.opened_at < made.opened_at
    )
    begun = sa.select(sa.func.min(listings.c.listed_at)).where(
        listings.c.channel == made.channel, listings.c.listed_at <= made.opened_at
    )
    found: datetime | None = connection.execute(
        sa.select(sa.func.coalesce(earlier.scalar_subquery(), begun.scalar_subquery()))
    ).scalar()
    return found


def remind(connection: sa.Connection, channel: str, due: date, now: datetime) -> bool:
    """Notes that people are told of a day on which a channel was due; says no where they were."""
    row = {"channel": channel, "due": due, "told_at": now}
    done = pg.insert(goods_review_reminders).values(row).on_conflict_do_nothing()
    return connection.execute(done.returning(goods_review_reminders.c.due)).first() is not None


def _shown() -> Any:
    own = _LINES.review == goods_reviews.c.id
    count = sa.select(sa.func.count()).where(own).scalar_subquery().label("line_count")
    waiting = sa.select(sa.func.count()).where(own, _WAITS).scalar_subquery().label("waiting")
    return sa.select(goods_reviews, count, waiting)


def _lines(review: UUID) -> Any:
    joined = sa.select(goods_review_lines, items.c.code, items.c.unit).join(items, items.c.id == _LINES.item)
    return joined.where(_LINES.review == review)


def _line_row(made: Review, line: ReviewLine) -> dict[str, Any]:
    seen_of = line.seen
    return {
        "review": made.identifier,
        "item": seen_of.item,
        "listed_at": seen_of.listed_at,
        "issued": seen_of.issued,
        "last_issue": seen_of.last_issue,
        "on_hand": seen_of.on_hand,
        "proposal": int(line.proposal),
        "reason": "",
        "decided_by": "",
    }


def _review(row: Any) -> Review:
    said = (row.id, row.channel, row.days, row.opened_at, row.opened_by)
    return Review(*said, row.line_count, row.waiting, row.ended_at)


def _line(row: Any) -> ReviewLine:
    found = Reviewed(row.item, row.listed_at, row.issued, row.last_issue, row.on_hand)
    decided = None
    if row.outcome is not None:
        decided = Decided(Outcome(row.outcome), row.reason, row.replacement, row.decided_at, row.decided_by)
    return ReviewLine(found, Proposal(row.proposal), row.code, row.unit, decided)
