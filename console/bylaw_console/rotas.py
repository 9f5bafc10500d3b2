"""A month of the rota as a grid: who, what is published of each day, what the day is anyway, and its words."""

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import policies_pb2, rota_pb2, sheets_pb2
from google.protobuf.json_format import MessageToDict

from bylaw_console.desk import MOST_ROWS, Desk

MOST_CELLS = 1000
OWN_PATTERN = "*"
"""What a cell shows that a pattern of its own decides: it may be replaced, but not written here."""

REST, FLOATING = "rest", "floating"
CLAUSES = {
    "ROTA_REST_NOT_GRANTED": "HRS-2",
    "ROTA_WEEK_WITHOUT_REST": "HRS-7",
    "ROTA_GAP_TOO_SHORT": "HRS-7",
    "ROTA_HOURS_EXCEEDED": "HRS-7",
    "ROTA_FLOATING_DAY_USED": "HRS-1",
    "ROTA_FLOATING_DAY_ON_LEAVE": "HRS-1",
    "ROTA_FLOATING_DAY_IDLE": "HRS-1",
    "MONTH_CLOSED": "SHT-3",
}
"""The clause behind what a dry run says would be refused: its faults carry a reason alone."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the rota: the key that sets it, what a cell shows, what it is called."""

    key: str
    code: str
    shown: str
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of somebody: what is published, and whether the day is off (holiday, rest or leave) or worked."""

    day: str
    code: str
    is_off: bool
    why_off: str
    short_notice: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's month."""

    person: str
    name: str
    number: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Fault:
    """What would be refused, and of whose day."""

    person: str
    day: str
    message: str
    clause: str


def days_of(month: str) -> list[str]:
    """The days of a month, `YYYY-MM`; ValueError if it is none."""
    year, number = (int(part) for part in month.split("-"))
    return [f"{month}-{day:02}" for day in range(1, monthrange(year, number)[1] + 1)]


def lines_of(desk: Desk, unit: str, month: str) -> list[Line]:
    """The people of a unit and below, with what their sheets and the published rota say of each day."""
    wish = sheets_pb2.ListSheetsRequest(parent=unit, month=month, page_size=MOST_ROWS)
    published = {(cell.person, cell.work_date): cell for cell in published_of(desk, unit, month)}
    return [_line(sheet, month, published, desk) for sheet in desk.ask(wish).sheets]


def published_of(desk: Desk, unit: str, month: str) -> Iterator[Any]:
    """Every cell that is published."""
    token = ""
    while True:
        wish = rota_pb2.ListRotaCellsRequest(parent=unit, month=month, page_size=MOST_CELLS, page_token=token)
        page = desk.ask(wish)
        yield from page.rota_cells
        token = page.next_page_token
        if not token:
            return


def _line(sheet: Any, month: str, published: Mapping[tuple[str, str], Any], desk: Desk) -> Line:
    person = sheet.name.partition("/sheets/")[0]
    known = {day.work_date: day for day in sheet.days}
    cells = [_cell(day, known.get(day), published.get((person, day)), desk) for day in days_of(month)]
    return Line(person, sheet.display_name, sheet.employee_number, cells)


def _cell(day: str, known: Any, published: Any, desk: Desk) -> Cell:
    code = "" if published is None else (OWN_PATTERN if published.shift_pattern else published.code)
    is_off = known is not None and not known.halves
    why = ""
    if is_off:
        why = desk.text(known.leave[0].title) if known.leave else desk.named(known, "kind")
    return Cell(day, code, is_off, why, published is not None and published.short_notice)


def words_of(desk: Desk, lines: Iterable[Line], month: str) -> list[Word]:
    """The words to choose from: rest, the floating day, the shifts that assigned patterns name, and those in use."""
    wish = policies_pb2.ListPatternAssignmentsRequest(running_on_date=f"{month}-01", page_size=MOST_CELLS)
    assigned = desk.ask_or(policies_pb2.ListPatternAssignmentsResponse(), wish).pattern_assignments
    codes = [code for one in assigned for code in _codes(MessageToDict(one.parameters))]
    used = [cell.code for line in lines for cell in line.cells if cell.code not in {"", OWN_PATTERN}]
    words: dict[str, Word] = {}
    for code in (REST, FLOATING, *codes, *used):
        if code not in words:
            words[code] = _word(code, {word.key for word in words.values()}, desk)
    return list(words.values())


def _word(code: str, taken: set[str], desk: Desk) -> Word:
    key = next((letter for letter in code.upper() if letter.isalnum() and letter not in taken), "")
    if code in {REST, FLOATING}:
        return Word(key, code, desk.t(f"rota_short.{code}"), desk.t(f"rota_word.{code}"))
    return Word(key, code, code[:3], code)


def _codes(parameters: Any) -> Iterator[str]:
    """The codes of shifts that a pattern's parameters hold, wherever they stand."""
    if isinstance(parameters, dict):
        code = parameters.get("code")
        if isinstance(code, str):
            yield code
        for value in parameters.values():
            yield from _codes(value)
    elif isinstance(parameters, list):
        for value in parameters:
            yield from _codes(value)


def wished(form: Any) -> list[Any]:
    """The cells that a form sends: those of the grid as JSON, or somebody's days one by one."""
    try:
        sent = json.loads(form.get("cells") or "[]")
    except ValueError:
        sent = []
    listed = sent if isinstance(sent, list) else []
    cells = [_sent(one) for one in listed if isinstance(one, dict)]
    person = form.get("person", "")
    for name, code in form.items():
        if name.startswith("d-") and code not in {OWN_PATTERN, form.get(f"w-{name[2:]}", "")}:
            cells.append(rota_pb2.RotaCell(person=person, work_date=name[2:], code=code))
    return cells


def _sent(one: Mapping[str, Any]) -> Any:
    return rota_pb2.RotaCell(
        person=str(one.get("person", "")), work_date=str(one.get("day", "")), code=str(one.get("code", ""))
    )


def as_json(cells: Iterable[Any]) -> str:
    """Cells as a form carries them."""
    return json.dumps([{"person": one.person, "day": one.work_date, "code": one.code} for one in cells])


def faults_of(found: Iterable[Any], cells: list[Any], desk: Desk) -> list[Fault]:
    """What a dry run says would be refused, each at its cell."""
    return [_fault(fault, cells, desk) for fault in found]


def _fault(fault: Any, cells: list[Any], desk: Desk) -> Fault:
    number = fault.field.partition("[")[2].partition("]")[0]
    cell = cells[int(number)] if number.isdigit() and int(number) < len(cells) else None
    person, day = (cell.person, cell.work_date) if cell is not None else ("", "")
    return Fault(person, day, desk.text(fault.message), CLAUSES.get(fault.reason, "HRS-2"))
