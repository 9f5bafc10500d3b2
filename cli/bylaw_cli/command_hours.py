"""`bylaw hours`: the hours of a unit's month against the law, a row for each person (HRS-7)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from bylaw_cli.looking_up import unit_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.sheet import make_console
from bylaw_cli.typed import MONTH, NO_MONTH
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Print the hours of a month of everybody in the unit with code UNIT, and below it. MONTH is YYYY-MM.\n\n"
    "What was planned and worked, overtime by what it is paid at, and the hours that a week comes to by plan, as an"
    " average of the month; beyond the cap it is marked. Below it stands who stayed, or worked a day of rest, without"
    " asking.\n\n\b\nbylaw hours SALES 2026-11\nbylaw hours SALES 2026-11"
    " --json",
    "打印代码为 UNIT 的部门及其下各级每人某月的工时，MONTH 为 YYYY-MM。\n\n"
    "计划与实际工时、按倍率分列的加班，以及按计划折算的月平均周工时；超过上限的予以标记。"
    "表后列出无人申请而留下或在休息日工作的人。"
    "\n\n\b\nbylaw hours SALES 2026-11\nbylaw hours SALES 2026-11 --json",
)
COLUMNS = (
    Wording("number", "工号"),
    Wording("name", "姓名"),
    Wording("planned", "计划"),
    Wording("worked", "实际"),
    Wording("150 %", "150%"),
    Wording("200 %", "200%"),
    Wording("300 %", "300%"),
    Wording("a week", "周均"),
)
OVERTIME = ("workingDayMinutes", "restDayMinutes", "statutoryHolidayMinutes")
UNSETTLED = Wording("not judged: see the sheet", "无法判定，见月表")
UNASKED = Wording("Hours found and not asked for, which count nowhere", "无人申请而在岗的小时数，不计加班")
BEYOND = Wording("beyond the cap", "超上限")
Tree = Mapping[str, Any]


def hours_command(language: Language) -> click.Command:
    """Return `bylaw hours UNIT MONTH`."""
    as_json = Wording("Print the answer as JSON instead.", "改为输出 JSON。").show(language)

    @click.option("--json", "as_json", is_flag=True, help=as_json)
    @click.argument("unit")
    @click.argument("month")
    def hours(unit: str, month: str, *, as_json: bool, **given: Any) -> None:
        if not MONTH.fullmatch(month):
            raise Told(NO_MONTH.show(language), language)
        rest = rest_of(given, language)
        found = list(rest.pages(f"/v1/{unit_with(rest, unit, language)}/workHours", "workHours", {"month": month}))
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            make_console().print(table(found, language), *unasked(found, language), sep="\n")

    return click.command("hours", help=ABOUT.show(language))(signed_in(hours, language))


def table(people: Iterable[Tree], language: Language) -> Table:
    """The hours of many as a table."""
    made = Table(show_edge=False, pad_edge=False, header_style="dim")
    for place, column in enumerate(COLUMNS):
        made.add_column(column.show(language), no_wrap=True, justify="left" if place < 2 else "right")
    for one in people:
        made.add_row(*_row(one, language))
    return made


def unasked(people: Iterable[Tree], language: Language) -> Iterator[Text]:
    """Yield what was found beyond planned hours and not asked for, a line for each person who has any."""
    some = [one for one in people if one.get("unaskedOvertime")]
    if some:
        yield Text("\n" + UNASKED.show(language), style="dim")
    for one in some:
        days = (f"{day['workDate']} {day['minutes'] / 60:.1f}" for day in one["unaskedOvertime"])
        yield Text(f"{one['employeeNumber']}  {one.get('displayName', '')}  {', '.join(days)}")


def _row(one: Tree, language: Language) -> list[Text]:
    head = [Text(one["employeeNumber"]), Text(one.get("displayName", ""))]
    if one.get("unsettled"):
        return [*head, Text(UNSETTLED.show(language), style="yellow"), *[Text()] * 5]
    overtime = one.get("overtime", {})
    minutes = [one.get("plannedMinutes", 0), one.get("workedMinutes", 0), *(overtime.get(name, 0) for name in OVERTIME)]
    return [*head, *(Text(f"{number / 60:.1f}") for number in minutes), _average(one, language)]


def _average(one: Tree, language: Language) -> Text:
    """Hours a week; nothing where there are too few days to say."""
    tenths = one.get("averageWeeklyTenths", 0)
    average = Text(f"{tenths / 10:.1f}" if tenths else "-")
    if one.get("capExceeded"):
        cap = one["weeklyCapTenths"] / 10
        return average.append(f" {BEYOND.show(language)} {cap:.0f}", style="red")
    return average
