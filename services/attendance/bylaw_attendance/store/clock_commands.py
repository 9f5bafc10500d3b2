"""Commands that wait for clocks: asked for, sent as long as they are not answered, answered."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.clocks.clock_commands import Answered, Command
from bylaw_attendance.store.pushing_tables import clock_commands

_COLUMNS = clock_commands.c
AT_ONCE = 5


def ask(connection: sa.Connection, clock: UUID, body: str, *, now: datetime, by: str) -> None:
    """Has a command wait for a clock."""
    connection.execute(clock_commands.insert().values(clock=clock, body=body, asked_at=now, asked_by=by))


def waiting_count(connection: sa.Connection, clock: UUID) -> int:
    """How many commands wait for a clock."""
    query = sa.select(sa.func.count()).where(_COLUMNS.clock == clock, _COLUMNS.answered_at.is_(None))
    return connection.execute(query).scalar_one()


def due(connection: sa.Connection, clock: UUID, now: datetime, *, again_before: datetime) -> list[Command]:
    """The commands to send now, oldest first: new ones, and those sent before an instant and not answered since."""
    is_due = sa.or_(_COLUMNS.sent_at.is_(None), _COLUMNS.sent_at < again_before)
    query = sa.select(_COLUMNS.number, _COLUMNS.body).where(
        _COLUMNS.clock == clock, _COLUMNS.answered_at.is_(None), is_due
    )
    found = [Command(*row) for row in connection.execute(query.order_by(_COLUMNS.number).limit(AT_ONCE))]
    if found:
        sent = _COLUMNS.number.in_([command.number for command in found])
        connection.execute(clock_commands.update().where(sent).values(sent_at=now))
    return found


def answer(
    connection: sa.Connection, clock: UUID, answers: Sequence[Answered], now: datetime
) -> list[tuple[str, Answered]]:
    """Notes what became of a clock's own commands, and answers them with what each said; of others it says nothing."""
    ended = []
    for said in answers:
        mine = sa.and_(_COLUMNS.number == said.number, _COLUMNS.clock == clock, _COLUMNS.answered_at.is_(None))
        changed = clock_commands.update().where(mine).values(answered_at=now, result=said.result)
        ended += [(body, said) for body in connection.execute(changed.returning(_COLUMNS.body)).scalars()]
    return ended
