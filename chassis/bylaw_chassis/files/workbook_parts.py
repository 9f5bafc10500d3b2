"""The parts of an xlsx file that its sheets lean on: where each sheet is, shared texts, which styles show times."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import IO, NamedTuple
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

WORKBOOK_PART, RELATIONS_PART = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
ITEM, TEXT, PHONETIC = MAIN + "si", MAIN + "t", MAIN + "rPh"
CHUNK_BYTES = 2**16
Attributes = dict[str, str]
Started = Callable[[str, Attributes], None]


class NoWorkbook(Exception):  # noqa: N818 - it says what it is
    """A part that no program for spreadsheets writes."""


class Styles(NamedTuple):
    """Which styles of cells show a number as a date or a time, and which as how long something takes."""

    dates: frozenset[str] = frozenset()
    lengths: frozenset[str] = frozenset()


class Contents(NamedTuple):
    """What a workbook holds: the part of each sheet by its title, and what all sheets lean on."""

    sheets: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    styles: Styles
    epoch: datetime


def contents(archive: zipfile.ZipFile) -> Contents:
    """Read it; raises whatever foreign bytes make of it."""
    starts = list(_starts(archive, WORKBOOK_PART))
    related = {each["Id"]: each for name, each in _starts(archive, RELATIONS_PART) if name.endswith(" Relationship")}
    kinds = {identifier: each["Type"].rpartition("/")[2] for identifier, each in related.items()}
    parts = {identifier: _place(each["Target"]) for identifier, each in related.items()}
    own = {kind: parts[identifier] for identifier, kind in kinds.items()}
    named = [(each["name"], each[RELATED]) for name, each in starts if name == MAIN + "sheet"]
    since_1904 = any(each.get("date1904") in {"1", "true"} for name, each in starts if name == MAIN + "workbookPr")
    return Contents(
        tuple((title.strip(), parts[identifier]) for title, identifier in named if kinds[identifier] == "worksheet"),
        tuple(_texts(archive, own["sharedStrings"])) if "sharedStrings" in own else (),
        _styles(archive, own["styles"]) if "styles" in own else Styles(),
        CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900,
    )


def parser(started: Started, ended: Callable[[str], None], text: Callable[[str], None]) -> expat.XMLParserType:
    """A parser of a part; no spreadsheet declares entities, by which a few bytes become many."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartElementHandler, made.EndElementHandler, made.CharacterDataHandler = started, ended, text
    made.StartDoctypeDeclHandler = _refuse
    return made


def walk(stream: IO[bytes], made: expat.XMLParserType) -> Iterator[None]:
    """Feeds a part to its parser, a piece each time."""
    while piece := stream.read(CHUNK_BYTES):
        made.Parse(piece, False)
        yield
    made.Parse(b"", True)
    yield


def _refuse(*_: object) -> None:
    raise NoWorkbook


def _starts(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Attributes]]:
    """Every element of a small part with its attributes, in order."""
    found: list[tuple[str, Attributes]] = []
    made = parser(lambda name, attributes: found.append((name, attributes)), _nothing, _nothing)
    with archive.open(part) as stream:
        for _ in walk(stream, made):
            yield from found
            found.clear()


def _nothing(_: str) -> None:
    """Neither ends nor texts are wanted."""


def _place(target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def _texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The shared texts as people see them: their runs joined, how they are pronounced left out."""
    found: list[str] = []
    pieces: list[str] = []
    wanted = [False]

    def started(name: str, _: Attributes) -> None:
        if name == ITEM:
            pieces.clear()
        wanted[-1] = name == TEXT and len(wanted) == 1
        if name == PHONETIC:
            wanted.append(False)

    def ended(name: str) -> None:
        if name == PHONETIC:
            wanted.pop()
        elif name == ITEM:
            found.append("".join(pieces).strip())
        wanted[-1] = False

    def text(piece: str) -> None:
        if wanted[-1]:
            pieces.append(piece)

    with archive.open(part) as stream:
        for _ in walk(stream, parser(started, ended, text)):
            pass
    return found


def _styles(archive: zipfile.ZipFile, part: str) -> Styles:
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    used: list[int] = []
    within = ""
    for name, attributes in _starts(archive, part):
        match name.removeprefix(MAIN):
            case "numFmt" if within == "numFmts":
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            case "xf" if within == "cellXfs":
                used.append(int(attributes.get("numFmtId", "0")))
            case "numFmts" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs" as group:
                within = group
    return Styles(_numbered(used, formats, is_date_format), _numbered(used, formats, is_timedelta_format))


def _numbered(used: list[int], formats: Mapping[int, str], shows: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(str(style) for style, number in enumerate(used) if shows(formats.get(number, "General")))
