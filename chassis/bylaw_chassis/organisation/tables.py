"""The tables of the organisation in every service's schema, as the chassis's migrations make them.

None has a key: they repeat what people tells, and people is the one that says no. An event that broke a key here would
hold up every event behind it.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.tables import chassis_metadata

_UUID = pg.UUID(as_uuid=True)


def _dated(name: str, *columns: sa.Column[object]) -> sa.Table:
    days = (sa.Column("first_day", sa.Date), sa.Column("last_day", sa.Date))
    return sa.Table(name, chassis_metadata, *columns, *days)


def _titled() -> tuple[sa.Column[object], ...]:
    return (sa.Column("code", sa.Text), sa.Column("title_zh", sa.Text), sa.Column("title_en", sa.Text))


units = _dated("organisation_units", sa.Column("unit", _UUID), *_titled(), sa.Column("parent", _UUID))
"""Units, a row a version."""

heads = _dated(
    "organisation_heads", sa.Column("unit", _UUID), sa.Column("person", _UUID), sa.Column("deputy", sa.Boolean)
)
"""Heads of units and their deputies."""

people = sa.Table(
    "organisation_people",
    chassis_metadata,
    sa.Column("person", _UUID),
    sa.Column("number", sa.Text),
    sa.Column("display_name", sa.Text),
)
stays = _dated(
    "organisation_stays",
    sa.Column("person", _UUID),
    sa.Column("unit", _UUID),
    sa.Column("site", _UUID),
    sa.Column("position", _UUID),
    sa.Column("employment_kind", sa.Text),
)
"""Who works where and as what."""

sites = _dated(
    "organisation_sites",
    sa.Column("site", _UUID),
    *_titled(),
    sa.Column("time_zone", sa.Text),
    sa.Column("calendar", sa.Text),
)
"""Sites, a row a version."""


def holds(columns: Any, first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a dated row holds on any day from `first` to `last`."""
    ends = sa.or_(columns.last_day.is_(None), columns.last_day >= first)
    return sa.and_(columns.first_day <= last, ends)
