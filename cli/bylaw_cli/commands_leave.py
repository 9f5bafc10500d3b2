"""`bylaw leave`: what somebody has of leave, and how leave, trips and duty outside are asked for, changed (LVE-1)."""

from typing import Any

import click

from bylaw_cli.answering import json_option, sure, tell, yes_option
from bylaw_cli.leave_kinds import HALVES, kind_code, kinds_of
from bylaw_cli.leave_words import LEAVE, kind_line, lines, objections, preview
from bylaw_cli.looking_up import ME, Names, own_name, person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.showing_group import SHOW, ShowingGroup
from bylaw_cli.things import Step, given_of, list_command, step_command, the_one
from bylaw_cli.typed import a_day, some_hours
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Leave, business trips and duty outside: what there is, asking for them, and changing one's mind.\n\n\b\n"
    "bylaw leave\nbylaw leave 1004\nbylaw leave ask annual 2026-12-07 2026-12-08\nbylaw leave cancel 2026-12-07",
    "请假、出差与外勤：余额、申请与变更。\n\n\b\n"
    "bylaw leave\nbylaw leave 1004\nbylaw leave ask 年假 2026-12-07 2026-12-08\nbylaw leave cancel 2026-12-07",
)
SHOW_EXAMPLES = "\n\n\b\nbylaw leave show\nbylaw leave show 1004 --date 2026-12-31"
SHOWN = Wording(
    "Print the leave of PERSON: number, login or name; without it your own.\n\n"
    "What is there of each balance at the end of a day, what was asked for of it and is not decided, what lapses"
    f" soonest, and the requests that have a day from that one on.{SHOW_EXAMPLES}",
    "打印 PERSON（工号、登录名或姓名，缺省为本人）的假期。\n\n"
    f"某日终了时各项余额、其中已申请而未审批的、最先到期的，以及自该日起的请假单。{SHOW_EXAMPLES}",
)
KINDS = Wording(
    "List what you may ask for: codes, names, by what parts, and what proves it.\n\n\b\nbylaw leave kinds",
    "列出您可申请的假种：代码、名称、最小单位、所需证明。\n\n\b\nbylaw leave kinds",
)
ASK_EXAMPLES = (
    "\n\n\b\nbylaw leave ask annual 2026-12-07 2026-12-08 --to-half first"
    "\nbylaw leave ask trip 2026-12-07 --reason Hangzhou --yes"
    "\nbylaw leave ask outside-duty 2026-12-07 --hours 14:00-16:30"
)
ASK = Wording(
    "Ask for leave of a KIND from FIRST to LAST, or on FIRST alone. KIND is one of `bylaw leave kinds`, by code or"
    " name; `trip` and `outside-duty` are there for everybody.\n\nWhat it takes of each day, what is left and who is"
    f" asked is shown first, and then asked whether to send it.{ASK_EXAMPLES}",
    "申请自 FIRST 至 LAST（或仅 FIRST 当天）的假，KIND 为 `bylaw leave kinds` 中的代码或名称；出差 trip 与外勤"
    f" outside-duty 人人可用。\n\n先显示每天扣多少、扣后剩多少、由谁审批，再询问是否提交。{ASK_EXAMPLES}",
)
LIST = Wording(
    "List requests for leave that you may see, the newest first.\n\n\b\n"
    "bylaw leave list --of SALES --state waiting\nbylaw leave list --of 1004",
    "列出您可见的请假单，新的在前。\n\n\b\nbylaw leave list --of SALES --state waiting\nbylaw leave list --of 1004",
)
CANCEL = Wording(
    "Take a request of your own back, all of it. ID is the one that the list shows, or a day of the request.\n\n\b\n"
    "bylaw leave cancel 2026-12-07",
    "撤回或撤销本人的整张请假单。ID 为列表中的编号，或其中一天的日期。\n\n\b\nbylaw leave cancel 2026-12-07",
)
SHORTEN_EXAMPLES = "\n\n\b\nbylaw leave shorten 2026-12-07 2026-12-08\nbylaw leave shorten 24cfea49 2026-12-08 --half"
SHORTEN = Wording(
    "End an agreed request of your own earlier: LAST is the last day still taken. ID is the one that the list shows, or"
    f" a day of the request.{SHORTEN_EXAMPLES}",
    f"提前结束本人已批准的假，LAST 为仍然休假的最后一天。ID 为列表中的编号，或其中一天的日期。{SHORTEN_EXAMPLES}",
)
GIVE_BACK = Wording(
    "Give back somebody's agreed leave, past days too, from a day on: they were there after all, or brought no proof."
    "\n\n\b\nbylaw leave give-back 24cfea49 --from 2026-12-08 --reason 'was at work'",
    "退还他人已批准的假（过去的日子也可），自某日起：实际在岗，或未交证明。"
    "\n\n\b\nbylaw leave give-back 24cfea49 --from 2026-12-08 --reason 实际在岗",
)
AGAINST = Wording("It cannot be asked for:", "不能申请：")
PLACES = {
    "kind": "KIND",
    "startDate": "FIRST",
    "endDate": "LAST",
    "startHalf": "--from-half",
    "endHalf": "--to-half",
    "startTime": "--hours",
    "endTime": "--hours",
    "reason": "--reason",
    "evidence": "--evidence",
}


