"""Leave as text: a line for each balance, and one for each request."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
UNITS = {"LEAVE_UNIT_DAY": Wording("days", "天"), "LEAVE_UNIT_MINUTE": Wording("minutes", "分钟")}
TITLES = {
    "annual": Wording("annual leave", "年假"),
    "floating": Wording("floating day", "机动调休"),
    "lieu": Wording("time off in lieu", "调休"),
}
"""Of the balances that ship; one of the company's own is shown as it is."""
STATES = {
    "WAITING": Wording("waits", "待审批"),
    "AGREED": Wording("agreed", "已批准"),
    "REFUSED": Wording("refused", "未批准"),
    "WITHDRAWN": Wording("taken back", "已撤回"),
    "CANCELLED": Wording("cancelled", "已撤销"),
}
TITLE, ON = Wording("Leave of {number}", "{number} 的假期"), Wording(" on {day}", "（{day}）")
BALANCES, REQUESTS = Wording("Balances", "余额"), Wording("Requests", "请假单")
NONE = Wording("none", "无")
WAITING = Wording("asked for, not decided: {amount}", "待审批 {amount}")
LAPSING = Wording("{amount} of it until {day}", "其中 {amount} 至 {day} 有效")


def lines(
    number: str, day: str, *, balances: Iterable[Tree], requests: Iterable[Tree], language: Language
) -> Iterator[str]:
    """Yield what there is to read."""
    yield TITLE.show(language).format(number=number) + ON.show(language).format(day=day) * bool(day)
    yield ""
    yield BALANCES.show(language)
    yield from [f"  {_balance(one, language)}" for one in balances] or [f"  {NONE.show(language)}"]
    yield ""
    yield REQUESTS.show(language)
    yield from [f"  {_request(one, language)}" for one in requests] or [f"  {NONE.show(language)}"]


def _balance(one: Tree, language: Language) -> str:
    unit, code = UNITS[one["unit"]].show(language), one["code"]
    title = TITLES[code].show(language) if code in TITLES else code
    parts = [f"{title}  {_counted(one['amount'], unit)}"]
    if one["waiting"] != "0":
        parts.append(WAITING.show(language).format(amount=one["waiting"]))
    if one.get("lapsing"):
        parts.append(LAPSING.show(language).format(amount=one["lapsing"], day=one["lapseDate"]))
    return "  ".join(parts)


def _counted(amount: str, unit: str) -> str:
    """English says one day and two days."""
    return f"{amount} {unit.removesuffix('s') if amount == '1' else unit}"


def _request(one: Tree, language: Language) -> str:
    state = STATES[one["state"].removeprefix("LEAVE_REQUEST_STATE_")].show(language)
    first, last = one["startDate"], one["endDate"]
    span = first if first == last else f"{first} – {last}"
    if one.get("startTime"):
        span += f" {one['startTime']}–{one['endTime']}"
    taken = _counted(one["totalDays"], UNITS["LEAVE_UNIT_DAY"].show(language))
    return "  ".join((span, one["title"][language], taken, state))
