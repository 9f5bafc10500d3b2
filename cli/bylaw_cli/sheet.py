"""`bylaw sheet`: a person's month as a table, every finding with its minutes and the clause that made it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bylaw_cli.footnotes import footnotes
from bylaw_cli.sheet_words import (
    COLUMNS,
    DAY_KINDS,
    EXCUSED_TOTALS,
    FINDINGS,
    LEAVE_PARTS,
    MINUTES,
    PROVISIONAL,
    STYLES,
    TOTALS,
    WEEKDAYS,
)
from bylaw_cli.wording import Language

Tree = Mapping[str, Any]
WIDTH = 118
"""Columns where nobody says how many there are: in a pipe or a file."""


def show(sheet: Tree, console: Console, language: Language) -> None:
    """Print the sheet."""
    console.print(_title(sheet))
    if sheet.get("calendarProvisional"):
        console.print(Text(PROVISIONAL.show(language), style="yellow"), soft_wrap=True)
    console.print(_table(sheet, language))
    console.print(_totals(sheet.get("totals", {}), language), soft_wrap=True)
    for footnote in footnotes(sheet.get("clauseWordings", []), language):
        console.print(footnote)


def make_console() -> Console:
    """Return a console as wide as the terminal, or wide enough where there is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


def _title(sheet: Tree) -> Text:
    words = [sheet.get("employeeNumber", ""), sheet.get("displayName", ""), sheet["month"], sheet.get("timeZone", "")]
    return Text("  ".join(word for word in words if word), style="bold")


def _table(sheet: Tree, language: Language) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column in COLUMNS:
        table.add_column(column.show(language), no_wrap=True)
    for day in sheet.get("days", []):
        for row in _rows(day, language):
            table.add_row(*row)
    return table


def _rows(day: Tree, language: Language) -> Iterator[list[Text]]:
    """Yield a row per half day; the date stands on the first."""
    dated, kind = _dated(day["workDate"], language), _kind(day, language)
    halves = [[*_half(half, language), _clauses(half)] for half in day.get("halves", [])]
    excused = [_excused(part, language) for part in day.get("leave", []) if part.get("minutes")]
    if not (halves or excused):
        yield [dated, kind, Text(), Text(), Text(), _others(day), Text(day.get("clause", ""), style="dim")]
    for index, cells in enumerate([*halves, *excused]):
        head = [dated, kind] if index == 0 else [Text(), Text()]
        yield [*head, *cells]


def _excused(part: Tree, language: Language) -> list[Text]:
    """Show what leave, a trip or duty outside takes of a day."""
    hours = f"{part['startTime']}-{part['endTime']}" if part.get("startTime") else ""
    which = hours or LEAVE_PARTS[part["part"]].show(language)
    return [Text(which), Text(), Text(), Text(part["title"][language]), Text(part["clause"], style="dim")]


def _half(half: Tree, language: Language) -> list[Text]:
    planned = f"{_clock(half['startTime'])}-{_clock(half['endTime'])}"
    points = {point["side"]: point for point in half.get("cardPoints", [])}
    cells = [_point(points.get(side), language) for side in ("CARD_SIDE_IN", "CARD_SIDE_OUT")]
    return [Text(planned), *cells, _finding(half.get("verdict", ""), language)]


def _point(point: Tree | None, language: Language) -> Text:
    """Show a card point: when the card was punched, and what that came to."""
    if point is None:
        return Text()
    finding = point.get("finding", "")
    text = Text(_clock(point.get("punchTime", "")) or "--:--")
    if finding == "FINDING_ON_TIME":
        return text
    minutes = f" {point['minutes']}{MINUTES.show(language)}" if point.get("minutes") else ""
    return text.append(" ").append_text(_finding(finding, language)).append(minutes)


def _finding(finding: str, language: Language) -> Text:
    wording = FINDINGS.get(finding)
    return Text(wording.show(language) if wording else finding, style=STYLES.get(finding, ""))


def _kind(day: Tree, language: Language) -> Text:
    wording = DAY_KINDS.get(day.get("kind", ""))
    return Text(wording.show(language) if wording else "", style="dim" if not day.get("halves") else "")


def _clauses(half: Tree) -> Text:
    named = [point.get("clause", "") for point in half.get("cardPoints", [])] + [half.get("clause", "")]
    return Text(" ".join(dict.fromkeys(clause for clause in named if clause)), style="dim")


def _others(day: Tree) -> Text:
    return Text(" ".join(_clock(time) for time in day.get("otherPunchTimes", [])), style="dim")


def _dated(work_date: str, language: Language) -> Text:
    return Text(f"{work_date[5:]} {WEEKDAYS[language][date.fromisoformat(work_date).weekday()]}")


def _clock(local: str) -> str:
    """Take the hour and minute out of `YYYY-MM-DD HH:MM[:SS]`."""
    return local[11:16]


def _totals(totals: Tree, language: Language) -> Text:
    words = {**TOTALS, **EXCUSED_TOTALS}
    parts = [f"{wording.show(language)} {totals.get(name, 0)}" for name, wording in words.items() if totals.get(name)]
    return Text(" · ".join(parts), style="bold")
