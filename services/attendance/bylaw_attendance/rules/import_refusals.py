"""How attendance says no to whoever takes an import of punches back (ATT-1, SHT-3)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal

from bylaw_attendance.rules.closing.closing_refusals import MOST_NAMED
from bylaw_attendance.rules.import_revocation import Remaining


class PunchImportRunning(Refusal):
    """An import that goes on cannot be taken back."""

    code = Code.FAILED_PRECONDITION
    reason = "PUNCH_IMPORT_RUNNING"
    zh = "该导入尚未结束；请等它结束后再撤销。"
    en = "The import has not ended; wait until it has, then take it back."


class PunchImportClosed(Refusal):
    """An import of which every punch belongs to closed months."""

    code = Code.FAILED_PRECONDITION
    reason = "PUNCH_IMPORT_CLOSED"
    clause = "SHT-3"
    zh = (
        "该导入的打卡({count} 条)全部属于已结账的月份：{sheets_zh}。"
        "请由人力资源对这些考勤表作留痕更正，剔除不该计入的打卡。"
    )
    en = (
        "Every punch of the import ({count}) is of a closed month: {sheets_en}. Have human resources correct these"
        " sheets on record, striking the punches that do not count."
    )

    def __init__(self, remaining: Sequence[Remaining]) -> None:
        shown = [f"{one.number or one.sheet} {one.month:%Y-%m}" for one in remaining[:MOST_NAMED]]
        more = len(remaining) > MOST_NAMED
        super().__init__(
            count=sum(one.punch_count for one in remaining),
            sheets_zh="、".join(shown) + ("等" if more else ""),
            sheets_en=", ".join(shown) + (" and others" if more else ""),
        )
