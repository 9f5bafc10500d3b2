"""Clauses, their revisions and their differences as messages of the contract."""

from bylaw.people.v1 import rulebook_pb2 as messages
from bylaw_chassis.values import resource_name

from bylaw_people.events import CLAUSE_KINDS, text_message
from bylaw_people.message_values import instant_message, told
from bylaw_people.rules.rulebook.clauses import ClauseRecord, ClauseView, Difference, Origin, Revision

ORIGINS = {
    Origin.SHIPPED: messages.CLAUSE_ORIGIN_SHIPPED,
    Origin.COMPANY: messages.CLAUSE_ORIGIN_COMPANY,
    Origin.RESTORED: messages.CLAUSE_ORIGIN_RESTORED,
}


def clause_message(view: ClauseView) -> messages.Clause:
    """A clause as of a day."""
    record, present = view.clause, view.present
    return messages.Clause(
        name=resource_name("clauses", record.id),
        service=record.service,
        kind=CLAUSE_KINDS[record.kind],
        wording=text_message(present.wording),
        effective_date=present.effective_date.isoformat(),
        retired=present.retired,
        origin=ORIGINS[present.origin],
        shipped_wording=told(text_message, view.shipped),
        reason=present.reason,
        etag=view.etag,
    )


def revision_message(record: ClauseRecord, revision: Revision) -> messages.ClauseRevision:
    """What was written at one time."""
    return messages.ClauseRevision(
        name=f"{resource_name('clauses', record.id)}/revisions/{revision.number}",
        effective_date=revision.effective_date.isoformat(),
        wording=text_message(revision.wording),
        retired=revision.retired,
        origin=ORIGINS[revision.origin],
        reason=revision.reason,
        create_time=instant_message(revision.recorded_at),
        reviser=resource_name("people", revision.recorded_by),
        replaced=revision not in record.timeline(),
    )


def difference_message(difference: Difference) -> messages.ClauseDifference:
    """A clause on two days."""
    return messages.ClauseDifference(
        before=told(clause_message, difference.before),
        after=told(clause_message, difference.after),
    )
