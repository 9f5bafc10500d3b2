"""What human resources ask to be corrected of a closed sheet, and why (SHT-3)."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from bylaw_attendance.rules.leave.leave_request import LeaveWish
from bylaw_attendance.rules.sheets.sheet_changes import CorrectedDay, LeaveTakenOff


class MissingPunch(NamedTuple):
    """A punch that was missing: the local time, and which way it went."""

    local_time: str
    direction: int


class SheetCorrection(NamedTuple):
    """What is corrected and why, as of which version."""

    reason: str
    seen: str
    punches: Sequence[MissingPunch] = ()
    struck: tuple[UUID, ...] = ()
    days: tuple[CorrectedDay, ...] = ()
    leave: LeaveWish | None = None
    taken_off: tuple[LeaveTakenOff, ...] = ()
