"""How a pattern failed, in words: the rule or the reason, and where in its own code, for whoever wrote it."""

from bylaw_kit.rules import RULES
from bylaw_plugin_host.outcomes import ANSWER_INVALID, FAILED, TIMED_OUT, PolicyBroken

from bylaw_cli.plugin.trying import Tried
from bylaw_cli.wording import Language, Wording

REASONS = {
    FAILED: Wording("it raised an error or ended its process", "抛出错误，或结束了自己的进程"),
    TIMED_OUT: Wording("it took too long and was ended", "耗时过长，已被终止"),
    ANSWER_INVALID: Wording("its answer cannot be taken", "其答案不可采用"),
}
PERSON = Wording("Person {number}, {day}: {what}", "人员 {number}，{day}：{what}")
WHOLE_MONTH = Wording("the whole month", "整月")
DETAIL = Wording(" ({detail})", "（{detail}）")


def what_failed(broken: PolicyBroken, language: Language) -> str:
    """As in "POLICY_FAILED it raised an error or ended its process (ValueError at day_shift.py:31)"."""
    words = getattr(RULES[broken.rule], language) if broken.rule in RULES else REASONS[broken.reason].show(language)
    detail = DETAIL.show(language).format(detail=broken.detail) if broken.detail else ""
    return f"{broken.rule or broken.reason} {words}{detail}"


def on_whom(tried: Tried, language: Language) -> str:
    """Whose month it failed on, on which day where it can be told, and how."""
    broken = tried.broken
    if broken is None:
        return ""
    day = broken.work_date.isoformat() if broken.work_date else WHOLE_MONTH.show(language)
    what = what_failed(broken, language)
    return PERSON.show(language).format(number=tried.month.number, day=day, what=what)
