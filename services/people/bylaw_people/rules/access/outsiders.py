"""Outsiders get in by a named head's permission and for a limited time; without one they hold nothing (SEC-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.access.refusals import OutsideAccessEnded, OutsiderNotPermitted, PersonNotOutsider
from bylaw_people.rules.staff import EmploymentKind, PersonRecord

LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class OutsideAccess:
    """A head's permission for an outsider to be here; `end_date` is the last day, `ended_at` its early end."""

    id: UUID
    person: UUID
    permitted_by: UUID | None
    start_date: date
    end_date: date
    reason: str
    permitted_at: datetime
    ended_at: datetime | None = None
    ended_by: UUID | None = None

    def require_running(self, today: date) -> None:
        """Refuses OUTSIDE_ACCESS_ENDED."""
        if self.ended_at or self.end_date < today:
            raise OutsideAccessEnded

    def covers(self, day: date) -> bool:
        """Whether it lets the outsider in on a day; one that was ended does not."""
        return self.ended_at is None and self.start_date <= day <= self.end_date


class Gap(StrEnum):
    """What keeps somebody from what they want to do."""

    NOT_HELD = "not_held"
    OUT_OF_REACH = "out_of_reach"
    OUTSIDER_NOT_PERMITTED = "outsider_not_permitted"
    NOT_EMPLOYED = "not_employed"
    ACCOUNT_STOPPED = "account_stopped"


def is_outsider(person: PersonRecord, day: date) -> bool:
    """Whether somebody is employed from outside on a day."""
    present = person.on(day)
    return present is not None and present.employment_kind is EmploymentKind.EXTERNAL


def entry_gap(person: PersonRecord, day: date, *, permitted: bool) -> Gap | None:
    """What keeps somebody out on a day; `permitted` says whether a head's permission runs (SEC-2)."""
    if not person.may_sign_in(day):
        return Gap.NOT_EMPLOYED
    if is_outsider(person, day) and not permitted:
        return Gap.OUTSIDER_NOT_PERMITTED
    return None


def may_enter(person: PersonRecord, day: date, *, permitted: bool) -> bool:
    """Whether somebody may sign in, refresh a session or act at all on a day."""
    return entry_gap(person, day, permitted=permitted) is None


def require_outsider(person: PersonRecord, start: date, end: date) -> None:
    """A permission is for days on which somebody is an outsider; refuses PERSON_NOT_OUTSIDER naming the day."""
    for day in (start, end):
        if not is_outsider(person, day):
            raise PersonNotOutsider(date=day)


def require_limited(start: date, end: date | None, today: date, *, longest_days: int) -> date:
    """A permission has a last day, and not too late a one; answers it, refuses FIELD_INVALID."""
    where = "outside_access"
    if end is None:
        raise FieldInvalid(field=f"{where}.end_date", zh="必填，准入须有期限", en="is needed: the time is limited")
    if start < today:
        raise FieldInvalid(field=f"{where}.start_date", zh=f"不能早于今天 {today}", en=f"must not be before {today}")
    latest = start + timedelta(days=longest_days - 1)
    if not start <= end <= latest:
        raise FieldInvalid(
            field=f"{where}.end_date",
            zh=f"应在 {start} 至 {latest} 之间（最长 {longest_days} 天）",
            en=f"must lie between {start} and {latest} ({longest_days} days at most)",
        )
    return end


def require_reason(reason: str, *, field: str, needed: bool) -> None:
    """A reason is words of at most 1,000 characters; refuses FIELD_INVALID."""
    if needed and not reason.strip():
        raise FieldInvalid(field=field, zh="必填", en="is needed")
    if len(reason) > LONGEST_REASON or "\0" in reason:
        raise FieldInvalid(
            field=field, zh=f"最多 {LONGEST_REASON} 个字符", en=f"must have at most {LONGEST_REASON} characters"
        )


def last_day_within(permissions: Iterable[OutsideAccess], start: date, end: date | None) -> date:
    """The last day of an outsider's grant: as wished, or that of the permission; refuses OUTSIDER_NOT_PERMITTED."""
    running = next((permission for permission in permissions if permission.covers(start)), None)
    if running is None or (end and not running.covers(end)):
        raise OutsiderNotPermitted(start=start, end=end or start)
    return end or running.end_date
