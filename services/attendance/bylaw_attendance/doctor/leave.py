"""What the doctor examines of leave: each ledger is an unbroken chain, and what it took is what requests excuse."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_attendance.rules.leave.leave_recorded import FIRST, Recorded, total_by_request
from bylaw_attendance.rules.leave.leave_request import LeaveState, leave_name
from bylaw_attendance.store import leave_ledger
from bylaw_attendance.store.leave_tables import leave_days, leave_people, leave_requests

MOST_NAMED = 3
CURE = Words(
    "有人在系统之外改动了数据；请对照审计记录，从备份恢复所列各行。",
    "Somebody changed them behind Bylaw's back; compare with the audit trail, and restore the rows that are named.",
)
Amounts = Mapping[tuple[str, str, str], Fraction]
"""By request, balance and day."""


def leave(connection: sa.Connection, _: Examined) -> Finding:
    """Every chain holds to its end, and the ledger has taken what agreed requests excuse, day by day."""
    ledgers = {person: list(own) for person, own in groupby(leave_ledger.every(connection), attrgetter("person"))}
    broken = [*_broken(connection, ledgers)]
    taken = {place: amount for own in ledgers.values() for place, amount in total_by_request(own).items()}
    excused = dict(_excused(connection))
    apart = [place for place in sorted({*taken, *excused}) if taken.get(place) != excused.get(place)]
    count = sum(map(len, ledgers.values()))
    named = ", ".join([*broken, *(f"{request} {day}" for request, _, day in apart)][:MOST_NAMED])
    faults = len(broken) + len(apart)
    return Finding(
        "leave",
        not faults,
        Words(
            f"假期台账 {count} 条，不符 {faults} 处{f'：{named}' if named else ''}。",
            f"{count} entries of leave; places that do not agree: {faults}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _broken(connection: sa.Connection, ledgers: Mapping[UUID, list[Recorded]]) -> Iterator[str]:
    """The first link of each person's chain that does not hold; the person where its end is not where it is said."""
    for row in connection.execute(sa.select(leave_people)):
        own, previous = ledgers.get(row.person, []), FIRST
        fault = ""
        for place, one in enumerate(own, 1):
            if one.place != place or one.previous != previous or not one.holds:
                fault = one.name
                break
            previous = one.hash
        if not fault and (len(own) != row.entries or previous != bytes(row.head)):
            fault = f"people/{row.person}"
        if fault:
            yield fault


def _excused(connection: sa.Connection) -> Iterator[tuple[tuple[str, str, str], Fraction]]:
    """What agreed requests take of their balances, by day."""
    columns, days = leave_requests.c, leave_days.c
    query = (
        sa.select(leave_days, columns.balance, columns.balance_unit)
        .join(leave_requests, columns.id == days.request)
        .where(columns.state == LeaveState.AGREED.value, sa.not_(days.given_back), columns.balance != "")
    )
    for row in connection.execute(query):
        days_taken = Fraction(row.days_over, row.days_under)
        amount = Fraction(row.minutes) if row.balance_unit == "minutes" else days_taken
        if amount:
            yield (leave_name(row.request), row.balance, str(row.work_date)), amount
