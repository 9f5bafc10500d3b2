"""`bylaw overtime`: asking for overtime ahead, what of it was found, and taking it back (HRS-7)."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.looking_up import Names
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.things import Step, Things, list_command, step_command
from bylaw_cli.typed import a_day, some_hours
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Overtime: asked for ahead, decided by the head (`bylaw inbox`), found in the punches.\n\n\b\n"
    "bylaw overtime ask 2026-12-01 18:00-20:30 --for pay --reason 'the catalogue goes to print'\n"
    "bylaw overtime list --of me\nbylaw overtime cancel 2026-12-01",
    "加班：事先申请，由负责人审批（`bylaw inbox`），按打卡核定。\n\n\b\n"
    "bylaw overtime ask 2026-12-01 18:00-20:30 --for pay --reason 目录付印\n"
    "bylaw overtime list --of me\nbylaw overtime cancel 2026-12-01",
)
ASK = Wording(
    "Ask for overtime of your own on DAY, before it begins and outside of the planned hours. HOURS are on the wall of"
    " your site; an end that is not after its start lies on the next day.\n\n\b\n"
    "bylaw overtime ask 2026-12-01 18:00-20:30 --for time-off --reason 'the catalogue goes to print'",
    "为本人申请 DAY 的加班，须在开始之前、计划工时之外。HOURS 为本地时间；结束不晚于开始的，算到次日。\n\n\b\n"
    "bylaw overtime ask 2026-12-01 18:00-20:30 --for time-off --reason 目录付印",
)
LIST = Wording(
    "List requests for overtime that you may see, the newest first: hours, at what they are paid, what was asked for"
    " and what was found.\n\n\b\nbylaw overtime list --of SALES --month 2026-11",
    "列出您可见的加班申请，新的在前：时段、倍率、申请与核定的时长。"
    "\n\n\b\nbylaw overtime list --of SALES --month 2026-11",
)
CANCEL = Wording(
    "Take a request of your own back: while it waits, or before it begins. ID is the one that the list shows, or the"
    " day.\n\n\b\nbylaw overtime cancel 2026-12-01",
    "撤回本人的申请：待审批时，或开始之前。ID 为列表中的编号，或当天日期。\n\n\b\nbylaw overtime cancel 2026-12-01",
)
CONFIRM = Wording(
    "Confirm an agreed request whose day has changed since it was asked for, as a head: it counts again, as the day is"
    " now.\n\n\b\nbylaw overtime confirm 24cfea49",
    "作为负责人确认一项已批准、但当天安排已变的加班：按现在的当天重新计算。\n\n\b\nbylaw overtime confirm 24cfea49",
)
FOR = Wording("What is wanted for it.", "要加班费还是调休。")
WHY = Wording("Why; whoever decides reads it.", "事由，审批人可见。")
COMPENSATIONS = {"PAY": Wording("pay", "加班费"), "TIME_OFF": Wording("time off", "调休")}
CHOICES = {"pay": "PAY", "time-off": "TIME_OFF"}
FOUND = Wording("asked {asked} min, found {found} min", "申请 {asked} 分钟，核定 {found} 分钟")
ASKED = Wording("asked {asked} min", "申请 {asked} 分钟")
CHANGED = Wording("the day has changed: the head confirms it", "当天安排已变，待负责人确认")


def overtime_group(language: Language) -> click.Group:
    """Return `bylaw overtime`."""
    group = click.Group("overtime", help=ABOUT.show(language))
    group.add_command(_ask_command(language))
    group.add_command(list_command(OVERTIME, LIST, language))
    group.add_command(step_command(OVERTIME, "cancel", Step("withdraw", CANCEL, own=True), language=language))
    group.add_command(step_command(OVERTIME, "confirm", Step("confirm", CONFIRM), language=language))
    return group


def _ask_command(language: Language) -> click.Command:
    wanted = click.Choice(list(CHOICES))

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=True, help=WHY.show(language))
    @click.option("--for", "wanted", type=wanted, required=True, help=FOR.show(language))
    @click.argument("day", callback=a_day(language))
    @click.argument("hours", callback=some_hours(language))
    def ask(day: str, hours: str, *, wanted: str, reason: str, as_json: bool, **given: Any) -> None:
        places = {"workDate": "DAY", "hours": "HOURS", "compensation": "--for", "reason": "--reason"}
        rest = rest_of(given, language, places)
        compensation = f"OVERTIME_COMPENSATION_{CHOICES[wanted]}"
        wish = {"workDate": day, "hours": hours, "compensation": compensation, "reason": reason}
        done = rest.call("POST", "/v1/overtimeRequests", wish)
        tell(done, [OVERTIME.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("ask", help=ASK.show(language))(signed_in(ask, language))


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    compensation = COMPENSATIONS[one["compensation"].removeprefix("OVERTIME_COMPENSATION_")].show(language)
    said = FOUND if one.get("settled") or one.get("foundMinutes") else ASKED
    minutes = said.show(language).format(asked=one["askedMinutes"], found=one.get("foundMinutes", 0))
    who = names.numbered(one["person"], one["employeeNumber"])
    parts = [who, one["workDate"], one["hours"], f"{one['percent']}%", compensation, minutes, one["reason"]]
    return "  ".join([*parts, *([CHANGED.show(language)] if one.get("dayChanged") else [])])


OVERTIME = Things(
    collection="overtimeRequests",
    noun=Wording("request for overtime", "加班申请"),
    line=_line,
    days=lambda one: [one["workDate"]],
    prefix="OVERTIME_STATE_",
    states={
        "WAITING": Wording("waits", "待审批"),
        "AGREED": Wording("agreed", "已批准"),
        "REFUSED": Wording("refused", "未批准"),
        "WITHDRAWN": Wording("taken back", "已撤回"),
    },
    ended=("REFUSED", "WITHDRAWN"),
    by_month=True,
)
