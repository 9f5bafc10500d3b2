"""Reads the cells that somebody asks to publish: of each cell every field that cannot be read is a fault of its own."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_attendance.rules.refusals import BatchTooLarge
from bylaw_attendance.rules.rota.rota import LONGEST_CODE, CellWish
from bylaw_attendance.rules.rota.rota_refusals import RotaFaults
from bylaw_attendance.use_cases.forms import business_date, optional_pattern, parameters

LARGEST_BATCH = 10_000


class AskedCells(NamedTuple):
    """The cells that can be read, by their number in the request, and the faults of the others."""

    wishes: Mapping[int, CellWish]
    faults: RotaFaults


def asked_cells(cells: Sequence[Any]) -> AskedCells:
    """The cells of a request; refuses BATCH_TOO_LARGE."""
    if len(cells) > LARGEST_BATCH:
        raise BatchTooLarge(limit=LARGEST_BATCH, count=len(cells))
    faults = RotaFaults()
    read = {number: _wish(number, cell, faults) for number, cell in enumerate(cells)}
    return AskedCells({number: wish for number, wish in read.items() if wish}, faults)


def _wish(number: int, cell: Any, faults: RotaFaults) -> CellWish | None:
    """The cell, if all of it can be read; fields are named as within the cell."""
    tried = partial(faults.tried, number)
    person = tried(partial(resource_id, cell.person, "people", field="person"))
    work_date = tried(partial(business_date, cell.work_date, field="work_date"))
    code = tried(partial(_code, cell))
    pattern = tried(partial(optional_pattern, cell.shift_pattern, field="shift_pattern"))
    given = tried(partial(_parameters, cell))
    if person is None or work_date is None or code is None or pattern is None or given is None:
        return None
    return CellWish(person, work_date, code, pattern, given)


def _code(cell: Any) -> str:
    code: str = cell.code
    if len(code) > LONGEST_CODE or not code.isprintable():
        raise FieldInvalid(
            field="code",
            zh=f"应为至多 {LONGEST_CODE} 个可见字符",
            en=f"expected at most {LONGEST_CODE} visible characters",
        )
    return code


def _parameters(cell: Any) -> Mapping[str, Any]:
    """Parameters of the pattern that the cell names; without one nobody would heed them."""
    given = parameters(cell.parameters, field="parameters")
    if given and not cell.shift_pattern:
        raise FieldInvalid(
            field="parameters",
            zh="参数属于某一班制，而本格未写明班制；请写明班制，或去掉参数",
            en="belong to a shift pattern and the cell names none; name it, or leave them out",
        )
    return given
