"""A replay as it is printed: its figures before and after, who could not be compared, and how far one came."""

import json
import shlex
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bylaw_cli import replay_words as words
from bylaw_cli.rest import Rest, Told
from bylaw_cli.sheet import make_console
from bylaw_cli.sheet_words import TOTALS
from bylaw_cli.wording import Language

SHOWN_FAULTS = 20
IN_HOURS = "workedMinutes"
"""Of the totals of sheets the one that is shown as hours."""


def show(replay: dict[str, Any], language: Language, *, xlsx: Path | None) -> None:
    """Prints a done replay; one that has compared nothing has no figures to show, and nothing to switch on."""
    compared = "remark" not in replay
    if compared:
        make_console().print(_table(replay, language))
        click.echo(words.SUMMARY.show(language).format(**_counted(replay)))
    for fault in replay.get("faults", [])[:SHOWN_FAULTS]:
        said = fault.get("message", {}).get(language, "")
        click.echo(f"  {fault['employeeNumber']} {fault['month']}: {said} ({fault['reason']})", err=True)
    if xlsx:
        click.echo(words.WRITTEN.show(language).format(file=xlsx))
    if compared:
        click.echo(f"\n{words.SWITCH_ON.show(language)}\n{_switch_on(replay)}")


def show_cancelled(replay: dict[str, Any], language: Language, *, as_json: bool) -> None:
    """Prints what has become of a replay that was told to stop."""
    if as_json:
        click.echo(json.dumps(replay, ensure_ascii=False, indent=2))
        return
    said = words.YOU_CANCELLED if replay["state"] == "REPLAY_STATE_CANCELLED" else words.HAD_ENDED
    click.echo(said.show(language).format(name=replay["name"], **reached(replay)))


def reached(replay: dict[str, Any]) -> dict[str, int]:
    """How far it came."""
    return {"done": replay.get("doneCount", 0), "total": replay.get("totalCount", 0)}


def cancelled_by(rest: Rest, replay: dict[str, Any], language: Language) -> dict[str, object]:
    """Who cancelled it and when, and how far it came."""
    who = called(rest, replay.get("canceller", "")) or words.A_SERVICE.show(language)
    return {"who": who, "when": local(replay["finishTime"]), **reached(replay)}


def called(rest: Rest, name: str) -> str:
    """What a person or a unit is called; its name where it is out of reach, nothing where there is none."""
    if not name:
        return ""
    try:
        found = rest.get(f"/v1/{name}")
    except Told:
        return name
    return f"{found['number']} {found['displayName']}" if name.startswith("people/") else str(found["code"])


def local(instant: str) -> str:
    """An instant on the clock of whoever reads it."""
    return f"{datetime.fromisoformat(instant).astimezone():%Y-%m-%d %H:%M:%S}"


def _counted(replay: dict[str, Any]) -> dict[str, int]:
    return {
        "people": replay.get("changedPeopleCount", 0),
        "changes": replay.get("changeCount", 0),
        "uncompared": replay.get("uncomparedCount", 0),
    }


def _table(replay: dict[str, Any], language: Language) -> Table:
    table = Table(*(column.show(language) for column in words.COLUMNS), box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    sides = [replay.get(side, {}) for side in ("before", "after", "difference")]
    for name, wording in TOTALS.items():
        if name == IN_HOURS:
            continue
        figures = [side.get("totals", {}).get(name, 0) for side in sides]
        table.add_row(wording.show(language), *map(str, figures))
    for name, wording in words.HOURS.items():
        table.add_row(wording.show(language), *(f"{_hours(side, name):.2f}" for side in sides))
    return table


def _hours(side: dict[str, Any], name: str) -> float:
    field = name.replace("Hours", "Minutes")
    minutes: int = side.get(field, side.get("totals", {}).get(field, 0))
    return minutes / 60


def _switch_on(replay: dict[str, Any]) -> str:
    """The command that assigns what was tried, from a day that whoever copies it puts in."""
    wish = {
        "subject": replay.get("unit", ""),
        "shiftPattern": replay["shiftPattern"],
        "parameters": replay.get("parameters", {}),
        "startDate": "YYYY-MM-DD",
        "replay": replay["name"],
    }
    return f"  bylaw call POST /v1/patternAssignments {shlex.quote(json.dumps(wish, ensure_ascii=False))}"
