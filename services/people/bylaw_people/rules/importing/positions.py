"""What a file of positions comes to (POS-1, POS-2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bylaw_chassis.values import new_id

from bylaw_people.rules.importing.directory import Directory
from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.importing.sites import differs
from bylaw_people.rules.importing.skills import months_in, skills_in
from bylaw_people.rules.organisation import PositionRecord, PositionVersion, UnitRecord, Wording
from bylaw_people.rules.requirements import Requirement
from bylaw_people.rules.versions import Dated


@dataclass(frozen=True, slots=True)
class PositionsPlan:
    """New positions, and how many lines were on record."""

    new: tuple[PositionRecord, ...]
    repeated: int


def plan_positions(
    lines: Sequence[Line], known: Sequence[PositionRecord], units: Sequence[UnitRecord], *, day: date
) -> PositionsPlan:
    """Refuses IMPORT_REFUSED. A position on record cannot be changed by a file; a new one is there with its unit."""
    faults, seen, by_code = Faults(), dict[str, Line](), {position.code: position for position in known}
    directory = Directory.of_units(units)
    new: list[PositionRecord] = []
    for line in lines:
        if not faults.check_line(line, "code") or faults.repeats(line, seen, "code"):
            continue
        unit, asked = directory.find(line, "unit", faults), requirements_in(line, faults)
        if unit is None or asked is None:
            continue
        title = line.title if line.title.zh else Wording(line["code"], line["code"])
        work = Wording(line["work_zh"], line["work_en"])
        position = PositionVersion(title, unit, line.duties, work, asked)
        present = by_code.get(line["code"])
        if present is None:
            new.append(Dated(new_id(), line["code"], revision=1, versions=(position,)))
        elif not _says_the_same(present, position, day):
            differs(faults, line)
    faults.require_none()
    return PositionsPlan(tuple(new), len(lines) - len(new))


def requirements_in(line: Line, faults: Faults) -> tuple[Requirement, ...] | None:
    """What a line says that the position asks for; nothing where the line is at fault."""
    needed, wished = (skills_in(line, column, faults) for column in ("required_skills", "optional_skills"))
    months = months_in(line, "required_experience_months", faults)
    if needed is None or wished is None or months is None:
        return None
    asked = [Requirement(skill, count) for skill, count in needed.items()]
    asked += [Requirement(skill, count, optional=True) for skill, count in wished.items() if skill not in needed]
    return (*asked, Requirement("", months)) if months else tuple(asked)


def _says_the_same(present: PositionRecord, position: PositionVersion, day: date) -> bool:
    holds = present.as_of(day)
    return holds is not None and replace(position, effective_date=holds.effective_date) == holds
