"""`bylaw leave`: what somebody has of each balance, and what they asked for."""

import json
import re
from typing import Any

import click

from bylaw_cli.commands_files import person_with, rest_of, signed_in
from bylaw_cli.leave_words import lines
from bylaw_cli.rest import Told
from bylaw_cli.wording import Language, Wording

DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
NO_DAY = Wording("--date is a date such as 2026-10-12.", "--date 应为日期，如 2026-10-12。")
EXAMPLES = "\n\n\b\nbylaw leave 1004\nbylaw leave 1004 --date 2026-12-31"
ABOUT = Wording(
    "Print the leave of the person with employee NUMBER.\n\n"
    "What is there of each balance at the end of a day, what was asked for of it and is not decided, what lapses"
    f" soonest, and the requests that have a day from that one on.{EXAMPLES}",
    "打印工号为 NUMBER 的员工的假期。\n\n"
    f"某日终了时各项余额、其中已申请而未审批的、最先到期的，以及自该日起的请假单。{EXAMPLES}",
)


def leave_command(language: Language) -> click.Command:
    """Return `bylaw leave NUMBER`."""
    as_json = Wording("Print the answers as JSON instead.", "改为输出 JSON。").show(language)
    when = Wording(
        "The day, YYYY-MM-DD; without it today's balances and every request.",
        "日期 YYYY-MM-DD；缺省为今天的余额和全部请假单。",
    ).show(language)

    @click.option("--json", "as_json", is_flag=True, help=as_json)
    @click.option("--date", "day", default="", help=when)
    @click.argument("number")
    def leave(number: str, day: str, *, as_json: bool, **given: Any) -> None:
        if day and not DAY.fullmatch(day):
            raise Told(NO_DAY.show(language), language)
        rest = rest_of(given, language)
        person = person_with(rest, number, language)
        balances = rest.get(f"/v1/{person}/leaveBalances?date={day}").get("leaveBalances", [])
        requests = rest.get(f"/v1/leaveRequests?parent={person}&startDate={day}").get("leaveRequests", [])
        if as_json:
            told = {"leaveBalances": balances, "leaveRequests": requests}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for line in lines(number, day, balances=balances, requests=requests, language=language):
            click.echo(line)

    return click.command("leave", help=ABOUT.show(language))(signed_in(leave, language))
