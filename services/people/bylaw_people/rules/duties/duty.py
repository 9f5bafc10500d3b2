"""Duties as facts: whose they are, by which clause, when they come due, and what proves that they were done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from bylaw_people.rules.duties.refusals import DutyEnded
from bylaw_people.rules.duties.schedule import OnRestDays, Rhythm, Schedule
from bylaw_people.rules.organisation import Wording

SUNDAY = 7
NO_WORDS = Wording()


class ProofKind(StrEnum):
    """What has to be handed in as proof."""

    NONE = "none"
    TEXT = "text"
    PHOTO = "photo"
    RECORD = "record"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a duty is: exactly one of a person, who holds a position on the day, who heads a unit on the day."""

    person: UUID | None = None
    position: UUID | None = None
    head_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """What a duty is from a date on, until its next terms.

    `at` is a time on the wall of `site`, or of the organisation where there is none; `remind_minutes` before it whose
    duty it is are reminded, 0 for not at all. What was over when they were recorded never was due.
    """

    effective_date: date
    title: Wording
    whose: Whose
    rhythm: Rhythm
    at: time
    clause: str = ""
    instructions: Wording = NO_WORDS
    interval: int = 1
    once_on: date | None = None
    weekdays: frozenset[int] = frozenset()
    month_day: int = 0
    on_rest_days: OnRestDays = OnRestDays.KEEP
    rest_weekdays: frozenset[int] = frozenset({SUNDAY})
    site: UUID | None = None
    proof: ProofKind = ProofKind.NONE
    remind_minutes: int = 0
    id: UUID | None = None
    recorded_at: datetime | None = None

    def schedule(self, until: date | None) -> Schedule:
        """When they come due; they hold up to `until`."""
        return Schedule(
            self.rhythm,
            self.effective_date,
            self.at,
            self.interval,
            self.once_on,
            self.weekdays,
            self.month_day,
            self.on_rest_days,
            until,
        )

    def remind_at(self, due: datetime) -> datetime | None:
        """When whose duty it is are reminded of something due."""
        return due - timedelta(minutes=self.remind_minutes) if self.remind_minutes else None


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, whole: its terms, oldest first; `key` is its key in the service that declared it."""

    id: UUID
    terms: tuple[DutyTerms, ...]
    revision: int = 1
    end_date: date | None = None
    service: str = ""
    key: str = ""

    @property
    def newest(self) -> DutyTerms:
        """What it comes to in the end."""
        return self.terms[-1]

    def require_running(self, day: date) -> None:
        """Refuses DUTY_ENDED for a day behind its last."""
        if self.end_date and self.end_date < day:
            raise DutyEnded(date=self.end_date)

    def with_terms(self, new: DutyTerms) -> "Duty":
        """The duty with new terms from their date on; those that would begin later hold no more."""
        self.require_running(new.effective_date)
        kept = tuple(terms for terms in self.terms if terms.effective_date < new.effective_date)
        return replace(self, terms=(*kept, new), revision=self.revision + 1)

    def spans(self) -> Sequence[tuple[DutyTerms, date | None]]:
        """Each terms with the last day on which they hold."""
        ends = [terms.effective_date - timedelta(days=1) for terms in self.terms[1:]]
        return [(terms, _earlier(end, self.end_date)) for terms, end in zip(self.terms, [*ends, None], strict=True)]


class OccurrenceState(StrEnum):
    """How far something due is."""

    OPEN = "open"
    DONE = "done"
    EXCUSED = "excused"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was handed in: a text, the reference and hash of a photo, the resource name of a record."""

    text: str = ""
    photo: str = ""
    photo_sha256: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something due; `responsible` are those whose it is on the due date. Nobody closed what a service did."""

    id: UUID
    duty: UUID
    clause: str
    title: Wording
    responsible: tuple[UUID, ...]
    due_date: date
    due_at: datetime
    state: OccurrenceState
    proof_kind: ProofKind
    proof: Proof = Proof()
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    excuse: str = ""

    def overdue(self, now: datetime) -> bool:
        """Whether it is open and its due time has passed."""
        return self.state is OccurrenceState.OPEN and self.due_at < now


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)
