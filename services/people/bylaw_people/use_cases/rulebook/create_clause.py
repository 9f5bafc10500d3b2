"""Adds a clause of the company's own."""

from bylaw_chassis.caller import Caller

from bylaw_people.events import clause_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.rulebook.clauses import COMPANY, ClauseKind, ClauseRecord, Revision
from bylaw_people.rules.rulebook.refusals import ClauseIdTaken
from bylaw_people.rules.rulebook.writing import OWN_POSITION, require_own_id, require_own_kind
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.rulebook.finding import PERMISSION


def create_clause(clause: str, kind: ClauseKind, first: Revision, caller: Caller, *, needs: Needs) -> ClauseRecord:
    """Refuses CLAUSE_ID_TAKEN, FIELD_INVALID, PERMISSION_MISSING."""
    require_everywhere(caller, PERMISSION)
    require_own_id(clause)
    require_own_kind(kind)
    record = ClauseRecord(clause, COMPANY, kind, OWN_POSITION).with_revision(first)
    with needs.store.work(caller) as records:
        if not records.rulebook.add([record]):
            raise ClauseIdTaken(clause_id=clause)
        records.publish(clause_changed(record))
    return record
