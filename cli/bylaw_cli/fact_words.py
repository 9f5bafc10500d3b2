"""What a decision is about as text: each fact in the reader's language, and the few that a line of the inbox shows."""

from collections.abc import Iterable, Mapping

from bylaw_cli.wording import Language, Wording

NAMES = {
    "kind": Wording("kind", "类别"),
    "title": Wording("title", "名称"),
    "start_date": Wording("first day", "首日"),
    "end_date": Wording("last day", "末日"),
    "parts": Wording("parts of the days", "时段"),
    "balance": Wording("taken from the balance", "扣减余额"),
    "evidence": Wording("evidence", "证明"),
    "work_date": Wording("day", "日期"),
    "hours": Wording("hours", "时段"),
    "minutes": Wording("minutes", "分钟"),
    "percent": Wording("paid at, per cent", "计酬比例（%）"),
    "compensation": Wording("wanted for it", "补偿方式"),
}
"""Those that attendance tells; a fact of the company's own is shown as it is."""

VALUES = {
    "parts": {
        "day": Wording("whole day", "全天"),
        "first-half": Wording("first half", "上半天"),
        "second-half": Wording("second half", "下半天"),
        "hours": Wording("hours", "按小时"),
    },
    "compensation": {"pay": Wording("pay", "加班费"), "time_off": Wording("time off", "调休")},
}


def told(facts: Iterable[Mapping[str, str]], language: Language) -> list[str]:
    """A line for each fact."""
    colon = Wording(": ", "：").show(language)
    return [f"{_name(fact['key'], language)}{colon}{_value(fact['key'], fact['value'], language)}" for fact in facts]


def brief(facts: Iterable[Mapping[str, str]], language: Language) -> str:
    """Of which kind and when, so that requests that look alike are told apart; nothing where no fact says so."""
    known = {fact["key"]: fact["value"] for fact in facts}
    first, last = known.get("start_date", ""), known.get("end_date", "")
    days = first if first == last else f"{first} – {last}"
    when = (known.get("work_date", ""), known.get("hours", "")) if "work_date" in known else (days,)
    title = _value("title", known.get("title", ""), language)
    return " ".join(part for part in (title, *when) if part)


def _name(key: str, language: Language) -> str:
    return NAMES[key].show(language) if key in NAMES else key


def _value(key: str, value: str, language: Language) -> str:
    """A title is told in both languages, parts as a list of words."""
    if key == "title" and " / " in value:
        chinese, _, english = value.partition(" / ")
        return Wording(english, chinese).show(language)
    words = VALUES.get(key, {})
    between = Wording(", ", "、").show(language)
    return between.join(words[one].show(language) if one in words else one for one in value.split(", "))
