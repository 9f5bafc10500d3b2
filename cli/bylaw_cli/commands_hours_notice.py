"""`bylaw hours-notice`: written notices that change working hours (HRS-6)."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, yes_option
from bylaw_cli.looking_up import Names
from bylaw_cli.published import line_of, listing, publish, withdrawing, wording_options
from bylaw_cli.reaching import signed_in
from bylaw_cli.subjects import subject_options
from bylaw_cli.things import Things
from bylaw_cli.typed import a_day, some_hours
from bylaw_cli.wording import Language, Wording

EXAMPLE = Wording(
    "bylaw hours-notice publish 2026-12-08 --unit TECH --hours 09:00-12:00 --cause business"
    " --zh '…' --en 'Everybody is at the launch.'",
    "bylaw hours-notice publish 2026-12-08 --unit TECH --hours 09:00-12:00 --cause business"
    " --zh 全体参加发布会。 --en 'Everybody is at the launch.'",
)
ABOUT = Wording(
    f"Notices that change the hours of days.\n\n\b\n{EXAMPLE.en}\nbylaw hours-notice list",
    f"变更工时的书面通知。\n\n\b\n{EXAMPLE.zh}\nbylaw hours-notice list",
)
PUBLISH = Wording(
    "Change the hours of the days from FIRST to LAST, or of FIRST alone: the whole day off, or other hours worked."
    f" Business need is announced ahead; everything else may be put on record afterwards.\n\n\b\n{EXAMPLE.en}",
    "变更 FIRST 至 LAST（或仅 FIRST）的工时：全天停工，或改按其他时段。业务需要须事先公布，其余可事后登记。"
    f"\n\n\b\n{EXAMPLE.zh}",
)
LIST = Wording(
    "List notices that change hours, newest first.\n\n\b\nbylaw hours-notice list --on 2026-12-08",
    "列出变更工时的通知，新的在前。\n\n\b\nbylaw hours-notice list --on 2026-12-08",
)
WITHDRAW = Wording(
    "Withdraw a notice: its days are judged by what holds without it. ID is the one that the list shows, or the first"
    " day.\n\n\b\nbylaw hours-notice withdraw 2026-12-08 --reason 'the launch is put off'",
    "撤回通知：相应日期按原安排核算。ID 为列表中的编号，或首日日期。\n\n\b\n"
    "bylaw hours-notice withdraw 2026-12-08 --reason 发布会延期",
)
HOURS = Wording(
    "Hours worked instead, such as 09:00-12:00; may be given again.", "改按的时段，如 09:00-12:00，可重复。"
)
DAY_OFF = Wording("The whole day is off.", "全天停工。")
CAUSE = Wording("Why the hours are changed.", "变更原因。")
OFF = Wording("whole day off", "全天停工")
CAUSES = {
    "business": ("HOURS_CAUSE_BUSINESS_NEED", Wording("business need", "业务需要")),
    "power": ("HOURS_CAUSE_POWER_FAILURE", Wording("power failure", "停电")),
    "water": ("HOURS_CAUSE_WATER_FAILURE", Wording("water failure", "停水")),
    "disaster": ("HOURS_CAUSE_NATURAL_DISASTER", Wording("natural disaster", "自然灾害")),
    "force-majeure": ("HOURS_CAUSE_FORCE_MAJEURE", Wording("force majeure", "不可抗力")),
}
"""As they are typed: how the contract names them, and how people do."""


def hours_notice_group(language: Language) -> click.Group:
    """Return `bylaw hours-notice`."""
    group = click.Group("hours-notice", help=ABOUT.show(language))
    group.add_command(_publish_command(language))
    group.add_command(listing(NOTICES, LIST, language))
    group.add_command(withdrawing(NOTICES, WITHDRAW, language))
    return group


def _publish_command(language: Language) -> click.Command:
    @json_option(language)
    @yes_option(language)
    @subject_options(language)
    @click.option("--cause", type=click.Choice(list(CAUSES)), required=True, help=CAUSE.show(language))
    @click.option("--day-off", is_flag=True, help=DAY_OFF.show(language))
    @click.option("--hours", multiple=True, callback=some_hours(language), help=HOURS.show(language))
    @click.argument("first", callback=a_day(language))
    @click.argument("last", callback=a_day(language), required=False)
    def make(first: str, last: str | None, *, hours: tuple[str, ...], day_off: bool, cause: str, **given: Any) -> None:
        wish = {"startDate": first, "endDate": last, "hours": list(hours), "dayOff": day_off, "cause": CAUSES[cause][0]}
        publish(NOTICES, wish, given, language)

    command = signed_in(wording_options(make, language), language)
    return click.command("publish", help=PUBLISH.show(language))(command)


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    causes = dict(CAUSES.values())
    what = OFF.show(language) if one.get("dayOff") else " ".join(one.get("hours", []))
    return line_of(one, [what, causes[one["cause"]].show(language)], names, language)


NOTICES = Things(
    collection="hoursNotices",
    noun=Wording("notice of hours", "工时通知"),
    line=_line,
    days=lambda one: [one["startDate"]],
    of_person=False,
)
