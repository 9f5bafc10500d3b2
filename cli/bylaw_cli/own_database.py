"""The operator's own PostgreSQL: its address made usable, and refused early when it cannot serve."""

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bylaw_cli.installation import libpq
from bylaw_cli.wording import Refused

OLDEST = 15


def administrators_address(given: str) -> str:
    """Return the address as Bylaw uses it; raises `Refused` when it is no address, unreachable, or too old."""
    try:
        url = make_url(given).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        raise _no_address() from error
    address = url.render_as_string(hide_password=False)
    try:
        with psycopg.connect(libpq(address), connect_timeout=10) as connection:
            major = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        raise _unreachable(url.render_as_string(hide_password=True), str(error).strip()) from error
    if major < OLDEST:
        raise _too_old(major)
    return address


def _no_address() -> Refused:
    example = "postgresql://admin:secret@db.example:5432/bylaw"
    return Refused(
        f"BYLAW_DATABASE_URL is no address of a PostgreSQL database. It looks like {example}",
        f"BYLAW_DATABASE_URL 不是 PostgreSQL 数据库地址。示例：{example}",
    )


def _unreachable(shown: str, why: str) -> Refused:
    return Refused(
        f"PostgreSQL at {shown} (BYLAW_DATABASE_URL) cannot be reached: {why}",
        f"无法连接 {shown}（BYLAW_DATABASE_URL）上的 PostgreSQL：{why}",
    )


def _too_old(major: int) -> Refused:
    return Refused(
        f"The PostgreSQL of BYLAW_DATABASE_URL is version {major}; Bylaw needs {OLDEST} or newer.",
        f"BYLAW_DATABASE_URL 的 PostgreSQL 版本为 {major}，章程需要 {OLDEST} 或更高版本。",
    )
