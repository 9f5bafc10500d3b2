"""Skills and months of experience as files write them: `Excel:12;SQL`."""

from bylaw_people.rules.fields import MOST_MONTHS, MOST_SKILLS, shown
from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.requirements import normal_skill

SEPARATORS = str.maketrans({"；": ";", "、": ";", "：": ":", "|": ";"})


def skills_in(line: Line, column: str, faults: Faults) -> dict[str, int] | None:
    """Months of experience by skill; nothing where the cell is at fault."""
    found: dict[str, int] = {}
    for part in line[column].translate(SEPARATORS).split(";"):
        skill, _, text = (piece.strip() for piece in part.partition(":"))
        if not part.strip():
            continue
        months = _months(text or "0")
        if not skill or months is None or any(normal_skill(skill) == normal_skill(other) for other in found):
            said = (
                f"{shown(part.strip())} 应为技能或 技能:月数，且不重复",
                f"{shown(part.strip())} is no skill, or twice",
            )
            faults.add(line, column, "FIELD_INVALID", zh=said[0], en=f"{said[1]}; write Excel or Excel:12")
            return None
        found[skill] = months
    if len(found) > MOST_SKILLS:
        faults.add(line, column, "FIELD_INVALID", zh=f"最多 {MOST_SKILLS} 项", en=f"at most {MOST_SKILLS} skills")
        return None
    return found


def months_in(line: Line, column: str, faults: Faults) -> int | None:
    """So many months, 0 for an empty cell; nothing where the cell is at fault."""
    months = _months(line[column] or "0")
    if months is None:
        said = f"应为 0 到 {MOST_MONTHS} 的整数", f"must be a whole number from 0 to {MOST_MONTHS}"
        faults.add(line, column, "FIELD_INVALID", zh=said[0], en=said[1])
    return months


def _months(text: str) -> int | None:
    good = text.isdecimal() and text.isascii() and len(text) <= 4 and int(text) <= MOST_MONTHS
    return int(text) if good else None
