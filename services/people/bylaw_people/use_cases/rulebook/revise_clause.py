"""Words a clause anew from a date on; what was written before stays on record."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import ClauseRecord
from bylaw_people.rules.rulebook.writing import revision
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.rulebook.finding import PERMISSION, ClauseWish, clause_locked, written


def revise_clause(wish: ClauseWish, wording: Wording, caller: Caller, needs: Needs) -> ClauseRecord:
    """Refuses CLAUSE_NOT_FOUND, CLAUSE_CHANGED, FIELD_INVALID, PERMISSION_MISSING."""
    require_everywhere(caller, PERMISSION)
    new = revision(wording, wish.day, wish.reason)
    with needs.store.work(caller) as records:
        return written(records, clause_locked(records, wish), new)
