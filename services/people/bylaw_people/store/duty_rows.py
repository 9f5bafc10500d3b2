"""Rows of duties as facts, and facts as rows."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from bylaw_people.rules.duties.duty import Duty, DutyTerms, Occurrence, OccurrenceState, Proof, ProofKind, Whose
from bylaw_people.rules.duties.making import Due
from bylaw_people.rules.duties.schedule import OnRestDays, Rhythm
from bylaw_people.rules.duties.telling import Pending
from bylaw_people.rules.organisation import Wording
from bylaw_people.store.rows import Stamp


def duty(row: Any, terms: Iterable[DutyTerms]) -> Duty:
    """A row of duties with its terms."""
    return Duty(row.id, tuple(terms), row.revision, row.end_date, row.service, row.key)


def terms(row: Any) -> DutyTerms:
    """A row of duty_terms."""
    return DutyTerms(
        row.effective_date,
        Wording(row.title_zh, row.title_en),
        Whose(row.person, row.position, row.head_of),
        Rhythm(row.rhythm),
        row.at,
        row.clause,
        Wording(row.instructions_zh, row.instructions_en),
        row.interval,
        row.once_on,
        frozenset(row.weekdays),
        row.month_day,
        OnRestDays(row.on_rest_days),
        frozenset(row.rest_weekdays),
        row.site,
        ProofKind(row.proof),
        row.remind_minutes,
        row.id,
        row.recorded_at,
    )


def occurrence(row: Any) -> Occurrence:
    """A row of duty_occurrences beside its terms and those whose it is."""
    return Occurrence(
        row.id,
        row.duty,
        row.clause,
        Wording(row.title_zh, row.title_en),
        tuple(row.responsible),
        row.due_date,
        row.due_at,
        OccurrenceState(row.state),
        ProofKind(row.proof),
        Proof(row.proof_text, row.proof_photo, row.proof_photo_sha256, row.proof_record),
        row.closed_at,
        row.closed_by,
        row.excuse,
    )


def pending(row: Any) -> Pending:
    """Something due of which somebody is to be told."""
    title = Wording(row.title_zh, row.title_en)
    return Pending(row.id, title, row.clause, row.due_at, tuple(row.responsible), row.answerable_unit)


def terms_row(duty: UUID, new: DutyTerms, stamp: Stamp) -> dict[str, Any]:
    """New terms as a row."""
    return {
        "id": new.id,
        "duty": duty,
        "effective_date": new.effective_date,
        "clause": new.clause,
        "title_zh": new.title.zh,
        "title_en": new.title.en,
        "instructions_zh": new.instructions.zh,
        "instructions_en": new.instructions.en,
        "person": new.whose.person,
        "position": new.whose.position,
        "head_of": new.whose.head_of,
        **_schedule(new),
        "site": new.site,
        "proof": new.proof.value,
        "remind_minutes": new.remind_minutes,
        **stamp.recorded,
    }


def due_columns(dues: list[Due]) -> list[list[Any]]:
    """Occurrences to be made, a list a column: duty, terms, date, instant, instant of the reminder."""
    return [
        [due.duty for due in dues],
        [due.terms for due in dues],
        [due.due_date for due in dues],
        [due.due_at for due in dues],
        [due.remind_at for due in dues],
    ]


def _schedule(new: DutyTerms) -> dict[str, Any]:
    return {
        "rhythm": new.rhythm.value,
        "at": new.at,
        "interval": new.interval,
        "once_on": new.once_on,
        "weekdays": sorted(new.weekdays),
        "month_day": new.month_day,
        "on_rest_days": new.on_rest_days.value,
        "rest_weekdays": sorted(new.rest_weekdays),
    }
