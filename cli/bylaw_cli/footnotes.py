"""The clauses of a sheet below it, each in the words that held on the days on which it decided."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.text import Text

from bylaw_cli.wording import Language, Wording

INDENT = 2


def footnotes(wordings: Sequence[Mapping[str, Any]], language: Language) -> Iterator[Padding]:
    """Yield a paragraph a wording; where a clause has several in the month, each says from which day."""
    times = Counter(wording["clause"] for wording in wordings)
    for wording in wordings:
        words = Text(wording["clause"], style="bold")
        for remark in _remarks(wording, several=times[wording["clause"]] > 1):
            words.append(f" {remark.show(language)}", style="dim")
        yield Padding(words.append(f"  {wording['wording'].get(language, '')}"), (0, 0, 0, INDENT))


def _remarks(wording: Mapping[str, Any], *, several: bool) -> Iterator[Wording]:
    since = wording.get("effectiveDate", "")
    if wording.get("retired"):
        yield Wording(f"(retired from {since})", f"（自 {since} 起废止）")
    elif several:
        yield Wording(f"(from {since})", f"（自 {since} 起）")