def leave_group(language: Language) -> click.Group:
    """Return `bylaw leave`."""
    cancel = Step("cancel", CANCEL, said="text", own=True)
    group = ShowingGroup("leave", help=ABOUT.show(language))
    for command in (
        _show_command(language),
        _kinds_command(language),
        _ask_command(language),
        list_command(LEAVE, LIST, language),
        step_command(LEAVE, "cancel", cancel, language=language),
        _shorten_command(language),
        _give_back_command(language),
    ):
        group.add_command(command)
    return group


def _show_command(language: Language) -> click.Command:
    when = Wording(
        "The day, YYYY-MM-DD; without it today's balances and every request.",
        "日期 YYYY-MM-DD；缺省为今天的余额和全部请假单。",
    ).show(language)

    @json_option(language)
    @click.option("--date", "day", default="", callback=a_day(language), help=when)
    @click.argument("person", default=ME)
    def show(person: str, day: str, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        name = person_with(rest, person, language)
        balances = rest.get(f"/v1/{name}/leaveBalances?date={day}").get("leaveBalances", [])
        requests = list(rest.pages("/v1/leaveRequests", "leaveRequests", given_of({"parent": name, "startDate": day})))
        who = Names(rest, language).of(name) if person == ME else person
        told = {"leaveBalances": balances, "leaveRequests": requests}
        tell(told, lines(who, day, balances=balances, requests=requests, language=language), as_json=as_json)

    return click.command(SHOW, help=SHOWN.show(language))(signed_in(show, language))


def _kinds_command(language: Language) -> click.Command:
    @json_option(language)
    def kinds(*, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        found = kinds_of(rest, own_name(rest))
        tell(found, (kind_line(kind, language) for kind in found), as_json=as_json)

    return click.command("kinds", help=KINDS.show(language))(signed_in(kinds, language))


def _ask_command(language: Language) -> click.Command:
    helps = {
        "from": Wording("With which half the first day begins.", "首日从哪半天开始。"),
        "to": Wording("With which half the last day ends.", "末日到哪半天结束。"),
        "hours": Wording("Hours of one day instead, such as 14:00-16:30.", "改为当天的若干小时，如 14:00-16:30。"),
        "reason": Wording("Why; whoever decides reads it.", "事由，审批人可见。"),
        "evidence": Wording("Where what proves it is to be found.", "证明材料的所在。"),
        "preview": Wording("Show what it would come to, and send nothing.", "仅预览，不提交。"),
    }
    half = click.Choice(list(HALVES))

    @json_option(language)
    @yes_option(language)
    @click.option("--preview", "only", is_flag=True, help=helps["preview"].show(language))
    @click.option("--evidence", metavar="TEXT", help=helps["evidence"].show(language))
    @click.option("--reason", metavar="TEXT", help=helps["reason"].show(language))
    @click.option("--hours", callback=some_hours(language), help=helps["hours"].show(language))
    @click.option("--to-half", type=half, help=helps["to"].show(language))
    @click.option("--from-half", type=half, help=helps["from"].show(language))
    @click.argument("kind")
    @click.argument("first", callback=a_day(language))
    @click.argument("last", required=False, callback=a_day(language))
    def ask(*, yes: bool, only: bool, as_json: bool, **given: Any) -> None:
        wish = _wish(given)
        rest = rest_of(given, language, PLACES)
        wish["kind"] = kind_code(rest, own_name(rest), wish["kind"], language)
        told = rest.get("/v1/leaveRequests:preview", wish)
        shown, against = list(preview(told, Names(rest, language), language)), objections(told, language)
        if only:
            tell(told, [*shown, *([AGAINST.show(language), *against] if against else [])], as_json=as_json)
            return
        if against:
            raise Told("\n  ".join([AGAINST.show(language), *against]), language)
        sure(shown, language, yes=yes, as_json=as_json)
        done = rest.call("POST", "/v1/leaveRequests", wish)
        tell(done, [LEAVE.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("ask", help=ASK.show(language))(signed_in(ask, language))


def _shorten_command(language: Language) -> click.Command:
    half = Wording("Only the first half of the last day is still taken.", "最后一天只休上半天。").show(language)
    until = Wording("Until when on the last day, such as 15:30.", "最后一天休到几点，如 15:30。").show(language)
    remark = Wording("Anything to be said of it.", "备注，可不填。").show(language)

    @json_option(language)
    @click.option("--reason", metavar="TEXT", help=remark)
    @click.option("--until", metavar="HH:MM", help=until)
    @click.option("--half", is_flag=True, help=half)
    @click.argument("typed", metavar="ID")
    @click.argument("last", callback=a_day(language))
    def shorten(typed: str, last: str, *, half: bool, as_json: bool, **given: Any) -> None:
        told = {"endDate": last, "text": given.pop("reason"), "endTime": given.pop("until")}
        rest = rest_of(given, language, {"endDate": "LAST", "endTime": "--until", "text": "--reason"})
        one = the_one(rest, LEAVE, typed, own=True, language=language)
        wish = given_of({**told, "endHalf": HALVES["first"] if half else "", "etag": one["etag"]})
        done = rest.call("POST", f"/v1/{one['name']}:shorten", wish)
        tell(done, [LEAVE.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("shorten", help=SHORTEN.show(language))(signed_in(shorten, language))


def _give_back_command(language: Language) -> click.Command:
    since = Wording("The first day given back; without it all of them.", "退还的首日；缺省为全部退还。").show(language)
    why = Wording("Why; whom it concerns reads it.", "理由，当事人可见。").show(language)

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=True, help=why)
    @click.option("--from", "first", callback=a_day(language), metavar="YYYY-MM-DD", help=since)
    @click.argument("typed", metavar="ID")
    def give_back(typed: str, *, first: str | None, reason: str, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language, {"startDate": "--from", "text": "--reason"})
        one = the_one(rest, LEAVE, typed, own=False, language=language)
        wish = given_of({"startDate": first, "text": reason, "etag": one["etag"]})
        done = rest.call("POST", f"/v1/{one['name']}:giveBack", wish)
        tell(done, [LEAVE.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("give-back", help=GIVE_BACK.show(language))(signed_in(give_back, language))


def _wish(given: dict[str, Any]) -> dict[str, Any]:
    """Take what is asked for out of what was typed."""
    hours = (given.pop("hours") or "").partition("-")
    return given_of(
        {
            "kind": given.pop("kind"),
            "startDate": given.pop("first"),
            "endDate": given.pop("last"),
            "startHalf": HALVES.get(given.pop("from_half") or ""),
            "endHalf": HALVES.get(given.pop("to_half") or ""),
            "startTime": hours[0],
            "endTime": hours[2],
            "reason": given.pop("reason"),
            "evidence": given.pop("evidence"),
        }
    )
