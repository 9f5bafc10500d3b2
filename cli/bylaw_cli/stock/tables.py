"""Rows of goods as a table, numbers to the right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from bylaw_cli.answering import NOTHING, visible
from bylaw_cli.sheet import make_console
from bylaw_cli.wording import Language, Wording


@dataclass(frozen=True)
class Column:
    """What stands above a column; numbers stand to the right."""

    title: Wording
    number: bool = False
    wraps: bool = False
    """What is longer goes on in the next line."""


def show_rows(columns: Sequence[Column], rows: Iterable[Sequence[str]], language: Language) -> None:
    """Print them without the columns that are empty throughout; that there is nothing is said."""
    told, console = list(rows), make_console()
    if not told:
        console.print(NOTHING.show(language))
        return
    filled = [index for index in range(len(columns)) if any(row[index] for row in told)]
    table = Table(show_edge=False, pad_edge=False, header_style="dim")
    for column in (columns[index] for index in filled):
        table.add_column(
            column.title.show(language), justify="right" if column.number else "left", no_wrap=not column.wraps
        )
    for row in told:
        table.add_row(*(Text(visible(row[index])) for index in filled))
    console.print(table)
