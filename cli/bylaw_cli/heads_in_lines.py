"""Heads of the audit in lines of text: a file of heads, or whatever collected the services' logs."""

import json
from collections.abc import Iterable
from typing import Any

from bylaw_chassis.audit.heads import ExportedHead, HeadUnreadable, read_head
from bylaw_chassis.audit.sealing import SEALED_EVENT

from bylaw_cli.wording import Refused


def heads_in(lines: Iterable[str], named: str) -> list[tuple[int, ExportedHead]]:
    """The heads with the numbers of their lines; raises `Refused` naming the first line that should be one and is not.

    In a file of heads every line is one. Where any line says that something was sealed, the lines are a log, of which
    everything else is left aside.
    """
    found: list[tuple[int, ExportedHead]] = []
    other, is_log = 0, False
    for number, line in enumerate(lines, 1):
        says_sealed = SEALED_EVENT in line
        is_log = is_log or says_sealed
        try:
            found.append((number, read_head(_said(line) if says_sealed else line)))
        except HeadUnreadable as error:
            if says_sealed:
                raise _no_head(named, number) from error
            other = other or number
    if other and not is_log:
        raise _no_head(named, other)
    return found


def _said(line: str) -> str:
    """What the service wrote, taken out of what the collector put around it: a prefix, or a record of its own."""
    begins = line.find('{"')
    text = line[begins:] if begins >= 0 else line
    try:
        record: dict[str, Any] = json.loads(text)
    except ValueError:
        return text
    within = (value for value in record.values() if isinstance(value, str) and SEALED_EVENT in value)
    wrapped = next((value for value in within if value != SEALED_EVENT), "")
    return _said(wrapped) if wrapped else text


def _no_head(named: str, number: int) -> Refused:
    return Refused(
        f"{named}, line {number}: this is no head of an audit; the file was changed.",
        f"{named} 第 {number} 行：不是审计链头，文件被改动过。",
    )
