"""`bylaw replay`: what another shift pattern would have made of months past, with progress; Ctrl-C cancels it."""

import json
import shlex
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bylaw_cli import replay_words as words
from bylaw_cli.commands_files import FILE, MONTH, rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.sheet import make_console
from bylaw_cli.sheet_words import TOTALS
from bylaw_cli.wording import Language

EVERYBODY = "all"
DONE, FAILED = "REPLAY_STATE_DONE", "REPLAY_STATE_FAILED"
ENDED = (DONE, FAILED, "REPLAY_STATE_CANCELLED")
POLL_SECONDS = 0.2
SHOWN_FAULTS = 20
IN_HOURS = "workedMinutes"
"""Of the totals of sheets the one that is shown as hours."""
INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""


def replay_command(language: Language) -> click.Command:
    """Return `bylaw replay UNIT FIRST [LAST]`."""

    @click.option("--pattern", required=True, metavar="NAME@VERSION", help=words.PATTERN.show(language))
    @click.option("--parameters", type=FILE, help=words.PARAMETERS.show(language))
    @click.option("--in-place-of", metavar="NAME@VERSION", help=words.IN_PLACE_OF.show(language))
    @click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help=words.XLSX.show(language))
    @click.option("--json", "as_json", is_flag=True, help=words.AS_JSON.show(language))
    @click.argument("unit")
    @click.argument("first")
    @click.argument("last", required=False)
    def replay(unit: str, first: str, last: str | None, *, xlsx: Path | None, as_json: bool, **given: Any) -> None:
        wish = {"firstMonth": _month(first, language), "lastMonth": _month(last or first, language)}
        wish |= {"shiftPattern": f"shiftPatterns/{given.pop('pattern')}"}
        wish |= _parameters(given.pop("parameters"), language) | _in_place_of(given.pop("in_place_of"))
        rest = rest_of(given, language)
        wish |= _unit(rest, unit, language)
        ended = _watched(rest, rest.call("POST", "/v1/replays", wish), language)
        if xlsx:
            xlsx.write_bytes(rest.download(f"/v1/{ended['name']}/workbook.xlsx"))
        if as_json:
            click.echo(json.dumps(ended, ensure_ascii=False, indent=2))
        else:
            _show(ended, language, xlsx=xlsx)

    return click.command("replay", help=words.ABOUT.show(language))(signed_in(replay, language))


def _month(text: str, language: Language) -> str:
    if not MONTH.fullmatch(text):
        raise Told(words.NO_MONTH.show(language), language)
    return text


def _parameters(file: Path | None, language: Language) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Told(words.NOT_JSON.show(language).format(file=file, error=error), language) from error
    if not isinstance(found, dict):
        raise Told(words.NOT_JSON.show(language).format(file=file, error=type(found).__name__), language)
    return {"parameters": found}


def _in_place_of(pattern: str | None) -> dict[str, Any]:
    return {"replacedShiftPattern": f"shiftPatterns/{pattern}"} if pattern else {}


def _unit(rest: Rest, code: str, language: Language) -> dict[str, Any]:
    if code == EVERYBODY:
        return {}
    units = rest.get("/v1/units", {"code": code}).get("units", [])
    if not units:
        raise Told(words.NO_UNIT.show(language).format(code=code), language)
    return {"unit": units[0]["name"]}


def _watched(rest: Rest, replay: dict[str, Any], language: Language) -> dict[str, Any]:
    """The replay once it has ended; whoever is impatient takes it along."""
    try:
        ended = _watch(rest, replay, language)
    except KeyboardInterrupt:
        rest.call("POST", f"/v1/{replay['name']}:cancel", {})
        click.echo(words.CANCELLED.show(language), err=True)
        raise SystemExit(INTERRUPTED) from None
    if ended["state"] != DONE:
        said = words.FAILED if ended["state"] == FAILED else words.CANCELLED
        raise Told(said.show(language), language)
    return ended


def _watch(rest: Rest, replay: dict[str, Any], language: Language) -> dict[str, Any]:
    console = Console(stderr=True)  # what is printed for a program stays free of it
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words.RUNNING.show(language), total=replay.get("totalCount", 0))
        while replay["state"] not in ENDED:
            time.sleep(POLL_SECONDS)
            replay = rest.get(f"/v1/{replay['name']}")
            progress.update(task, completed=replay.get("doneCount", 0))
    return replay


def _show(replay: dict[str, Any], language: Language, *, xlsx: Path | None) -> None:
    make_console().print(_table(replay, language))
    counted = {
        "people": replay.get("changedPeopleCount", 0),
        "changes": replay.get("changeCount", 0),
        "faults": replay.get("faultCount", 0),
    }
    click.echo(words.SUMMARY.show(language).format(**counted))
    for fault in replay.get("faults", [])[:SHOWN_FAULTS]:
        said = fault.get("message", {}).get(language, "")
        click.echo(f"  {fault['employeeNumber']} {fault['month']}: {said} ({fault['reason']})", err=True)
    if xlsx:
        click.echo(words.WRITTEN.show(language).format(file=xlsx))
    click.echo(f"\n{words.SWITCH_ON.show(language)}\n{_switch_on(replay)}")


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
