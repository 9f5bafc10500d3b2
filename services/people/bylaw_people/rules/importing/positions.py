"""What a file of positions comes to (POS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bylaw_chassis.values import new_id

from bylaw_people.rules.importing.directory import Directory
from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.importing.sites import differs
from bylaw_people.rules.organisation import Position, UnitRecord, Wording


@dataclass(frozen=True, slots=True)
class PositionsPlan:
    """New positions, and how many lines were on record."""

    new: tuple[Position, ...]
    repeated: int


def plan_positions(lines: Sequence[Line], known: Sequence[Position], units: Sequence[UnitRecord]) -> PositionsPlan:
    """Refuses IMPORT_REFUSED. A position on record cannot be changed by a file."""
    faults, seen, by_code = Faults(), dict[str, Line](), {position.code: position for position in known}
    directory = Directory.of_units(units)
    new: list[Position] = []
    for line in lines:
        if not faults.check_line(line, "code") or faults.repeats(line, seen, "code"):
            continue
        unit = directory.find(line, "unit", faults)
        if unit is None:
            continue
        title = line.title if line.title.zh else Wording(line["code"], line["code"])
        position = Position(new_id(), line["code"], title, unit, line.duties)
        present = by_code.get(position.code)
        if present is None:
            new.append(position)
        elif replace(position, id=present.id) != present:
            differs(faults, line)
    faults.require_none()
    return PositionsPlan(tuple(new), len(lines) - len(new))
