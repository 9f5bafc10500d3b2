"""What a push of punches takes of the database beside the punches: one statement to begin with, and one to end with.

Most pushes are of one line, and cost what their turns to the database cost. So these are written out: put together from
parts, each would cost more than the server takes to carry it out.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.pushing import Arrival, Contact, Figures, PushingClock, Trust

_PLAIN = [name for name in PushingClock._fields if name not in {"contact", "trust"}]
_OF_SITES = {"site", "reported_until", "retire_date"}
"""What is known of every clock, one that pushes or not."""

_SELECTED = ", ".join(
    f"{'clocks' if name in _OF_SITES else 'pushing'}.{name}" for name in (*_PLAIN, *Contact._fields, *Trust._fields)
)
# Ids as their bytes, in one piece: as objects they would cost the driver more than the server.
_ARRIVING = f"""
    select {_SELECTED}, held.*, named.*
    from pushing_clocks pushing join clocks on clocks.id = pushing.clock
    cross join lateral (
        select array_agg(first_day order by first_day) first_days, array_agg(time_zone order by first_day) zone_names
        from organisation_sites where organisation_sites.site = clocks.site
    ) held
    cross join lateral (
        select coalesce(array_agg(number order by person), '{{}}') numbers,
            coalesce(string_agg(uuid_send(person), ''::bytea order by person), '') persons
        from organisation_people where number = any(%s::text[])
    ) named
    where pushing.serial_number = %s for update of pushing
"""  # noqa: S608 - only names of columns
_COUNT = """
    update pushing_clocks set seen_at = %s, since = %s, backlog_at = %s, is_unsettled = %s, key_address = %s,
        stamp = %s, deviation_seconds = %s, time_is_wrong = %s,
        read_count = read_count + %s, taken_count = taken_count + %s,
        repeated_count = repeated_count + %s, refused_count = refused_count + %s
    where clock = %s
"""


def arriving(connection: sa.Connection, serial_number: str, numbers: Sequence[str]) -> Arrival | None:
    """The clock of a serial number, locked until the transaction ends, with all that its lines are read by."""
    with driver_within_deadline(connection).cursor() as cursor:
        row = cursor.execute(_ARRIVING, (list(numbers), serial_number)).fetchone()
    if row is None:
        return None
    first_days, zone_names, known, persons = row[-4:]
    ids = (persons[start : start + 16] for start in range(0, len(persons), 16))
    zones = SiteZones.held(list(zip(first_days, zone_names, strict=True)))
    return Arrival(_clock(row), zones, dict(zip(known, ids, strict=True)))


def _clock(row: Sequence[Any]) -> PushingClock:
    plain = dict(zip(_PLAIN, row, strict=False))
    seen_at, since, backlog_at, is_unsettled, key_digest, key_address, networks = row[len(_PLAIN) : -4]
    contact = Contact(seen_at, since, backlog_at, is_unsettled)
    return PushingClock(contact=contact, trust=Trust(key_digest, key_address, tuple(networks)), **plain)


def count(connection: sa.Connection, clock: PushingClock, figures: Figures) -> None:
    """Adds what a push came to, and sets what is known of the clock by it."""
    told = (*clock.contact, clock.trust.key_address, clock.stamp, clock.deviation_seconds, clock.time_is_wrong)
    with driver_within_deadline(connection).cursor() as cursor:
        cursor.execute(_COUNT, (*told, *figures, clock.clock))


def be_brief(connection: sa.Connection) -> None:
    """Has the transaction wait for nobody for long: outside of a call no deadline ends it."""
    connection.exec_driver_sql("set local statement_timeout = '2s'; set local lock_timeout = '1s'")
