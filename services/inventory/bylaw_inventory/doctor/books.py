"""What the doctor examines of the books: closed days are what was closed, none is left out (WHS-4)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.books.day import UNSEALED, ClosedDay
from bylaw_inventory.store import books


def closed_days(connection: sa.Connection, _: Examined) -> Finding:
    """The entries of every closed day are those that were closed, its seal holds, and each follows the one before."""
    every = books.every(connection)
    apart: list[str] = []
    before: dict[UUID, ClosedDay] = {}
    for day in every:
        booked = books.booked(connection, day.warehouse, day.first_day, day.day)
        if not (day.holds and _follows(day, before.get(day.warehouse)) and booked == day.booked):
            apart.append(day.name)
        before[day.warehouse] = day
    last: dict[UUID, date] = {warehouse: day.day for warehouse, day in before.items()}
    said = books.said_closed(connection)
    apart += [f"warehouses/{one}" for one in sorted({*last, *said}) if last.get(one) != said.get(one)]
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "closed days",
        not apart,
        Words(
            f"已日结 {len(every)} 天，不符 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"{len(every)} closed days; not what was closed: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _follows(day: ClosedDay, before: ClosedDay | None) -> bool:
    if before is None:
        return day.previous == UNSEALED
    return day.previous == before.seal and (day.first_day - before.day).days == 1
