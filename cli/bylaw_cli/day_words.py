"""An explained day as lines to read: what the service says of it in one language, indented under its halves."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from bylaw_cli.footnotes import footnotes
from bylaw_cli.sheet_words import DAY_KINDS, FINDINGS, STYLES, WEEKDAYS
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
INDENT = 2
WAITING = "LEAVE_REQUEST_STATE_WAITING"
"""Leave that was agreed is told with why the day is worked or not."""
PUNCHES = Wording("Punches", "打卡")
CLAUSES = Wording("Clauses, as worded on that day", "条款（当日原文）")


def lines(day: Tree, language: Language) -> Iterator[RenderableType]:
    """Yield what there is to read, a paragraph each."""
    yield _title(day, language)
    for part in (day["plan"], day["reason"]):
        yield from _sentence(part.get("explanation"), language)
    waiting = (asked for asked in day.get("leave", []) if asked.get("state") == WAITING)
    yield from chain.from_iterable(_sentence(asked.get("explanation"), language) for asked in waiting)
    yield from chain.from_iterable(_half(half, language) for half in day.get("halves", []))
    yield from _overtime(day, language)
    yield from _punches(day.get("punches", []), language)
    for name in ("explanation", "consequence"):
        yield from _sentence(day["progress"].get(name), language, below=True)
    if wordings := day.get("clauseWordings"):
        yield Text("\n" + CLAUSES.show(language), style="dim")
        yield from footnotes(wordings, language)


def _title(day: Tree, language: Language) -> Text:
    weekday = WEEKDAYS[language][date.fromisoformat(day["workDate"]).weekday()]
    kind = DAY_KINDS.get(day.get("kind", ""))
    words = (day["employeeNumber"], day["displayName"], f"{day['workDate']} {weekday}", kind and kind.show(language))
    return Text("  ".join(word for word in (*words, day.get("timeZone")) if word), style="bold")


def _sentence(told: Tree | None, language: Language, *, indent: int = 0, below: bool = False) -> Iterator[Padding]:
    """Yield what is told, if anything is; `below` behind an empty line."""
    if said := (told or {}).get(language):
        yield Padding(Text(said), (int(below), 0, 0, indent))


def _half(half: Tree, language: Language) -> Iterator[RenderableType]:
    shown = half["half"]
    verdict = shown.get("verdict", "")
    wording = FINDINGS.get(verdict)
    title = Text(f"\n{shown['startTime'][11:16]}-{shown['endTime'][11:16]}  ", style="bold")
    yield title.append(wording.show(language) if wording else "", style=STYLES.get(verdict, ""))
    yield from _sentence(half.get("window"), language, indent=INDENT)
    for card in half.get("cardPoints", []):
        for number, told in enumerate((card["cardPoint"].get("explanation"), card.get("limits"), card.get("remedy"))):
            yield from _sentence(told, language, indent=INDENT + 2 * INDENT * bool(number))
    yield from _sentence(half.get("explanation"), language, indent=INDENT)


def _overtime(day: Tree, language: Language) -> Iterator[RenderableType]:
    """Yield what was asked for as overtime, and what was found and not asked for."""
    for asked in day.get("overtime", []):
        yield from _sentence(asked.get("explanation"), language, below=True)
        yield from _sentence(asked.get("remedy"), language, indent=INDENT)
    yield from _sentence(day.get("unaskedOvertime"), language, below=True)


def _punches(punches: list[Tree], language: Language) -> Iterator[RenderableType]:
    if punches:
        yield Text("\n" + PUNCHES.show(language), style="bold")
    for punch in punches:
        where = " ".join(part for part in (punch.get("device"), punch.get("source")) if part)
        told = Text(f"{punch['localTime'][5:]}  ").append(punch["explanation"][language])
        yield Padding(told.append(f"  [{where}]" if where else "", style="dim"), (0, 0, 0, INDENT))
