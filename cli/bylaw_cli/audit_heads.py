"""Heads of the audit, kept outside the database: read from it, added to a file, read back from the file."""

import os
from collections.abc import Sequence
from pathlib import Path

from bylaw_chassis.audit.heads import ExportedHead, HeadKey, HeadUnreadable, newest_head, read_head
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database

from bylaw_cli.hosting import MIGRATIONS
from bylaw_cli.service_databases import reached_urls
from bylaw_cli.wording import Refused

HEADS_FILE = "audit-heads.jsonl"


def heads_now(address: str, master_key: str) -> list[ExportedHead]:
    """The newest head of each service's chain, signed now; of a service that has sealed nothing yet none."""
    key, now = HeadKey(master_key), system_clock()
    found: list[ExportedHead] = []
    for service, url in reached_urls(address, master_key, MIGRATIONS).items():
        database = Database(url, MIGRATIONS[service].schema, system_clock, 1)
        try:
            with database.read() as connection:
                head = newest_head(connection, database.schema)
        finally:
            database.close()
        if head:
            found.append(key.export(head, now))
    return found


def keep(path: Path, heads: Sequence[ExportedHead]) -> int:
    """Adds heads to a file, but those that it ends with already; answers how many. On disk before this returns."""
    known = {exported.head for exported in _lines(path)} if path.exists() else set()
    fresh = [exported for exported in heads if exported.head not in known]
    if fresh:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{exported.line()}\n" for exported in fresh))
            file.flush()
            os.fsync(file.fileno())
    return len(fresh)


def kept_heads(path: Path, master_key: str) -> list[ExportedHead]:
    """The heads of a file; raises `Refused` naming the line that is none, or is not signed by this installation."""
    key = HeadKey(master_key)
    try:
        found = _lines(path)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.", f"无法读取 {path}：{error.strerror}。") from error
    for number, exported in enumerate(found, 1):
        if not key.signed(exported):
            raise Refused(
                f"{path}, line {number}: this head was not signed by this installation; the file was changed.",
                f"{path} 第 {number} 行：该链头不是由本安装签名的，文件被改动过。",
            )
    return found


def _lines(path: Path) -> list[ExportedHead]:
    found: list[ExportedHead] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        try:
            found.append(read_head(line))
        except HeadUnreadable as error:
            raise Refused(
                f"{path}, line {number}: this is no head of an audit; the file was changed.",
                f"{path} 第 {number} 行：不是审计链头，文件被改动过。",
            ) from error
    return found
