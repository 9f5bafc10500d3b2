"""The table `sheets`: a row for each sheet with its totals, and one for each correction that counts in the month."""

from collections.abc import Iterable
from dataclasses import astuple, fields

from bylaw_hooks import Both
from bylaw_hooks.exporting import Adjustment, Column, ExportedMonth, ExportTable, LeaveSum, PersonMonth, SheetTotals
from bylaw_hooks.exporting.facts import Compensation

from bylaw_sheet_layout.whose import WHOSE, whose

TITLES = {
    "planned_days": Both("应出勤天数", "Days planned"),
    "worked_days": Both("实出勤天数", "Days worked"),
    "planned_halves": Both("应出勤半天", "Halves planned"),
    "worked_halves": Both("实出勤半天", "Halves worked"),
    "late_count": Both("迟到次数", "Times late"),
    "late_minutes": Both("迟到分钟", "Minutes late"),
    "early_count": Both("早退次数", "Times left early"),
    "early_minutes": Both("早退分钟", "Minutes left early"),
    "leave_required_count": Both("须请假次数", "Cards that call for leave"),
    "missing_card_count": Both("缺卡次数", "Missing cards"),
    "absent_halves": Both("旷工半天", "Halves absent"),
    "pending_count": Both("待定卡点", "Cards pending"),
    "worked_minutes": Both("计划内工作分钟", "Minutes worked inside the plan"),
}
OVERTIME: tuple[tuple[str, int, Compensation, Both], ...] = (
    ("overtime_150_pay_minutes", 150, "pay", Both("工作日加班计酬分钟", "Overtime on working days, to be paid")),
    (
        "overtime_150_time_off_minutes",
        150,
        "time-off",
        Both("工作日加班调休分钟", "Overtime on working days, as time off"),
    ),
    ("overtime_200_pay_minutes", 200, "pay", Both("休息日加班计酬分钟", "Overtime on days of rest, to be paid")),
    (
        "overtime_200_time_off_minutes",
        200,
        "time-off",
        Both("休息日加班调休分钟", "Overtime on days of rest, as time off"),
    ),
    (
        "overtime_300_pay_minutes",
        300,
        "pay",
        Both("法定节假日加班计酬分钟", "Overtime on statutory holidays, to be paid"),
    ),
)
"""A statutory holiday is paid: nobody gets time off in its place."""
LEAVE = (
    Column("paid_leave_minutes", Both("带薪假分钟", "Paid leave, minutes")),
    Column("unpaid_leave_minutes", Both("无薪假分钟", "Unpaid leave, minutes")),
    Column("outside_minutes", Both("出差外勤分钟", "Trips and duty outside, minutes")),
)
COLUMNS = (
    *WHOSE,
    *(Column(field.name, TITLES[field.name]) for field in fields(SheetTotals)),
    *(Column(name, title) for name, _, _, title in OVERTIME),
    *LEAVE,
    Column("remark", Both("备注", "Remark")),
)


def sheet_table(layout: str, month: ExportedMonth) -> ExportTable:
    """Sheets by employee number, corrections behind them: of a person all rows add up."""
    sheets = (
        (*whose(layout, month, one), *astuple(one.totals), *_overtime(one), *_leave(one.leave_by_kind()), one.fault)
        for one in month.people
    )
    corrected = (
        (*whose(layout, month, one), *astuple(one.difference), *_overtime(one), *_leave(one.leave), one.reason)
        for one in month.adjustments
    )
    return ExportTable("sheets", COLUMNS, (*sheets, *corrected))


def _overtime(one: PersonMonth | Adjustment) -> tuple[int, ...]:
    return tuple(one.overtime_minutes(percent, wanted) for _, percent, wanted, _ in OVERTIME)


def _leave(taken: Iterable[LeaveSum]) -> tuple[int, int, int]:
    """Paid, which is what is not said to be unpaid; unpaid; what counts as worked."""
    kinds = list(taken)
    outside = sum(one.minutes for one in kinds if one.counts_as_worked)
    unpaid = sum(one.minutes for one in kinds if one.paid is False and not one.counts_as_worked)
    return sum(one.minutes for one in kinds) - outside - unpaid, unpaid, outside
