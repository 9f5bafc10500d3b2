"""Records that sheets were reviewed, and hands a unit's month over to human resources (SHT-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notice_wish import NoticeWish
from bylaw_chassis.notices import have_told

from bylaw_attendance.events import unit_month_changed
from bylaw_attendance.ports.closing import UnitMonthStore
from bylaw_attendance.rules.closing.closing import ReviewWish, UnitMonth, unit_month_name
from bylaw_attendance.rules.closing.closing_refusals import (
    MonthClosed,
    MonthEmpty,
    MonthHandedOver,
    MonthNotOver,
    SheetNotOfUnit,
    SheetOwn,
    SheetsChanged,
    SheetsNotReviewed,
    SheetsUnfinished,
)
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.closing.objection_notice import look_notice
from bylaw_attendance.rules.refusals import BatchTooLarge
from bylaw_attendance.use_cases.sheets.unit_month import ShownUnitMonth, ShowUnitMonths
from bylaw_attendance.use_cases.sheets.unit_people import is_past

LARGEST_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class ReviewMonth:
    """Whoever reviews is on record, and so is what they saw: a sheet that changes is not reviewed any more."""

    database: Database
    shown: ShowUnitMonths
    months: UnitMonthStore

    def review(self, unit: UUID, month: date, wishes: Sequence[ReviewWish], *, caller: Caller, reach: Reach) -> int:
        """Records looks at sheets, all or none; refuses as the contract says."""
        if len(wishes) > LARGEST_BATCH:
            raise BatchTooLarge(limit=LARGEST_BATCH, count=len(wishes))
        changing = self.shown.changing(unit, month, reach)
        with self.database.work() as work:
            found = changing.begun(work)
            check_over(found, work.now)
            _check_of_unit(found, wishes, caller)
            seen = {one.person.person: one for one in found.standings}
            if changed := [seen[wish.person] for wish in wishes if seen[wish.person].digest != wish.digest]:
                raise SheetsChanged([one.person.number for one in changed])
            self.months.review(work.connection, month, wishes, at=work.now, by=caller.key)
        return len(wishes)

    def hand_over(self, unit: UUID, month: date, remark: str, *, caller: Caller, reach: Reach) -> ShownUnitMonth:
        """Hands the month over; refuses as the contract says."""
        changing = self.shown.changing(unit, month, reach)
        with self.database.work() as work:
            found = changing.begun(work)
            check_over(found, work.now)
            if found.kept:
                raise MonthHandedOver(month=month, since=found.kept.handed_over_at)
            check_final(found)
            made = UnitMonth(unit, month, work.now, caller.key, remark)
            if not self.months.hand_over(work.connection, made):
                raise MonthHandedOver(month=month, since=work.now)
            work.publish(unit_month_changed(made))
            have_told(work, _to_look(found, work.now))
        return found._replace(kept=made)


def _to_look(found: ShownUnitMonth, now: datetime) -> NoticeWish | None:
    """That its people may look and object; nothing where the days for that are over."""
    last = found.deadlines.objection
    if is_past(last, found.places, now):
        return None
    people = [one.person.person for one in found.open_ones]
    return look_notice(people, found.month, last, about=unit_month_name(found.unit, found.month))


def check_over(found: ShownUnitMonth, now: datetime) -> None:
    """Refuses MONTH_NOT_OVER."""
    if not is_past(last_day(found.month), found.places, now):
        raise MonthNotOver(month=found.month)


def check_final(found: ShownUnitMonth) -> None:
    """Refuses MONTH_EMPTY, SHEETS_UNFINISHED and SHEETS_NOT_REVIEWED; what is closed is final."""
    if not found.standings:
        raise MonthEmpty(month=found.month)
    if unfinished := [one.person.number for one in found.open_ones if not one.is_final]:
        raise SheetsUnfinished(unfinished, found.awaited)
    if unseen := [one.person.number for one in found.open_ones if not one.is_reviewed]:
        raise SheetsNotReviewed(unseen)


def _check_of_unit(found: ShownUnitMonth, wishes: Sequence[ReviewWish], caller: Caller) -> None:
    of_unit = {one.person.person: one for one in found.standings}
    strangers = [f"people/{wish.person}" for wish in wishes if wish.person not in of_unit]
    if strangers:
        raise SheetNotOfUnit(strangers)
    if caller.person and any(wish.person == caller.person for wish in wishes):
        raise SheetOwn
    for one in (of_unit[wish.person] for wish in wishes):
        if one.closed:
            raise MonthClosed(person=one.person.number, month=found.month, since=one.closed.closed_at)
