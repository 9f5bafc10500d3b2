"""Goes back to the words that ship, from a date on."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.rulebook.clauses import Book, ClauseRecord, Origin, Revision
from bylaw_people.rules.rulebook.refusals import ClauseNotShipped
from bylaw_people.rules.rulebook.writing import require_reason
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.rulebook.finding import PERMISSION, ClauseWish, clause_locked, written


def restore_clause(wish: ClauseWish, caller: Caller, needs: Needs, book: Book) -> ClauseRecord:
    """Refuses CLAUSE_NOT_FOUND, CLAUSE_NOT_SHIPPED, CLAUSE_CHANGED, FIELD_INVALID, PERMISSION_MISSING."""
    require_everywhere(caller, PERMISSION)
    require_reason(wish.reason)
    with needs.store.work(caller) as records:
        record = clause_locked(records, wish)
        ships = book.clause_on(wish.clause, wish.day)
        if ships is None:
            raise ClauseNotShipped(clause_id=wish.clause)
        return written(records, record, Revision(0, wish.day, ships.wording, Origin.RESTORED, wish.reason))
