"""`bylaw company-day`: days off and worked that the company adds to the calendar, and the calendar itself (HRS-3)."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, tell, yes_option
from bylaw_cli.looking_up import Names, unit_with
from bylaw_cli.published import line_of, listing, publish, withdrawing, wording_options
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.subjects import subject_options
from bylaw_cli.things import Things, given_of
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

EXAMPLE = Wording(
    "bylaw company-day publish 2026-12-08 --off --unit TECH --zh '…' --en 'The party: the day is off.'",
    "bylaw company-day publish 2026-12-08 --off --unit TECH --zh 年会，放假一天。 --en 'The party: the day is off.'",
)
ABOUT = Wording(
    "Days off, and days worked, that the company adds to the official calendar.\n\n\b\n"
    f"{EXAMPLE.en}\nbylaw company-day list\nbylaw company-day calendar 2026-12-01 2026-12-31 --site HQ",
    "公司在法定日历之外增加的放假与上班日。\n\n\b\n"
    f"{EXAMPLE.zh}\nbylaw company-day list\nbylaw company-day calendar 2026-12-01 2026-12-31 --site HQ",
)
PUBLISH = Wording(
    "Make the days from FIRST to LAST, or FIRST alone, off or worked, whatever the official calendar says.\n\n\b\n"
    f"{EXAMPLE.en}",
    f"将 FIRST 至 LAST（或仅 FIRST）定为放假或上班，不论法定日历如何。\n\n\b\n{EXAMPLE.zh}",
)
LIST = Wording(
    "List the company's days, newest first.\n\n\b\nbylaw company-day list --on 2026-12-08",
    "列出公司日，新的在前。\n\n\b\nbylaw company-day list --on 2026-12-08",
)
WITHDRAW = Wording(
    "Withdraw a day of the company: its days are what they are without it. ID is the one that the list shows, or the"
    " first day.\n\n\b\nbylaw company-day withdraw 2026-12-08 --reason 'the party is a week later'",
    "撤回公司日：相应日期恢复原样。ID 为列表中的编号，或首日日期。\n\n\b\n"
    "bylaw company-day withdraw 2026-12-08 --reason 年会推迟一周",
)
CALENDAR = Wording(
    "Show what the calendar makes of each day from FIRST to LAST that is no ordinary one, at a site, for whoever works"
    " in a unit.\n\n\b\nbylaw company-day calendar 2026-09-25 2026-10-10 --site HQ --unit TECH",
    "显示某地点、某部门自 FIRST 至 LAST 中日历有特别规定的日子。\n\n\b\n"
    "bylaw company-day calendar 2026-09-25 2026-10-10 --site HQ --unit TECH",
)
WHICH = Wording("Whether the days are off or worked; one of the two.", "放假还是上班，二者选一。")
ONE_KIND = Wording(
    "Say whether the days are off or worked: --off or --worked.", "请注明放假还是上班：--off 或 --worked。"
)
SITE = Wording("By the official calendar of the site with this code.", "按该代码地点的法定日历。")
UNIT = Wording("For whoever works in the unit with this code.", "针对该代码部门的人员。")
OFF, WORKED = Wording("day off", "放假"), Wording("worked", "上班")
KINDS = {
    "ORDINARY": Wording("ordinary day", "普通日"),
    "STATUTORY_HOLIDAY": Wording("statutory holiday", "法定节假日"),
    "SUBSTITUTE": Wording("day off of the calendar", "调休放假"),
    "MAKE_UP_WORK": Wording("make-up working day", "调休上班"),
    "COMPANY_OFF": Wording("off by the company", "公司放假"),
    "COMPANY_WORKED": Wording("worked by the company", "公司上班"),
}
PROVISIONAL = Wording("not announced yet", "尚未公布")
ALL_ORDINARY = Wording("All of them are ordinary days.", "均为普通日。")


def company_day_group(language: Language) -> click.Group:
    """Return `bylaw company-day`."""
    group = click.Group("company-day", help=ABOUT.show(language))
    group.add_command(_publish_command(language))
    group.add_command(listing(COMPANY_DAYS, LIST, language))
    group.add_command(withdrawing(COMPANY_DAYS, WITHDRAW, language))
    group.add_command(_calendar_command(language))
    return group


def _publish_command(language: Language) -> click.Command:
    @json_option(language)
    @yes_option(language)
    @subject_options(language)
    @click.option("--worked/--off", default=None, help=WHICH.show(language))
    @click.argument("first", callback=a_day(language))
    @click.argument("last", callback=a_day(language), required=False)
    def make(first: str, last: str | None, *, worked: bool | None, **given: Any) -> None:
        if worked is None:
            raise Told(ONE_KIND.show(language), language)
        publish(COMPANY_DAYS, {"startDate": first, "endDate": last, "worked": worked}, given, language)

    command = signed_in(wording_options(make, language), language)
    return click.command("publish", help=PUBLISH.show(language))(command)


def _calendar_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--unit", metavar="CODE", help=UNIT.show(language))
    @click.option("--site", metavar="CODE", help=SITE.show(language))
    @click.argument("first", callback=a_day(language))
    @click.argument("last", callback=a_day(language), required=False)
    def calendar(first: str, last: str | None, *, site: str | None, unit: str | None, **given: Any) -> None:
        as_json = given.pop("as_json")
        rest = rest_of(given, language, {"startDate": "FIRST", "endDate": "LAST"})
        named = unit_with(rest, unit, language) if unit else ""
        query = given_of({"site": site, "unit": named, "startDate": first, "endDate": last})
        found = rest.get("/v1/calendarDays", query)
        lines = [
            _calendar_line(day, language) for day in found["calendarDays"] if not day["kind"].endswith("_ORDINARY")
        ]
        tell(found, lines or [ALL_ORDINARY.show(language)], as_json=as_json)

    return click.command("calendar", help=CALENDAR.show(language))(signed_in(calendar, language))


def _calendar_line(day: Mapping[str, Any], language: Language) -> str:
    kind = KINDS[day["kind"].removeprefix("CALENDAR_DAY_KIND_")].show(language)
    return "  ".join([day["workDate"], kind, *([PROVISIONAL.show(language)] if day.get("provisional") else [])])


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    return line_of(one, [(WORKED if one.get("worked") else OFF).show(language)], names, language)


COMPANY_DAYS = Things(
    collection="companyDays",
    noun=Wording("company day", "公司日"),
    line=_line,
    days=lambda one: [one["startDate"]],
    of_person=False,
)
