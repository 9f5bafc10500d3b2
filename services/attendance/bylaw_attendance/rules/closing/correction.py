"""What a correction of a missed punch is, where it stands, and when one may be asked for (ATT-1)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.organisation.facts import Stay, holds_on
from bylaw_chassis.values import resource_name

from bylaw_attendance.rules.closing.correction_refusals import CorrectionQuotaUsed, CorrectionTooLate
from bylaw_attendance.rules.judging.punch_facts import Punch
from bylaw_attendance.rules.rota.rota_refusals import PersonNotEmployed

SOURCE = "correction"
SAME_STAMP = timedelta(minutes=10)
"""Punches so near to each other are one stamp, as the patterns that ship have it by default."""


class CorrectionState(IntEnum):
    """Where a correction stands; the numbers are the contract's."""

    WAITING = 1
    ACCEPTED = 2
    REFUSED = 3
    WITHDRAWN = 4
    REVOKED = 5


COUNTING = (CorrectionState.WAITING, CorrectionState.ACCEPTED)
"""Those that use a month's quota up."""


class CorrectionWish(NamedTuple):
    """What somebody asks for: a local time at their site, which way, why, and what bears it out."""

    local_time: str
    direction: int
    reason: str
    evidence: str


class Ending(NamedTuple):
    """What became of a correction: as what it ended, when, by whom, and what they said."""

    state: CorrectionState
    at: datetime
    by: str
    text: str = ""


class Acceptance(NamedTuple):
    """When a correction was accepted, and by whom."""

    at: datetime
    by: str


class Correction(NamedTuple):
    """A correction on record; the punch that it becomes has its identifier, and keeps it when that is revoked."""

    identifier: UUID
    person: UUID
    instant: datetime
    utc_offset_minutes: int
    time_zone: str
    direction: int
    reason: str
    evidence: str
    asked_at: datetime
    revision: int = 1
    ending: Ending | None = None
    number: str = ""
    """Of the person, as employees are numbered."""
    acceptance: Acceptance | None = None
    """Of one that was revoked: when it had been accepted, and by whom."""

    @property
    def name(self) -> str:
        """`punchCorrections/018f...`."""
        return correction_name(self.identifier)

    @property
    def state(self) -> CorrectionState:
        """Where it stands."""
        return self.ending.state if self.ending else CorrectionState.WAITING

    @property
    def local(self) -> datetime:
        """What the wall at the site would have shown."""
        return self.instant.replace(tzinfo=None) + timedelta(minutes=self.utc_offset_minutes)

    @property
    def month(self) -> date:
        """The month in whose quota it counts, by its first day."""
        return self.local.date().replace(day=1)

    @property
    def became_punch(self) -> bool:
        """Whether it is a punch, or was one that does not count any more."""
        return self.state in {CorrectionState.ACCEPTED, CorrectionState.REVOKED}

    @property
    def place(self) -> tuple[bool, UUID]:
        """Where it stands in a list: what waits comes first, and the newest first."""
        return self.state is CorrectionState.WAITING, self.identifier

    def punch(self, now: datetime) -> Punch:
        """The punch that it becomes: from no clock, with a source of its own."""
        local_text = f"{self.local:%Y-%m-%d %H:%M:%S}"
        located = (self.instant, local_text, self.utc_offset_minutes, self.time_zone)
        return Punch(self.identifier, self.person, *located, "", self.direction, "", SOURCE, now, None)


class CorrectionWishes(NamedTuple):
    """What a list of corrections is asked for: of a unit and those below it, of a person, of a state."""

    unit: UUID | None
    person: UUID | None
    state: CorrectionState | None


class CorrectionLimits(NamedTuple):
    """How many corrections a month takes of a person, and how many days back one may reach."""

    a_month: int
    days_back: int

    def check_day(self, day: date, today: date) -> None:
        """Refuses CORRECTION_TOO_LATE."""
        first = today - timedelta(days=self.days_back)
        if day < first:
            raise CorrectionTooLate(day=day, first_day=first, days=self.days_back)

    def check_month(self, month: date, counting: Sequence[Correction]) -> None:
        """Refuses CORRECTION_QUOTA_USED (ATT-1)."""
        if len(counting) >= self.a_month:
            used = [f"{one.local:%Y-%m-%d %H:%M}" for one in counting]
            raise CorrectionQuotaUsed(month=month, quota=self.a_month, used=used)


def correction_name(identifier: UUID) -> str:
    """`punchCorrections/018f...`."""
    return resource_name("punchCorrections", identifier)


def employed_at(stays: Sequence[Stay], day: date, *, person: str) -> Stay:
    """Where somebody (by employee number) works on a day; refuses PERSON_NOT_EMPLOYED."""
    held = (stay for stay in stays if holds_on(stay.first_day, stay.last_day, day))
    found = next(held, None)
    if found is None:
        raise PersonNotEmployed(person, day, sorted((stay.first_day, stay.last_day) for stay in stays))
    return found


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """The date that it is in a zone."""
    return now.astimezone(zone).date()
