"""Leave as text: a line for each balance and each request, and what a request would come to."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bylaw_cli.looking_up import Names
from bylaw_cli.sheet_words import LEAVE_PARTS
from bylaw_cli.things import SHOWN_ID, Things
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
NONE, HOURS = Wording("none", "无"), Wording("hours", "若干小时")
WAITING = Wording("asked for, not decided: {amount}", "待审批 {amount}")
WAITING_LATER = Wording("asked for of later days, not decided: {amount}", "以后日期待审批 {amount}")
BOOKED = Wording("promised to later days: {amount}", "以后日期已批准 {amount}")
FREE = Wording("may still be asked for: {amount}", "还可申请 {amount}")
AT_ONCE = Wording(
    "nobody is above you: it holds at once, on your own responsibility, and human resources is told",
    "您没有上级：本人负责，即时生效，并告知人力资源",
)
LAPSING = Wording("{amount} of it until {day}", "其中 {amount} 至 {day} 有效")
LEFT = Wording("left of {balance} afterwards: {amount}", "扣后 {balance} 余 {amount}")
ON_OWN = Wording(
    "nobody is above to decide: it holds at once on your own responsibility, and human resources is told",
    "无上级可批：即时生效，由本人负责，并知会人力资源",
)
FROM_NONE = Wording("taken from no balance", "不扣任何余额")
ASKED = Wording("asked, one after the other: {who}", "依次审批：{who}")
NOBODY = Wording("nobody who could answer", "无人可审批")
SMALLEST = {
    "day": Wording("by days", "按天"),
    "half": Wording("by half days", "按半天"),
    "hour": Wording("by hours", "按小时"),
}


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
    yield from [f"  {_own(one, language)}" for one in requests] or [f"  {NONE.show(language)}"]


def kind_line(kind: Tree, language: Language) -> str:
    """A kind of leave: its code, what it is called, by what parts it is asked for, and what proves it."""
    parts = [kind["code"], kind["title"][language], SMALLEST[kind["smallest"]].show(language)]
    if evidence := kind.get("evidence"):
        parts.append(evidence[language])
    return "  ".join([*parts, f"[{kind['clause']}]"])


def preview(told: Tree, names: Names, language: Language) -> Iterator[str]:
    """Yield what a request would come to: each day, what is left, who is asked, and what speaks against it."""
    request = told["leaveRequest"]
    yield _request(request, language)
    for day in request["days"]:
        part = LEAVE_PARTS.get(day["part"], HOURS).show(language)
        yield f"  {day['workDate']}  {part}  {_days(day['days'], language)}"
    yield f"  {_left(told, language)}"
    if told.get("onOwnResponsibility"):
        yield f"  {ON_OWN.show(language)}"
    elif steps := told.get("steps"):
        who = Wording("; then ", "；再由 ").show(language).join(_step(step, names, language) for step in steps)
        yield f"  {ASKED.show(language).format(who=who)}"
    if told.get("onOwnResponsibility"):
        yield f"  {AT_ONCE.show(language)}"


def objections(told: Tree, language: Language) -> list[str]:
    """What speaks against a request, each with its clause."""
    return [
        f"{one['message'][language]}{f' [{clause}]' if (clause := one.get('clause')) else ''} ({one['reason']})"
        for one in told.get("objections", [])
    ]


def _left(told: Tree, language: Language) -> str:
    if not told.get("left"):
        return FROM_NONE.show(language)
    code, unit = told["leaveRequest"]["balance"], UNITS[told["unit"]].show(language)
    return LEFT.show(language).format(balance=_title(code, language), amount=_counted(told["left"], unit))


def _step(step: Tree, names: Names, language: Language) -> str:
    who = [_decider(one, names, language) for one in step.get("deciders", [])]
    return Wording(" or ", " 或 ").show(language).join(who) or NOBODY.show(language)


def _decider(one: Tree, names: Names, language: Language) -> str:
    """By name where the caller may see them; else by what makes them decide."""
    reason, called = one["reason"][language], names.of(one["person"])
    return reason if called == one["person"] else f"{called} ({reason})"


def _balance(one: Tree, language: Language) -> str:
    unit = UNITS[one["unit"]].show(language)
    parts = [f"{_title(one['code'], language)}  {_counted(one['amount'], unit)}"]
    for name, wording in (("waiting", WAITING), ("booked", BOOKED), ("waitingLater", WAITING_LATER)):
        if one.get(name, "0") not in {"", "0"}:
            parts.append(wording.show(language).format(amount=one[name]))
    if one.get("free", one["amount"]) not in {"", one["amount"]}:
        parts.append(FREE.show(language).format(amount=one["free"]))
    if one.get("lapsing"):
        parts.append(LAPSING.show(language).format(amount=one["lapsing"], day=one["lapseDate"]))
    return "  ".join(parts)


def _title(code: str, language: Language) -> str:
    return TITLES[code].show(language) if code in TITLES else code


def _counted(amount: str, unit: str) -> str:
    """English says one day and two days."""
    return f"{amount} {unit.removesuffix('s') if amount == '1' else unit}"


def _days(amount: str, language: Language) -> str:
    return _counted(amount, UNITS["LEAVE_UNIT_DAY"].show(language))


def _request(one: Tree, language: Language) -> str:
    """A request as a line: the days that it takes, those asked for where it takes none any more."""
    taken = [day["workDate"] for day in one.get("days", []) if not day["givenBack"]]
    first, last = (taken[0], taken[-1]) if taken else (one["startDate"], one["endDate"] or one["startDate"])
    span = first if first == last else f"{first} – {last}"
    if one.get("startTime"):
        span += f" {one['startTime']}–{one['endTime']}"
    return "  ".join((span, one["title"][language], _days(one["totalDays"], language)))


def _own(one: Tree, language: Language) -> str:
    state = STATES[one["state"].removeprefix(LEAVE.prefix)].show(language)
    return f"{one['name'][-SHOWN_ID:]}  {_request(one, language)}  {state}"


def _of_many(one: Tree, names: Names, language: Language) -> str:
    return f"{names.numbered(one['person'], one['employeeNumber'])}  {_request(one, language)}"


LEAVE = Things(
    collection="leaveRequests",
    noun=Wording("request for leave", "请假单"),
    line=_of_many,
    days=lambda one: [day["workDate"] for day in one["days"]],
    prefix="LEAVE_REQUEST_STATE_",
    states=STATES,
    ended=("REFUSED", "WITHDRAWN", "CANCELLED"),
)
