"""Tables whose columns are found by their names: title lines, a heading of one or two lines, rows of text below."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import Row, Sheet

NAME = "姓名"
SAYS_WHOSE = (NAME, "工号", "账号", "日期", "时间")
HEADING_WITHIN = 12


class Column(NamedTuple):
    """A heading: its own name and that of the group above it, "" where it stands in none."""

    own: str
    group: str

    @property
    def joined(self) -> str:
        return self.group + self.own


class Table(NamedTuple):
    """A sheet whose heading was found."""

    title: str
    above: str
    line_number: int
    columns: tuple[Column, ...]
    sheet: Sheet
    first_row: int

    def rows(self) -> Iterator[Row]:
        """Walk the rows below the heading, each as wide as it."""
        width = len(self.columns)
        for number, texts in self.sheet.rows():
            if number >= self.first_row:
                yield number, [*texts[:width], *[""] * (width - len(texts))]

    def place(self, *names: str) -> int | None:
        """The place of the column with the first of these names that is there; refuses one that is there twice."""
        for name in names:
            found = [place for place, column in enumerate(self.columns) if name in {column.own, column.joined}]
            if len(found) > 1:
                raise self.wrong(found[1], expected_zh=f"唯一的“{name}”", expected_en=f"only one “{name}”")
            if found:
                return found[0]
        return None

    def needed(self, *names: str) -> int:
        """The place of a column that must be there; refuses its absence by name."""
        found = self.place(*names)
        if found is None:
            raise self.missing(*names)
        return found

    def missing(self, *names: str) -> FileRefused:
        """The refusal of a table that lacks a column."""
        zh, en = "或".join(f"“{name}”" for name in names), " or ".join(f"“{name}”" for name in names)
        return self.wrong(len(self.columns), expected_zh=zh, expected_en=en)

    def wrong(self, place: int, *, expected_zh: str, expected_en: str) -> FileRefused:
        """The refusal of a heading; a place behind the last one: of what should stand there."""
        return FileRefused(
            FileReason.HEADER_WRONG,
            line_number=str(self.line_number),
            column_number=str(place + 1),
            seen=self.columns[place].joined[:40] if place < len(self.columns) else "",
            expected_zh=expected_zh,
            expected_en=expected_en,
        )


def find_table(sheet: Sheet) -> Table | None:
    """The table of a sheet, told by a heading that names people; None where it has none."""
    above: list[str] = []
    rows = islice(sheet.rows(), HEADING_WITHIN + 1)
    for number, texts in rows:
        names = [_plain(text) for text in texts]
        if NAME in names:
            below = next(rows, None)
            return _table(sheet, " ".join(above), (number, names), below=below)
        above.extend(text for text in texts if text)
    return None


def _table(sheet: Sheet, above: str, heading: Row, *, below: Row | None) -> Table:
    line_number, names = heading
    if below is None or not _is_second_line(names, below[1]):
        columns = tuple(Column(name, "") for name in names)
        return Table(sheet.title, above, line_number, _trimmed(columns), sheet, line_number + 1)
    second = [_plain(text) for text in below[1]]
    width = max(len(names), len(second))
    columns = _grouped([*names, *[""] * (width - len(names))], [*second, *[""] * (width - len(second))])
    return Table(sheet.title, above, line_number, _trimmed(columns), sheet, below[0] + 1)


def _is_second_line(names: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a heading goes on: below it, what says whose a row is and of which day is empty, being merged."""
    places = [place for place, name in enumerate(names) if name in SAYS_WHOSE]
    return not any(place < len(texts) and texts[place].strip() for place in places)


def _grouped(tops: Sequence[str], subs: Sequence[str]) -> tuple[Column, ...]:
    columns: list[Column] = []
    group = ""
    for top, sub in zip(tops, subs, strict=True):
        group = top or group
        columns.append(Column(sub, group) if sub else Column(top, ""))
    return tuple(columns)


def _trimmed(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Without the columns behind the last one that has a name."""
    last = max((place for place, column in enumerate(columns) if column.joined), default=-1)
    return columns[: last + 1]


def _plain(text: str) -> str:
    return "".join(text.split())
