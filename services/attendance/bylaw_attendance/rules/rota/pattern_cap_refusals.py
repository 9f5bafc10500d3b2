"""How attendance says no to a shift pattern whose parameters alone ask more than the law allows (HRS-7)."""

from collections.abc import Sequence
from datetime import date, timedelta

from bylaw_chassis.refusals import Code, Refusal

from bylaw_attendance.rules.rota.rota_caps import ShortGap

ELSE = (
    "如经劳动行政部门批准实行综合计算或不定时工时制，请注明 hours_system 与批准文号",
    "if the labour authority has approved another system of hours, say which, with its approval (hours_system)",
)


class PatternCapBroken(Refusal):
    """A cap that a pattern breaks whoever follows it."""

    code = Code.FAILED_PRECONDITION
    clause = "HRS-7"

    def __init__(self, **told: object) -> None:
        super().__init__(violations=(), else_zh=ELSE[0], else_en=ELSE[1], **told)


class PatternWithoutRest(PatternCapBroken):
    """Weeks without their day of rest, by their Mondays."""

    reason = "PATTERN_WEEK_WITHOUT_REST"
    zh = (
        "{pattern} 按这些参数排不到每周至少 {cap} 天的休息，如 {first} 至 {last}（{month} 共 {count} 周）。"
        "请改参数；{else_zh}。"
    )
    en = (
        "{pattern} with these parameters leaves weeks without the days off that each must have (cap: at least {cap}),"
        " such as {first} to {last} ({month} has {count} such weeks). Choose other parameters; {else_en}."
    )

    def __init__(self, *, pattern: str, weeks: Sequence[date], cap: int) -> None:
        first = weeks[0]
        days = {"first": first, "last": first + timedelta(6), "month": f"{first:%Y-%m}"}
        super().__init__(pattern=pattern, cap=cap, count=len(weeks), **days)


class PatternGapTooShort(PatternCapBroken):
    """Shifts of days that follow one another with too little time between them."""

    reason = "PATTERN_GAP_TOO_SHORT"
    zh = "{pattern} 按这些参数，{first} 与 {last} 两班之间只有 {hours} 小时，少于 {cap} 小时。请改参数；{else_zh}。"
    en = (
        "{pattern} with these parameters leaves {hours} hours between the shifts of {first} and {last}, less than"
        " {cap}. Choose other parameters; {else_en}."
    )

    def __init__(self, *, pattern: str, gap: ShortGap, cap: int) -> None:
        days = {"first": gap.day, "last": gap.day + timedelta(1)}
        super().__init__(pattern=pattern, cap=cap, hours=f"{max(gap.minutes, 0) / 60:.1f}", **days)


class PatternHoursTooLong(PatternCapBroken):
    """More hours a week, as a monthly average, than the cap."""

    reason = "PATTERN_HOURS_EXCEEDED"
    zh = (
        "{pattern} 按这些参数，{month} 平均每周工时为 {hours} 小时（{count} 个工作日），超过上限 {cap} 小时。"
        "请改参数；{else_zh}。"
    )
    en = (
        "{pattern} with these parameters comes to {hours} hours a week in {month} on average (working days: {count}),"
        " beyond the cap of {cap}. Choose other parameters; {else_en}."
    )

    def __init__(self, *, pattern: str, month: date, tenths: int, cap: int, count: int) -> None:
        told = {"month": f"{month:%Y-%m}", "hours": f"{tenths / 10:.1f}"}
        super().__init__(pattern=pattern, cap=cap, count=count, **told)
