"""The rows of a sheet of an xlsx file as texts, straight from its XML: a month of 500 people has a million cells."""

import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import lru_cache

from openpyxl.utils.datetime import from_excel, from_ISO8601

from bylaw_chassis.files.workbook import Row
from bylaw_chassis.files.workbook_parts import MAIN, PHONETIC, TEXT, Attributes, Contents, NoWorkbook, parser, walk

MOST_COLUMNS = 16_384
ROW, CELL, VALUE = MAIN + "row", MAIN + "c", MAIN + "v"
DIGITS = "0123456789"
ROUNDED_FROM = 1e15
"""Beyond it a program for spreadsheets keeps no digit, and writes what is left with an exponent."""


def rows_of(archive: zipfile.ZipFile, part: str, contents: Contents) -> Iterator[Row]:
    """The rows of a sheet that hold anything, in their order; raises whatever foreign bytes make of them."""
    reading = _Reading(contents)
    made = parser(reading.started, reading.ended, reading.text)
    with archive.open(part) as stream:
        for _ in walk(stream, made):
            yield from reading.rows
            reading.rows.clear()


class _Reading:
    """Where in the sheet the parser stands."""

    def __init__(self, contents: Contents) -> None:
        self.rows: list[Row] = []
        self._contents, self._number, self._texts = contents, 0, list[str]()
        self._column, self._kind, self._style = 0, "", ""
        self._wanted, self._spoken, self._pieces = False, 0, list[str]()

    def started(self, name: str, attributes: Attributes) -> None:
        if name == VALUE or (name == TEXT and not self._spoken):
            self._wanted = True
        elif name == CELL:
            place = attributes.get("r")
            self._column = _column(place.rstrip(DIGITS)) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces.clear()
        elif name == ROW:
            self._start_row(attributes.get("r"))
        elif name == PHONETIC:
            self._spoken += 1

    def ended(self, name: str) -> None:
        if name == CELL:
            if self._pieces:
                self._take("".join(self._pieces))
        elif name in {VALUE, TEXT}:
            self._wanted = False
        elif name == ROW:
            if self._texts:
                self.rows.append((self._number, self._texts))
        elif name == PHONETIC:
            self._spoken -= 1

    def text(self, piece: str) -> None:
        if self._wanted:
            self._pieces.append(piece)

    def _start_row(self, place: str | None) -> None:
        number = int(place) if place else self._number + 1
        if number <= self._number:
            raise NoWorkbook
        self._number, self._column, self._texts = number, 0, []

    def _take(self, said: str) -> None:
        text = self._shown(said)
        missing = self._column - 1 - len(self._texts)
        if missing < 0:
            raise NoWorkbook
        if text:
            self._texts.extend([""] * missing)
            self._texts.append(text)

    def _shown(self, said: str) -> str:
        """The text of a cell as people see it."""
        match self._kind:
            case "s":
                return self._contents.texts[int(said)]
            case "n" if self._style in self._contents.styles.dates:
                return self._moment(float(said))
            case "n":
                return _number_text(said)
            case "b":
                return str(bool(int(said)))
            case "d":
                return text_of(from_ISO8601(said))
            case _:
                return said.strip()

    def _moment(self, days: float) -> str:
        is_length = self._style in self._contents.styles.lengths
        try:
            return text_of(from_excel(days, self._contents.epoch, timedelta=is_length))
        except (OverflowError, ValueError):
            return "#VALUE!"


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or number > MOST_COLUMNS:
            raise NoWorkbook
        number = 26 * number + ord(letter) - ord("A") + 1
    if not 0 < number <= MOST_COLUMNS:
        raise NoWorkbook
    return number


def _number_text(said: str) -> str:
    """Whole numbers without a point; one that was rounded to its first digits shows that it was."""
    number = float(said) if any(mark in said for mark in ".eE") else int(said)
    if isinstance(number, float) and abs(number) >= ROUNDED_FROM:
        return f"{number:E}"
    return str(int(number)) if float(number).is_integer() else str(number)


def text_of(value: object) -> str:
    """The text of a date, a time, or how long something takes, in full."""
    match value:
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case time():
            return value.strftime("%H:%M:%S")
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return str(value).strip()
