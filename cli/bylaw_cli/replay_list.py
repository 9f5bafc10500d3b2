"""`bylaw replay --list`: the replays that whoever asks may see, newest first."""

import json
from functools import cache, partial
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bylaw_cli import replay_words as words
from bylaw_cli.replay_shown import called, local
from bylaw_cli.rest import Rest
from bylaw_cli.wording import Language

WIDEST = 500
"""As wide as it needs to be, however narrow the terminal: a name that is cut off opens nothing."""
STATES = {name: f"REPLAY_STATE_{name.upper()}" for name in words.STATES}


def show_list(rest: Rest, state: str | None, language: Language, *, as_json: bool) -> None:
    """Prints a line a replay, or all of them as JSON."""
    found = list(rest.pages("/v1/replays", "replays", {"state": STATES[state]} if state else {}))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo(words.NO_REPLAYS.show(language))
        return
    names = cache(partial(called, rest))
    table = Table(*(column.show(language) for column in words.LIST_COLUMNS), box=None, pad_edge=False)
    for replay in found:
        unit = names(replay.get("unit", "")) or words.ALL.show(language)
        table.add_row(*_cells(replay, language), unit, names(replay.get("creator", "")))
    Console(highlight=False, width=WIDEST).print(table)


def _cells(replay: dict[str, Any], language: Language) -> tuple[str, ...]:
    state = next(name for name, known in STATES.items() if known == replay["state"])
    months = dict.fromkeys((replay["firstMonth"], replay["lastMonth"]))
    return (
        replay["name"],
        words.STATES[state].show(language),
        f"{replay.get('progressPercent', 0)} %",
        local(replay["createTime"]),
        replay["shiftPattern"].removeprefix("shiftPatterns/"),
        "/".join(months),
    )
