"""A decision as text: one line in the inbox, or in full with everything that was said of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bylaw_cli import fact_words
from bylaw_cli.wording import Language, Wording

KINDS = {
    "leave": Wording("leave", "请假"),
    "overtime": Wording("overtime", "加班"),
    "rota-swap": Wording("rota swap", "换班"),
    "price-change": Wording("price change", "调价"),
    "stock-adjustment": Wording("stock adjustment", "库存调整"),
    "refund": Wording("refund or exchange", "退款或换货"),
    "promotion-budget": Wording("promotion budget", "推广预算"),
    "outside-access": Wording("outside access", "外来准入"),
    "ordinary-matter": Wording("ordinary matter", "一般事项"),
    "major-matter": Wording("major matter", "重大事项"),
}
"""Those that ship; a kind of the company's own is shown as it is."""

STATES = {
    "WAITING": Wording("waits", "待决定"),
    "SENT_BACK": Wording("sent back", "已退回"),
    "AGREED": Wording("agreed", "已同意"),
    "REFUSED": Wording("refused", "未同意"),
    "WITHDRAWN": Wording("withdrawn", "已撤回"),
}
ANSWERS = {
    "AGREE": Wording("agrees", "同意"),
    "REFUSE": Wording("refuses", "不同意"),
    "SEND_BACK": Wording("sends back", "退回"),
    "OPINION": Wording("gives an opinion", "意见"),
    "DISSENT": Wording("dissents", "保留不同意见"),
    "COMMENT": Wording("remarks", "备注"),
    "WITHDRAW": Wording("withdraws", "撤回"),
    "RESUBMIT": Wording("asks again", "重新提交"),
}
UNITS = {
    "hour": Wording("hour", "小时"),
    "day": Wording("day", "天"),
    "week": Wording("week", "周"),
    "month": Wording("month", "个月"),
}
WITHOUT_FRACTIONS = ("JPY", "KRW", "VND")
"""Currencies whose smallest unit is the whole one."""
SHOWN = 8
"""So many characters of an id tell decisions apart."""


def line(decision: Any, names: Mapping[str, str], language: Language) -> str:
    """The end of its id, when and by whom it was asked, its kind, how much, of when, and the beginning of why."""
    asked = f"{_on_the_wall(decision['createTime'])[:10]}  {names[decision['requester']]}"
    why = decision["text"].partition("\n")[0]
    about = fact_words.brief(decision["facts"], language)
    parts = (decision["name"][-SHOWN:], asked, _kind(decision, language), _amount(decision, language), about, why)
    return "  ".join(part for part in parts if part)


def full(decision: Any, names: Mapping[str, str], language: Language) -> Iterator[str]:
    """Everything: where it stands and by which clause, what is asked, and what was said, in order."""
    state = STATES[decision["state"].removeprefix("DECISION_STATE_")].show(language)
    yield f"{decision['name']}  {state} [{decision['clause']}]"
    yield "  ".join(part for part in (_kind(decision, language), _amount(decision, language)) if part)
    asked = Wording("asked by", "申请人").show(language)
    yield f"{asked} {names[decision['requester']]}, {_on_the_wall(decision['createTime'])}"
    yield from (f"  {fact}" for fact in fact_words.told(decision["facts"], language))
    yield from (f"  {row}" for row in decision["text"].splitlines())
    for said in decision["answers"]:
        what = ANSWERS[said["kind"].removeprefix("ANSWER_KIND_")].show(language)
        when = _on_the_wall(said["answerTime"])
        colon = Wording(": ", "：").show(language) if said["text"] else ""
        yield f"{when}  {names[said['person']]} {what}{colon}{said['text']}"


def _on_the_wall(instant: str) -> str:
    """An instant as the clock of whoever reads shows it, to the minute."""
    return datetime.fromisoformat(instant).astimezone().strftime("%Y-%m-%d %H:%M")


def _kind(decision: Any, language: Language) -> str:
    kind = str(decision["kind"])
    return KINDS[kind].show(language) if kind in KINDS else kind


def _amount(decision: Any, language: Language) -> str:
    """How much, in the currency's or the quantity's unit; nothing where none is stated."""
    if money := decision.get("money"):
        digits = 0 if money["currency"] in WITHOUT_FRACTIONS else 2
        return f"{money['currency']} {Decimal(money['minorUnits']).scaleb(-digits):,.{digits}f}"
    if quantity := decision.get("quantity"):
        unit = str(quantity["unit"])
        return f"{quantity['value']} {UNITS[unit].show(language) if unit in UNITS else unit}"
    return ""
