"""Notices on their way out: who still has to be seen to, what is due, and how each try ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.jobs import enqueue
from bylaw_chassis.values import new_id
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.notices.delivering import Delivery, DeliveryState, Outgoing, Tried
from bylaw_people.store.notice_tables import notice_addressees, notice_deliveries, notice_preferences, notices
from bylaw_people.store.reach import Within
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import people

JOB = "deliver_notices"
BATCH_SIZE, SIFTED = 50, 2_000
CLAIM_ENDS = timedelta(minutes=15)
"""A batch claimed so long ago belongs to a job that was parked: what it left is claimed anew."""
COLUMN, EMAIL = notice_deliveries.c, people.c.email
_KEY = (COLUMN.notice, COLUMN.person, COLUMN.channel)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The deliveries in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def sift(self, channels: Sequence[str]) -> int:
        """Sees once to addressees who were not seen to: a delivery for each channel that reaches them; says how many.

        Without channels nothing goes out, neither now nor when a channel comes later.
        """
        fresh = (
            sa.select(notice_addressees.c.notice, notice_addressees.c.person)
            .where(notice_addressees.c.outward_at.is_(None))
            .order_by(notice_addressees.c.notice, notice_addressees.c.person)
            .limit(SIFTED)
            .with_for_update(skip_locked=True)
        ).cte("fresh")
        same = sa.and_(notice_addressees.c.notice == fresh.c.notice, notice_addressees.c.person == fresh.c.person)
        marked = notice_addressees.update().where(same).values(outward_at=self.stamp.now)
        seen = marked.returning(notice_addressees.c.notice, notice_addressees.c.person).cte("seen")
        made = notice_deliveries.insert().from_select(
            ["notice", "person", "channel", "due_at"], self._reached(seen, channels)
        )
        made_too = made.returning(COLUMN.notice).cte("made")
        counted = sa.select(sa.func.count()).select_from(seen).add_cte(made_too)
        return int(self.connection.execute(counted).scalar_one())

    def claim_batch(self, channels: Sequence[str]) -> int:
        """Makes a job of deliveries that are due, in this transaction; answers how many it has."""
        now, batch = self.stamp.now, new_id()
        free = sa.or_(COLUMN.batch.is_(None), COLUMN.claimed_at < now - CLAIM_ENDS)
        due = (
            sa.select(*_KEY)
            .where(COLUMN.state == "waiting", COLUMN.due_at <= now, COLUMN.channel.in_(channels), free)
            .order_by(COLUMN.due_at, *_KEY)
            .limit(BATCH_SIZE)
            .with_for_update(skip_locked=True)
        )
        claimed = notice_deliveries.update().where(sa.tuple_(*_KEY).in_(due)).values(batch=batch, claimed_at=now)
        count = self.connection.execute(claimed).rowcount
        if count:
            enqueue(self.connection, JOB, str(batch), b"")
        return count

    def batch(self, batch: UUID) -> list[Outgoing]:
        """What is left of a batch, each in its addressee's language and with their address."""
        language = sa.func.coalesce(notice_preferences.c.language, "zh").label("language")
        statement = (
            sa.select(notice_deliveries, notices, language, sa.func.coalesce(EMAIL, "").label("address"))
            .join(notices, notices.c.id == COLUMN.notice)
            .join(people, people.c.id == COLUMN.person)
            .outerjoin(notice_preferences, notice_preferences.c.person == COLUMN.person)
            .where(COLUMN.batch == batch, COLUMN.state == "waiting")
            .order_by(*_KEY)
        )
        return [_outgoing(row) for row in self.connection.execute(statement)]

    def note(self, outgoing: Outgoing, tried: Tried, batch: UUID) -> None:
        """Writes how a try ended; not where somebody else holds the delivery by now."""
        mine = (
            COLUMN.notice == outgoing.notice,
            COLUMN.person == outgoing.person,
            COLUMN.channel == outgoing.channel,
            COLUMN.batch == batch,
        )
        values: dict[str, Any] = {
            "state": tried.state.value,
            "tries": COLUMN.tries + 1,
            "due_at": tried.due_at,
            "last_error": tried.last_error,
            "delivered_at": tried.delivered_at,
            "batch": None,
            "claimed_at": None,
        }
        self.connection.execute(notice_deliveries.update().where(*mine).values(values))

    def page(
        self,
        reach: Reach,
        day: date,
        *,
        notice: UUID | None,
        state: DeliveryState | None,
        after: tuple[UUID, UUID, str] | None,
        limit: int,
    ) -> list[Delivery]:
        """Deliveries to people within a reach, newest notice first."""
        statement = sa.select(notice_deliveries).where(Within(reach, day).person(COLUMN.person))
        if notice:
            statement = statement.where(COLUMN.notice == notice)
        if state:
            statement = statement.where(COLUMN.state == state.value)
        if after:
            statement = statement.where(sa.tuple_(*_KEY) < sa.tuple_(*map(sa.literal, after)))
        newest = (column.desc() for column in _KEY)
        return [_delivery(row) for row in self.connection.execute(statement.order_by(*newest).limit(limit))]

    def _reached(self, seen: sa.CTE, channels: Sequence[str]) -> sa.Select[Any]:
        channel = sa.func.unnest(sa.cast(list(channels), pg.ARRAY(sa.Text))).table_valued("name").render_derived()
        return (
            sa.select(seen.c.notice, seen.c.person, channel.c.name, sa.literal(self.stamp.now))
            .join(people, people.c.id == seen.c.person)
            .join(notices, notices.c.id == seen.c.notice)
            .outerjoin(notice_preferences, notice_preferences.c.person == seen.c.person)
            .join(channel, sa.true())
            .where(
                EMAIL != "",
                notices.c.withdrawn_at.is_(None),
                sa.func.coalesce(notice_preferences.c.outward, True),
            )
        )


def _outgoing(row: Any) -> Outgoing:
    chinese = row.language == "zh"
    return Outgoing(
        row.notice,
        row.person,
        row.channel,
        row.tries,
        row.language,
        row.title_zh if chinese else row.title_en,
        row.body_zh if chinese else row.body_en,
        row.address,
        row.sent_at,
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(
        row.notice,
        row.person,
        row.channel,
        DeliveryState(row.state),
        row.tries,
        row.due_at,
        row.last_error,
        row.delivered_at,
    )
