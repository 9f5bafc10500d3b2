"""A rota as a file, csv or xlsx: a row for each person, a column for each day, the word of the day where they meet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from bylaw_attendance.rules.judging.punch import file_words
from bylaw_chassis.files.csv_rows import numbered_rows
from bylaw_chassis.files.opening import SIZE_LIMIT_BYTES, open_text
from bylaw_chassis.files.refused import FileRefused
from bylaw_chassis.files.workbook import ZIP_START, sheets_of
from bylaw_chassis.workbook_page import Page, new_workbook

from bylaw_cli.rest import Told
from bylaw_cli.sheet_words import WEEKDAYS
from bylaw_cli.wording import Language, Wording

NUMBER, NAME = Wording("number", "工号"), Wording("name", "姓名")
LEAD = 2
"""So many columns stand before the days: number and name."""
HEADING = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b")
BACK, OWN_PATTERN = "-", "*"
"""What a cell says for taking back what is published, and for a day that a pattern of its own decides."""
NOT_A_FILE = Wording("{file}: {why}", "{file}：{why}")
NO_ROWS = Wording("{file} holds no row of a heading and days.", "{file} 中没有表头和日期。")
NO_DAY = Wording("{place}: the heading is no day such as 2026-12-01.", "{place}：表头不是日期，如 2026-12-01。")
TWICE = Wording("{place}: the day {day} is there twice.", "{place}：日期 {day} 出现两次。")


class Row(NamedTuple):
    """A row of the file: its number as a spreadsheet shows it, who it is about, and the words by day."""

    number: int
    who: tuple[str, ...]
    words: dict[str, str]


class RotaFile(NamedTuple):
    """What a file says: its days by column, its rows, and what is wrong with its heading."""

    columns: dict[str, int]
    rows: list[Row]
    faults: list[str]

    def place(self, row: int, day: str) -> str:
        """Where the word of a row and a day stands, as a spreadsheet calls it."""
        return f"{column_letters(self.columns[day])}{row}"


def read(file: Path, language: Language) -> RotaFile:
    """Read a file; refuses one that is no table at all."""
    try:
        rows = list(_rows(file.read_bytes()))
    except FileRefused as refused:
        zh, en = file_words(refused)
        why = Wording(en, zh).show(language)
        raise Told(NOT_A_FILE.show(language).format(file=file.name, why=why), language) from refused
    if not rows:
        raise Told(NO_ROWS.show(language).format(file=file.name), language)
    head, *body = rows
    columns, faults = _columns(head, language)
    return RotaFile(columns, [_row(number, texts, columns) for number, texts in body if any(texts)], faults)


def write(
    file: Path, days: Sequence[str], rows: Iterable[Sequence[str]], *, made: datetime, language: Language
) -> None:
    """Write a file: workbook or csv, by its ending."""
    head = [NUMBER.show(language), NAME.show(language), *(f"{day} {_weekday(day, language)}" for day in days)]
    if file.suffix.lower() == ".xlsx":
        file.write_bytes(_workbook(head, rows, made))
        return
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    file.write_bytes(text.getvalue().encode("utf-8-sig"))  # without the mark spreadsheets misread Chinese names


def column_letters(place: int) -> str:
    """Return what a spreadsheet calls the column at a place, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    if content.startswith(ZIP_START):
        first, *_ = sheets_of(content, size_limit_bytes=SIZE_LIMIT_BYTES)
        yield from first.rows()
    else:
        yield from numbered_rows(open_text(content))


def _columns(head: tuple[int, list[str]], language: Language) -> tuple[dict[str, int], list[str]]:
    """Return the columns of the days, and what is wrong with the heading; an empty heading is passed over."""
    number, texts = head
    columns: dict[str, int] = {}
    faults = []
    for place, text in enumerate(texts):
        if place < LEAD or not text.strip():
            continue
        where, day = f"{column_letters(place)}{number}", _day(text)
        if not day:
            faults.append(NO_DAY.show(language).format(place=where))
        elif day in columns:
            faults.append(TWICE.show(language).format(place=where, day=day))
        else:
            columns[day] = place
    return columns, faults


def _day(heading: str) -> str:
    found = HEADING.match(heading.strip())
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _row(number: int, texts: list[str], columns: dict[str, int]) -> Row:
    words = {day: texts[place].strip() for day, place in columns.items() if place < len(texts)}
    who = tuple(text.strip() for text in texts[:LEAD] if text.strip())
    return Row(number, who, {day: word for day, word in words.items() if word})


def _weekday(day: str, language: Language) -> str:
    return WEEKDAYS[language][date.fromisoformat(day).weekday()]


def _workbook(head: Sequence[str], rows: Iterable[Sequence[str]], made: datetime) -> bytes:
    target = io.BytesIO()
    book, styles = new_workbook(target, made)
    page = Page(book.add_worksheet(), styles)
    page.head_with([head], [10, 12, *[14] * (len(head) - LEAD)])
    for row in rows:
        page.add(row)
    book.close()
    return target.getvalue()
