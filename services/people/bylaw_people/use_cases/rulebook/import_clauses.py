"""Takes in a file of clauses: all of it, or nothing and every faulty line named."""

from dataclasses import dataclass

from bylaw_chassis.caller import Caller
from bylaw_chassis.faults import TransientFault

from bylaw_people.events import clause_changed
from bylaw_people.files.csv_lines import read_lines
from bylaw_people.files.headers import FileKind
from bylaw_people.ports import Needs
from bylaw_people.rules.rulebook.importing import plan_rulebook
from bylaw_people.rules.rulebook.writing import require_reason
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.rulebook.finding import PERMISSION


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many lines made a revision, and how many said what holds already."""

    taken: int
    repeated: int


def import_clauses(data: bytes, reason: str, caller: Caller, needs: Needs) -> Outcome:
    """Refuses IMPORT_REFUSED, FILE_NOT_RECOGNISED, FILE_EMPTY, FILE_TOO_LARGE, FIELD_INVALID, PERMISSION_MISSING."""
    require_everywhere(caller, PERMISSION)
    if reason:
        require_reason(reason)
    lines = read_lines(data, FileKind.CLAUSES)
    with needs.store.work(caller) as records:
        known = {record.id: record for record in records.rulebook.records(lock=True)}
        plan = plan_rulebook(lines, known, reason)
        if not records.rulebook.add(plan.new):
            raise TransientFault  # somebody was quicker with an id: read again, it is on record now
        records.rulebook.revise(plan.changed)
        records.publish(*(clause_changed(record) for record in (*plan.new, *(one for one, _ in plan.changed))))
    return Outcome(len(lines) - plan.repeated, plan.repeated)
