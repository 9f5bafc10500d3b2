"""A CSV that people hand to a command: its columns by name, its rows with the line they stand in."""

import csv
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Wording

ENCODINGS = ("utf-8-sig", "gb18030")
MISSING = Wording("{file} has no column {columns}.", "{file} 缺少列 {columns}。")
EMPTY = Wording("{file} has no line below its heading.", "{file} 在标题行之后没有内容。")
UNREADABLE = Wording("{file} is no CSV in UTF-8 or GB18030.", "{file} 不是 UTF-8 或 GB18030 编码的 CSV。")
FAULTS = Wording("Nothing was changed; mend these in {file}:", "未作任何改动；请更正 {file}：")
AT = Wording("line {number}", "第 {number} 行")
Cells = Mapping[str, str]
Row = tuple[int, Cells]


def read_rows(file: Path, needed: Collection[str], language: Language) -> list[Row]:
    """Return each row with its line in the file; refuses what is no table, and one that lacks a column."""
    try:
        reader = csv.DictReader(_text(file, language).splitlines(), strict=True)
        rows: list[Row] = [(reader.line_num, _cells(row)) for row in reader]
    except (csv.Error, AttributeError) as error:
        raise Told(UNREADABLE.show(language).format(file=file.name), language) from error
    known = {name.strip().lower() for name in reader.fieldnames or ()}
    if lacking := [name for name in needed if name not in known]:
        raise Told(MISSING.show(language).format(file=file.name, columns=", ".join(lacking)), language)
    if not rows:
        raise Told(EMPTY.show(language).format(file=file.name), language)
    return rows


def read_each(
    file: Path, needed: Collection[str], make: Callable[[Cells], Any], *, rest: Rest, field: str, language: Language
) -> list[Any]:
    """Return what is made of each row, and name its line where the service refuses it as one of a field.

    Refuses the file with every line of which nothing can be made.
    """
    made: list[Any] = []
    faults: list[str] = []
    for number, row in read_rows(file, needed, language):
        line = AT.show(language).format(number=number)
        rest.places[f"{field}[{len(made)}]"] = line
        try:
            made.append(make(row))
        except Told as told:
            faults.append(f"{line}: {told.message}")
    if faults:
        raise Told("\n  ".join([FAULTS.show(language).format(file=file.name), *faults]), language)
    return made


def _cells(row: Mapping[str | None, str | None]) -> Cells:
    """Without blanks around; what stands beyond the last column is passed over."""
    return {key.strip().lower(): (value or "").strip() for key, value in row.items() if key}


def _text(file: Path, language: Language) -> str:
    content = file.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Told(UNREADABLE.show(language).format(file=file.name), language)
