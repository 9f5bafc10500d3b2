"""Finds a clause to be revised, by somebody who may revise the rulebook of the whole organisation."""

from dataclasses import dataclass
from datetime import date

from bylaw_people.events import clause_changed
from bylaw_people.ports import Records
from bylaw_people.rules.refusals import ClauseNotFound
from bylaw_people.rules.rulebook.clauses import ClauseRecord, Revision
from bylaw_people.rules.rulebook.writing import require_seen

PERMISSION = "people.clauses.revise"


@dataclass(frozen=True, slots=True)
class ClauseWish:
    """Which clause shall change, from which day and why; `etag` is what the caller saw, empty: whatever it is now."""

    clause: str
    day: date
    reason: str
    etag: str = ""


def clause_existing(records: Records, clause: str) -> ClauseRecord:
    """A clause; refuses CLAUSE_NOT_FOUND."""
    found = records.rulebook.find(clause)
    if found is None:
        raise ClauseNotFound
    return found


def clause_locked(records: Records, wish: ClauseWish) -> ClauseRecord:
    """A clause that nobody else revises meanwhile; refuses CLAUSE_NOT_FOUND, CLAUSE_CHANGED."""
    found = records.rulebook.find(wish.clause, lock=True)
    if found is None:
        raise ClauseNotFound
    require_seen(found, wish.etag)
    return found


def written(records: Records, record: ClauseRecord, revision: Revision) -> ClauseRecord:
    """The clause with a revision on record, and told to others; one that changes nothing is not written."""
    if record.says_already(revision):
        return record
    after = record.with_revision(revision)
    records.rulebook.revise([(after, after.revisions[-1:])])
    records.publish(clause_changed(after))
    return after
