"""Where leave that was agreed is to end earlier: with a day, with the first half of one, or at a time (LVE-1)."""

from datetime import date, datetime
from typing import NamedTuple

from bylaw_chassis.refusals import FieldInvalid
from bylaw_hooks.leave import LeaveRequest

from bylaw_attendance.rules.leave.leave_request import Half, LeaveDayTaken


class LeaveEnding(NamedTuple):
    """The last day that is still taken; only its first half, or until a minute of the wall, where that is said."""

    last: date
    first_half: bool = False
    until: int | None = None

    @property
    def cuts(self) -> bool:
        """Whether it takes less of its last day."""
        return self.first_half or self.until is not None

    @property
    def field(self) -> str:
        """By which field."""
        return "end_half" if self.first_half else "end_time"

    def request(self, kind: str, day: LeaveDayTaken, asked_at: datetime) -> LeaveRequest:
        """What is still asked of its last day, of which so much is taken; refuses FIELD_INVALID."""
        if day.part != "day" and (self.first_half or day.part != "span"):
            raise FieldInvalid(
                field=self.field,
                zh=f"{self.last} 请的不是全天，无法这样缩短",
                en=f"{self.last} is not taken whole, and cannot be cut like this",
            )
        ends: Half = "first-half" if self.first_half else "second-half"
        start = day.hours[0] if day.hours else 0
        hours = None if self.until is None else (start, self.until)
        if hours and hours[0] >= hours[1]:
            raise FieldInvalid(field=self.field, zh="须晚于开始时间", en="must be after the start")
        return LeaveRequest(kind, self.last, self.last, asked_at.date(), ends=ends, hours=hours)

    def taken(self, before: LeaveDayTaken, measured: LeaveDayTaken) -> LeaveDayTaken:
        """The day as it is taken then; refuses FIELD_INVALID where nothing of it is left, or it is no less."""
        if not 0 < measured.minutes < before.minutes:
            raise FieldInvalid(
                field=self.field,
                zh=f"{self.last} 缩短后应少于现有的 {before.minutes} 分钟且不为零；整天退回请改 end_date",
                en=(
                    f"must leave less of {self.last} than the {before.minutes} minutes that are taken, and some of"
                    " them; to give all of it back choose an earlier end_date"
                ),
            )
        return measured
