"""`bylaw import`: hands files of people and punches to the gateway, shows the progress, names what was refused."""

import sys
import time
from collections import Counter
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from bylaw_cli.rest import Parameters, Rest, Told
from bylaw_cli.wording import Language, Wording

NOT_DONE = ("IMPORT_STATE_REFUSED", "IMPORT_STATE_FAILED")
ENDED = ("IMPORT_STATE_DONE", *NOT_DONE)
SHOWN_LINES, READ_LINES, PAGE_LINES = 20, 10_000, 1_000
POLL_SECONDS = 0.2


def import_organisation(rest: Rest, file: Path, parameters: Parameters, *, language: Language) -> None:
    """Hand in a file of sites, units, positions or people: all of it is taken, or nothing."""
    given = {name: value for name, value in parameters.items() if value}
    answer = rest.upload("/v1/organisation:import", file.read_bytes(), given)
    taken, repeated = answer.get("takenCount", 0), answer.get("repeatedCount", 0)
    said = Wording(
        f"{file.name}: {taken} taken, {repeated} on record already", f"{file.name}：新增 {taken}，已有 {repeated}"
    )
    click.echo(said.show(language))


def import_punches(rest: Rest, file: Path, parameters: Parameters, *, language: Language, console: Console) -> None:
    """Hand in a file of punches and wait for its job; a refused line is named and the rest is taken."""
    given = {name: value for name, value in parameters.items() if value}
    started = rest.upload("/v1/punchImports", file.read_bytes(), {"fileName": file.name, **given})
    ended = watch(rest, started, console, called=started.get("fileName", ""))
    click.echo(_outcome(ended, file).show(language))
    if ended["state"] in NOT_DONE:
        raise Told(line_words(ended.get("refusal", {}), language), language)
    if warning := ended.get("warning"):
        click.echo(f"  {line_words(warning, language)}", err=True)
        click.echo(f"  bylaw import revoke {ended['name']} --reason ...", err=True)
    _show_refused(rest, ended, language)


def watch(
    rest: Rest, made: dict[str, Any], console: Console, *, called: str, ended: Collection[str] = ENDED
) -> dict[str, Any]:
    """Show how far an import is until it has ended; answers it as it then is."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(called, total=100)
        while made["state"] not in ended:
            time.sleep(POLL_SECONDS)
            made = rest.get(f"/v1/{made['name']}")
            progress.update(task, completed=made.get("progressPercent", 0))
    return made


def _outcome(ended: dict[str, Any], file: Path) -> Wording:
    read, taken, repeated, refused = (
        ended.get(name, 0) for name in ("readCount", "takenCount", "repeatedCount", "refusedCount")
    )
    return Wording(
        f"{file.name}: {read} read, {taken} taken, {repeated} on record already, {refused} refused ({ended['name']})",
        f"{file.name}：读取 {read}，新增 {taken}，已有 {repeated}，拒绝 {refused}（{ended['name']}）",
    )


def _show_refused(rest: Rest, ended: dict[str, Any], language: Language) -> None:
    """Name what was refused: the same word about the same place once, with how often; exits with 1 afterwards."""
    refused = ended.get("refusedCount", 0)
    if not refused:
        return
    path = f"/v1/{ended['name']}/refusedLines"
    lines = islice(rest.pages(path, "lines", {"pageSize": PAGE_LINES}), READ_LINES)
    said = Counter(line_words(line, language) for line in lines)
    for words, times in islice(said.items(), SHOWN_LINES):
        click.echo(f"  {words}{f' ×{times}' if times > 1 else ''}", err=True)
    more = refused - sum(islice(said.values(), SHOWN_LINES))
    if more:
        click.echo(Wording(f"  and {more} more: GET {path}", f"  另有 {more} 处：GET {path}").show(language), err=True)
    sys.exit(1)


def line_words(line: dict[str, Any], language: Language) -> str:
    """A line that was refused: where, what is wrong, and the reason."""
    number = line.get("line", 0)
    where = Wording(f"line {number}", f"第 {number} 行").show(language) if number else ""  # 0: the file as a whole
    place = " ".join(part for part in (where, line.get("field", "")) if part)
    return f"{place}: {line.get('message', {}).get(language, '')} ({line.get('reason', '')})"
