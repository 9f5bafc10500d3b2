"""Retires a clause from a date on: its last words stay, marked, so that whatever cites it goes on to show them."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.refusals import ClauseNotFound
from bylaw_people.rules.rulebook.clauses import ClauseRecord, Origin, Revision
from bylaw_people.rules.rulebook.writing import require_reason
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.rulebook.finding import PERMISSION, ClauseWish, clause_locked, written


def retire_clause(wish: ClauseWish, caller: Caller, needs: Needs) -> ClauseRecord:
    """Refuses CLAUSE_NOT_FOUND (also before its first day), CLAUSE_CHANGED, FIELD_INVALID, PERMISSION_MISSING."""
    require_everywhere(caller, PERMISSION)
    require_reason(wish.reason)
    with needs.store.work(caller) as records:
        record = clause_locked(records, wish)
        present = record.on(wish.day)
        if present is None:
            raise ClauseNotFound
        last = Revision(0, wish.day, present.wording, Origin.COMPANY, wish.reason, retired=True)
        return written(records, record, last)
