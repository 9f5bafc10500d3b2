"""Tables, cells and anchors of Markdown, as the common forges show them."""

import re
from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by `make docs`; change what it describes, not this page. -->"


def page(title: str, introduction: str, *parts: str) -> str:
    """A whole page, one blank line between its parts."""
    return "\n\n".join([f"# {title}", NOTICE, introduction, *(part for part in parts if part)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty text where there is no row."""
    lines = [f"| {' | '.join(cell(text) for text in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *lines])


def without_empty_columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of a table less the columns in which no row has anything."""
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    return [heads[place] for place in kept], [[row[place] for place in kept] for row in rows]


def bullets(items: Iterable[str]) -> str:
    """A list, one item a line."""
    return "\n".join(f"- {item}" for item in items)


def cell(text: str) -> str:
    """Text that stays within its cell."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def code(text: object) -> str:
    """Text set as code; nothing for nothing."""
    shown = str(text)
    return f"`{shown}`" if shown else ""


def anchor(heading: str) -> str:
    """What a heading is linked by: lower case, without punctuation, blanks as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(text: str, heading: str, *, page_name: str = "") -> str:
    """A link to a heading of this or another page."""
    return f"[{text}]({page_name}#{anchor(heading)})"


def sentence(docstring: str | None) -> str:
    """The first paragraph of a docstring, in one line."""
    return re.sub(r"\s+", " ", (docstring or "").strip().split("\n\n")[0])


def plain_names(annotation: str) -> str:
    """A type without the modules its names are from."""
    return re.sub(r"\b(?:[a-z_]+\.)+(?=\w)|~", "", annotation)
