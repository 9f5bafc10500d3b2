"""What leave depends on of a person beyond their employment here: cumulative service, and the birthday (LVE-1)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.refusals import Code, FieldInvalid, Refusal

from bylaw_people.rules.recording import Recording
from bylaw_people.rules.staff import PersonRecord

EARLIEST = date(1940, 1, 1)
LEAP_YEAR = 2000


class ServiceRecordChanged(Refusal):
    """Somebody changed the record after the caller looked at it."""

    code = Code.ABORTED
    reason = "SERVICE_RECORD_CHANGED"
    zh = "该工龄记录在您查看之后已被修改；请重新读取后再改。"
    en = "The service record was changed after you looked at it; read it again, then change it."


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """From when service counts, with other employers too (None: from the first day here); month and day of birth."""

    since: date | None = None
    birthday: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ServiceRecordView:
    """What is on record of somebody; revision 0: nothing yet."""

    record: ServiceRecord = ServiceRecord()
    revision: int = 0
    recording: Recording | None = None

    @property
    def recorded_at(self) -> datetime | None:
        """When it was put on record."""
        return self.recording.at if self.recording else None

    @property
    def recorded_by(self) -> UUID | None:
        """Who did so."""
        return self.recording.by if self.recording else None


def birthday(text: str, *, field: str) -> tuple[int, int] | None:
    """`MM-DD` as month and day, 29 February among them; nothing for an empty text."""
    if not text:
        return None
    month, dash, day = text.partition("-")
    plain = len(text) == len("12-31") and dash and (month + day).isascii() and (month + day).isdigit()
    if not plain or not 1 <= int(month) <= 12 or not 1 <= int(day) <= monthrange(LEAP_YEAR, int(month))[1]:
        raise FieldInvalid(
            field=field,
            zh="应为月-日，如 02-29；不记年份",
            en="expected month and day, such as 02-29, and no year",
        )
    return int(month), int(day)


def check_since(person: PersonRecord, since: date | None, *, field: str) -> None:
    """Service with other employers came before the one here; refuses FIELD_INVALID."""
    first = min((appointment.start_date for appointment in person.appointments), default=date.max)
    if since and not EARLIEST <= since <= first:
        raise FieldInvalid(
            field=field,
            zh=f"应在 {EARLIEST} 与其入职首日 {first} 之间",
            en=f"expected a date from {EARLIEST} to {first}, the person's first day here",
        )
