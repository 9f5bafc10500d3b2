"""What a new edition of the rulebook that ships changes in the company's copy.

Where nothing of the company's own holds, the new words apply from the day the edition comes, or from their own later
day: days gone keep the words that were shown. A clause that the company has revised or retired keeps the company's
words; what ships is shown beside them. A clause that is new comes with its own dates.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bylaw_people.rules.rulebook.clauses import Book, Clause, ClauseRecord, Origin, Revision


def shipped_changes(
    known: Mapping[str, ClauseRecord], book: Book, today: date
) -> Iterator[tuple[ClauseRecord, Sequence[Revision]]]:
    """Each clause that changes, as it is then, and the revisions that are new."""
    for position, identifier in enumerate(book.ids()):
        wordings = book.of(identifier)
        record = known.get(identifier)
        before = record or ClauseRecord(identifier, wordings[-1].service, wordings[-1].kind, position)
        after = _renewed(before, wordings, today) if record else _begun(before, wordings)
        if after.revisions != before.revisions:
            yield after, after.revisions[len(before.revisions) :]


def _begun(record: ClauseRecord, wordings: Sequence[Clause]) -> ClauseRecord:
    for clause in wordings:
        record = record.with_revision(Revision(0, clause.effective_date, clause.wording, Origin.SHIPPED))
    return record


def _renewed(record: ClauseRecord, wordings: Sequence[Clause], today: date) -> ClauseRecord:
    if not record.follows_shipped(today):
        return record
    held = [clause for clause in wordings if clause.effective_date <= today][-1:]
    ahead = [clause for clause in wordings if clause.effective_date > today]
    for clause in (*held, *ahead):
        new = Revision(0, max(clause.effective_date, today), clause.wording, Origin.SHIPPED)
        if not new.says_as(record.on(new.effective_date)):
            record = record.with_revision(new)
    return record
