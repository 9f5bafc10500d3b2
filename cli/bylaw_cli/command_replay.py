"""`bylaw replay`: what another shift pattern would have made of months past; replays listed, shown again, stopped."""

import json
from pathlib import Path
from typing import Any

import click

from bylaw_cli import replay_words as words
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.replay_list import STATES, show_list
from bylaw_cli.replay_shown import show, show_cancelled
from bylaw_cli.replay_watching import INTERRUPTED, cancelled, read_again, started
from bylaw_cli.rest import Rest, Told
from bylaw_cli.typed import FILE, MONTH
from bylaw_cli.wording import Language

EVERYBODY = "all"
NOTHING_COMPARED = 3
"""The exit code where a replay is done and has compared nothing: its figures say nothing."""


def replay_command(language: Language) -> click.Command:
    """Return `bylaw replay UNIT FIRST [LAST]`, with `--list`, `--show` and `--cancel`."""

    @click.option("--pattern", metavar="NAME@VERSION", help=words.PATTERN.show(language))
    @click.option("--parameters", type=FILE, help=words.PARAMETERS.show(language))
    @click.option("--in-place-of", metavar="NAME@VERSION", help=words.IN_PLACE_OF.show(language))
    @click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help=words.XLSX.show(language))
    @click.option("--json", "as_json", is_flag=True, help=words.AS_JSON.show(language))
    @click.option("--list", "listing", is_flag=True, help=words.LIST.show(language))
    @click.option("--state", type=click.Choice(tuple(STATES)), help=words.STATE.show(language))
    @click.option("--show", "shown", metavar="REPLAY", help=words.SHOW.show(language))
    @click.option("--cancel", "stopped", metavar="REPLAY", help=words.CANCEL.show(language))
    @click.argument("unit", required=False)
    @click.argument("first", required=False)
    @click.argument("last", required=False)
    def replay(**given: Any) -> None:
        _check(given, language)
        stopped = given["stopped"]
        try:
            _do(given, language)
        except (KeyboardInterrupt, click.Abort):
            said = words.UNKNOWN_WHETHER_CANCELLED if stopped else words.NOTHING_STARTED
            click.echo(said.show(language).format(name=stopped), err=True)
            raise SystemExit(INTERRUPTED) from None

    return click.command("replay", help=words.ABOUT.show(language))(signed_in(replay, language))


def _check(given: dict[str, Any], language: Language) -> None:
    """What is asked for: a new replay, or the list, or one that there is; not two of them."""
    others = [name for name in ("listing", "shown", "stopped") if given[name]]
    new = [name for name in ("unit", "first", "pattern", "parameters", "in_place_of") if given[name]]
    if len(others) > 1 or (others and new) or (given["state"] and not given["listing"]):
        raise click.UsageError(words.ONE_THING.show(language))
    if not others and not (given["unit"] and given["first"] and given["pattern"]):
        raise click.UsageError(words.UNIT_FIRST_PATTERN.show(language))


def _do(given: dict[str, Any], language: Language) -> None:
    asked = {name: given.pop(name) for name in ("listing", "state", "shown", "stopped", "xlsx", "as_json")}
    wish = {name: given.pop(name) for name in ("unit", "first", "last", "pattern", "parameters", "in_place_of")}
    asking = _wish(wish, language) if wish["unit"] else {}
    rest = rest_of(given, language)
    if asked["listing"]:
        show_list(rest, asked["state"], language, as_json=asked["as_json"])
    elif asked["stopped"]:
        show_cancelled(cancelled(rest, _name(asked["stopped"])), language, as_json=asked["as_json"])
    elif asked["shown"]:
        _end(rest, read_again(rest, _name(asked["shown"]), language), asked, language)
    else:
        _end(rest, started(rest, asking | _unit(rest, wish["unit"], language), language), asked, language)


def _end(rest: Rest, ended: dict[str, Any], asked: dict[str, Any], language: Language) -> None:
    """Shows what a done replay has come to; exits with 3 where that is nothing."""
    try:
        _print(rest, ended, asked, language)
    except KeyboardInterrupt:
        click.echo(words.IS_DONE.show(language).format(name=ended["name"]), err=True)
        raise SystemExit(INTERRUPTED) from None
    if "remark" in ended:
        click.echo(ended["remark"][language], err=True)
        raise SystemExit(NOTHING_COMPARED)


def _print(rest: Rest, ended: dict[str, Any], asked: dict[str, Any], language: Language) -> None:
    xlsx = asked["xlsx"]
    if xlsx:
        xlsx.write_bytes(rest.download(f"/v1/{ended['name']}/workbook.xlsx"))
    if asked["as_json"]:
        click.echo(json.dumps(ended, ensure_ascii=False, indent=2))
    else:
        show(ended, language, xlsx=xlsx)


def _name(typed: str) -> str:
    return f"replays/{typed.removeprefix('replays/')}"


def _wish(typed: dict[str, Any], language: Language) -> dict[str, Any]:
    """What can be said without asking the service."""
    first, last = typed["first"], typed["last"]
    wish = {"firstMonth": _month(first, language), "lastMonth": _month(last or first, language)}
    wish |= {"shiftPattern": f"shiftPatterns/{typed['pattern']}"}
    return wish | _parameters(typed["parameters"], language) | _in_place_of(typed["in_place_of"])


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
