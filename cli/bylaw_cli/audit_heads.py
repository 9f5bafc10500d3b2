"""Heads of the audit, kept outside the database: read from it, added to a file, read back from a file or from logs."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bylaw_chassis.audit.heads import ExportedHead, HeadKey, newest_head
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database

from bylaw_cli.commands_running import WITH_SCHEMA
from bylaw_cli.heads_in_lines import heads_in
from bylaw_cli.service_databases import reached_url
from bylaw_cli.wording import Refused

HEADS_FILE = "audit-heads.jsonl"
STANDARD_INPUT = Path("-")


def heads_now(address: str, master_key: str) -> list[ExportedHead]:
    """The newest head of each service's chain, signed now; of a service that has sealed nothing yet none."""
    key, now = HeadKey(master_key), system_clock()
    found: list[ExportedHead] = []
    for service in WITH_SCHEMA:  # each in the schema of its name; the services themselves take seconds to load
        database = Database(reached_url(address, master_key, service, service), service, system_clock, 1)
        try:
            with database.read() as connection:
                head = newest_head(connection, database.schema)
        finally:
            database.close()
        if head:
            found.append(key.export(head, now))
    return found


def keep(path: Path, heads: Sequence[ExportedHead]) -> int:
    """Adds heads to a file, but those that it holds already; answers how many. On disk before this returns.

    The file is there afterwards though there was no head yet: one that is missing later was taken away.
    """
    try:
        known = {exported.head for _, exported in _read(path)} if path.exists() else set()
        fresh = [exported for exported in heads if exported.head not in known]
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{exported.line()}\n" for exported in fresh))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.", f"无法写入 {path}：{error.strerror}。") from error
    return len(fresh)


def kept_heads(source: Path, master_key: str) -> list[ExportedHead]:
    """The heads of a file, of the one in a folder, or of standard input (`-`); a file of heads, or a log with some.

    Raises `Refused` naming the line that is none, or is not signed by this installation.
    """
    key = HeadKey(master_key)
    path = source / HEADS_FILE if source.is_dir() else source
    try:
        found = _read(path)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.", f"无法读取 {path}：{error.strerror}。") from error
    for number, exported in found:
        if not key.signed(exported):
            raise Refused(
                f"{path}, line {number}: this head was not signed by this installation; the file was changed.",
                f"{path} 第 {number} 行：该链头不是由本安装签名的，文件被改动过。",
            )
    return [exported for _, exported in found]


def _read(path: Path) -> list[tuple[int, ExportedHead]]:
    if path == STANDARD_INPUT:
        return heads_in(sys.stdin, str(path))
    with path.open(encoding="utf-8", errors="replace") as lines:
        return heads_in(lines, str(path))
