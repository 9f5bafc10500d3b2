"""The words of a sheet, in both languages, and how each finding stands out."""

from bylaw_cli.wording import Language, Wording

COLUMNS = (
    Wording("Date", "日期"),
    Wording("Day", "类型"),
    Wording("Planned", "计划"),
    Wording("In", "上班卡"),
    Wording("Out", "下班卡"),
    Wording("Comes to", "结论"),
    Wording("Clause", "条款"),
)
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    "zh": ("一", "二", "三", "四", "五", "六", "日"),
}
DAY_KINDS = {
    "DAY_KIND_WORK": Wording("work", "工作日"),
    "DAY_KIND_REST": Wording("rest", "休息日"),
    "DAY_KIND_HOLIDAY": Wording("holiday", "节假日"),
    "DAY_KIND_MAKE_UP_WORK": Wording("make-up work", "调休上班"),
    "DAY_KIND_NOT_EMPLOYED": Wording("not employed", "未在职"),
}
FINDINGS = {
    "FINDING_ON_TIME": Wording("on time", "正常"),
    "FINDING_LATE": Wording("late", "迟到"),
    "FINDING_EARLY": Wording("early", "早退"),
    "FINDING_LEAVE_REQUIRED": Wording("leave required", "须请假"),
    "FINDING_MISSING_CARD": Wording("missing card", "缺卡"),
    "FINDING_ABSENT": Wording("absent", "旷工"),
    "FINDING_PENDING": Wording("pending", "待定"),
}
PROVISIONAL = Wording(
    "The official calendar of this month is not announced yet, or not known: no holidays and make-up days are in it.",
    "本月的官方日历尚未公布或无从得知：节假日与调休上班日暂缺。",
)
MINUTES = Wording(" min", "分")
STYLES = {
    "FINDING_ON_TIME": "green",
    "FINDING_LATE": "yellow",
    "FINDING_EARLY": "yellow",
    "FINDING_LEAVE_REQUIRED": "magenta",
    "FINDING_MISSING_CARD": "yellow",
    "FINDING_ABSENT": "red",
    "FINDING_PENDING": "dim",
}
TOTALS = {
    "plannedDays": Wording("planned days", "应出勤天数"),
    "plannedHalves": Wording("planned half days", "应出勤半天数"),
    "workedHalves": Wording("worked half days", "出勤半天数"),
    "lateCount": Wording("late", "迟到次数"),
    "lateMinutes": Wording("minutes late", "迟到分钟"),
    "earlyCount": Wording("early", "早退次数"),
    "earlyMinutes": Wording("minutes early", "早退分钟"),
    "leaveRequiredCount": Wording("leave required", "须请假次数"),
    "missingCardCount": Wording("missing cards", "缺卡次数"),
    "absentHalves": Wording("absent half days", "旷工半天数"),
    "pendingCount": Wording("pending", "待定"),
    "workedMinutes": Wording("minutes worked", "工作分钟"),
}
EXCUSED_TOTALS = {
    "excusedMinutes": Wording("minutes of leave", "请假分钟"),
    "outsideMinutes": Wording("minutes on trips and outside", "出差外勤分钟"),
}
LEAVE_PARTS = {
    "LEAVE_PART_DAY": Wording("whole day", "全天"),
    "LEAVE_PART_FIRST_HALF": Wording("first half", "前半天"),
    "LEAVE_PART_SECOND_HALF": Wording("second half", "后半天"),
}
