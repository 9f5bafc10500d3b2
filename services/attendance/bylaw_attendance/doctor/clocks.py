"""What the doctor examines of clocks: each is in touch, what it counted is here, and it hangs where people work."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.organisation.tables import holds, sites, stays

from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.clock_counts import span_of
from bylaw_attendance.rules.clocks.pushing import UNBROKEN
from bylaw_attendance.store import clock_counts
from bylaw_attendance.store import pushing_tables as kept
from bylaw_attendance.store.tables import clocks

MOST_NAMED = 5
COUNTED_DAYS = timedelta(days=7)
"""How far back counts are compared again: farther back nobody's month is open for long."""


def clocks_in_touch(connection: sa.Connection, examined: Examined) -> Finding:
    """Every clock that pushes was in touch: it asks every few seconds, and two minutes with its lag are a gap."""
    now = examined.database.clock()
    rows = connection.execute(_pushing(now.date())).all()
    patience = [UNBROKEN + timedelta(seconds=row.allowed_lag_seconds) for row in rows]
    silent = [row for row, most in zip(rows, patience, strict=True) if now - (row.seen_at or row.registered_at) > most]
    zh, en = _named(f"{row.serial_number}@{row.code}" for row in silent)
    return Finding(
        "clocks in touch",
        not (silent and examined.running),
        Words(
            f"推送考勤机 {len(rows)} 台，其中无联络 {len(silent)} 台{zh}。",
            f"{len(rows)} push, {len(silent)} of them not in touch{en}.",
        ),
        Words(
            "在它们报到之前，该地点无人会被判定缺勤：请检查其电源、网络与服务器地址，不再使用的请停用；"
            "若系统刚启动，请稍候两分钟再查。",
            "Nobody there is absent before they report: look at their power, network and server address, and retire"
            " those that are gone; if Bylaw has only just started, look again in two minutes.",
        ),
    )


def clocks_counted(connection: sa.Connection, examined: Examined) -> Finding:
    """Of the days that clocks counted last, as many punches are on record as they counted, and as were there then."""
    now, known = examined.database.clock(), organisation.all_sites(connection)
    counted = connection.execute(_counts(now.date())).all()
    apart = []
    for row in counted:
        zones = SiteZones.of(known[row.site])
        start, end = span_of(row.day, zones, row.utc_offset_minutes)
        recorded = clock_counts.recorded(connection, row.serial_number, start, end)
        if recorded < max(row.clock_count, row.recorded_count):
            apart.append(f"{row.serial_number} {row.day} {recorded}/{max(row.clock_count, row.recorded_count)}")
    zh, en = _named(apart)
    return Finding(
        "clock counts",
        not apart,
        Words(
            f"近日考勤机自报计数 {len(counted)} 天次，记录少于计数的 {len(apart)} 天次{zh}。",
            f"{len(counted)} days counted by clocks; of {len(apart)} fewer punches are here than were counted{en}.",
        ),
        Words(
            "请查看该考勤机被拒的行(多为编号不明的人员)，更正后请它补传当日；若当时已有的记录变少，则有人在系统之外删除了打卡，"
            "请与备份比对。",
            "See the refused lines of that clock, most often somebody not known by that number; then ask it for the day"
            " again. Where fewer are here than were, somebody deleted punches behind Bylaw's back: compare with a"
            " back-up.",
        ),
    )


def clocks_placed(connection: sa.Connection, examined: Examined) -> Finding:
    """Every clock that is waited for hangs at a site where somebody works."""
    day = examined.database.clock().date()
    works = sa.exists().where(stays.c.site == clocks.c.site, holds(stays.c, day, day))
    query = sa.select(clocks.c.device, _code(day)).where(_in_use(day)).order_by(clocks.c.device)
    all_of_them = connection.execute(query.add_columns(works.label("works"))).all()
    lone = [row for row in all_of_them if not row.works]
    zh, en = _named(f"{row.device}@{row.code}" for row in lone)
    return Finding(
        "clock sites",
        not lone,
        Words(
            f"在用考勤机 {len(all_of_them)} 台，其中所在地点无人任职的 {len(lone)} 台{zh}。",
            f"{len(all_of_them)} in use, {len(lone)} of them at a site that nobody works at{en}.",
        ),
        Words(
            "请把考勤机登记到其所在地点，或停用它；若那里应有人任职，请在任职中写明地点。",
            "Register it at the site where it hangs, or retire it; if people work there, name the site in their"
            " appointments.",
        ),
    )


CHECKS: tuple[tuple[str, Check], ...] = (
    ("clocks in touch", clocks_in_touch),
    ("clock counts", clocks_counted),
    ("clock sites", clocks_placed),
)


def _in_use(day: date) -> sa.ColumnElement[bool]:
    return sa.or_(clocks.c.retire_date.is_(None), clocks.c.retire_date > day)


def _code(day: date) -> sa.ColumnElement[Any]:
    """The code of a clock's site on a day; the site itself where it has none then."""
    held = sa.select(sites.c.code).where(sites.c.site == clocks.c.site, holds(sites.c, day, day)).limit(1)
    return sa.func.coalesce(held.scalar_subquery(), sa.cast(clocks.c.site, sa.Text)).label("code")


def _pushing(day: date) -> sa.Select[Any]:
    found = sa.select(*kept.pushing_clocks.c, _code(day)).join(clocks, clocks.c.id == kept.pushing_clocks.c.clock)
    return found.where(_in_use(day)).order_by(kept.pushing_clocks.c.serial_number)


def _counts(day: date) -> sa.Select[Any]:
    counts, pushing = kept.clock_counts, kept.pushing_clocks
    query = sa.select(*counts.c, pushing.c.serial_number, pushing.c.utc_offset_minutes, clocks.c.site)
    joined = counts.join(pushing, pushing.c.clock == counts.c.clock).join(clocks, clocks.c.id == counts.c.clock)
    return query.select_from(joined).where(_in_use(day), counts.c.day >= day - COUNTED_DAYS).order_by(*counts.c)


def _named(names: Iterable[str]) -> tuple[str, str]:
    """The first of them, in both languages; nothing where there is none."""
    found = list(names)
    shown = ", ".join(found[:MOST_NAMED]) + " …" * (len(found) > MOST_NAMED)
    return (f"：{shown}", f": {shown}") if found else ("", "")
