"""What the company's payroll program reads: a row for each person, corrections of earlier months added in."""

from collections.abc import Iterator

from bylaw_hooks import Both
from bylaw_hooks.exporting import Adjustment, Cell, Column, ExportedMonth, ExportLayout, ExportTable, PersonMonth

COLUMNS = tuple(
    Column(name)
    for name in (
        *("员工编号", "姓名", "期间", "出勤天数", "迟到次数", "旷工半天"),
        *("事假小时", "病假小时", "平日加班", "休息日加班", "法定加班", "含往月更正"),
    )
)
UNPAID, SICK = "personal", "sick"


class Payroll(ExportLayout):
    """Hours with two decimals, in the encoding that the program has; time off for overtime is not its business."""

    name, version, title, encoding = "example-payroll", 1, Both("薪资系统接口", "For the payroll program"), "gb18030"

    def tables(self, month: ExportedMonth) -> tuple[ExportTable, ...]:
        corrected: dict[str, list[Adjustment]] = {}
        for one in month.adjustments:
            corrected.setdefault(one.number, []).append(one)
        rows = [self._row(month, one, corrected.pop(one.number, [])) for one in month.people]
        # Who has left since has no sheet in this month; what is owed to them, or by them, is not lost for that.
        rows += [self._row(month, None, those) for _, those in sorted(corrected.items())]
        return (ExportTable("payroll", COLUMNS, tuple(rows)),)

    def _row(self, month: ExportedMonth, one: PersonMonth | None, corrected: list[Adjustment]) -> tuple[Cell, ...]:
        parts: list[PersonMonth | Adjustment] = [*([one] if one else []), *corrected]
        sums = list(map(_totals, parts))
        return (
            parts[0].number,
            parts[0].display_name,
            f"{month.month:%Y%m}",
            *(sum(column) for column in zip(*(each[:3] for each in sums), strict=True)),
            *(_hours(sum(column)) for column in zip(*(each[3:] for each in sums), strict=True)),
            "是" if corrected else "",
        )


def _totals(one: PersonMonth | Adjustment) -> tuple[int, ...]:
    totals = one.difference if isinstance(one, Adjustment) else one.totals
    overtime = (one.overtime_minutes(percent, "pay") for percent in (150, 200, 300))
    return (totals.worked_days, totals.late_count, totals.absent_halves, *_leave(one), *overtime)


def _leave(one: PersonMonth | Adjustment) -> Iterator[int]:
    taken = one.leave if isinstance(one, Adjustment) else one.leave_by_kind()
    for kind in (UNPAID, SICK):
        yield sum(each.minutes for each in taken if each.kind == kind)


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)
