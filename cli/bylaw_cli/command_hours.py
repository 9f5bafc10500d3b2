"""`bylaw hours`: the hours of a unit's month against the law, a row for each person (HRS-7)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from bylaw_cli.commands_files import MONTH, NO_MONTH, rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.sheet import make_console
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Print the hours of a month of everybody in the unit with code UNIT, and below it. MONTH is YYYY-MM.\n\n"
    "What was planned and worked, overtime by what it is paid at, and the hours that a week comes to by plan, as an"
    " average of the month; beyond the cap it is marked.\n\n\b\nbylaw hours SALES 2026-11\nbylaw hours SALES 2026-11"
    " --json",
    "打印代码为 UNIT 的部门及其下各级每人某月的工时，MONTH 为 YYYY-MM。\n\n"
    "计划与实际工时、按倍率分列的加班，以及按计划折算的月平均周工时；超过上限的予以标记。"
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
        found = list(rest.pages(f"/v1/{_unit(rest, unit, language)}/workHours", "workHours", {"month": month}))
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            make_console().print(table(found, language))

    return click.command("hours", help=ABOUT.show(language))(signed_in(hours, language))


def table(people: Iterable[Tree], language: Language) -> Table:
    """The hours of many as a table."""
    made = Table(show_edge=False, pad_edge=False, header_style="dim")
    for place, column in enumerate(COLUMNS):
        made.add_column(column.show(language), no_wrap=True, justify="left" if place < 2 else "right")
    for one in people:
        made.add_row(*_row(one, language))
    return made


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


def _unit(rest: Rest, code: str, language: Language) -> str:
    """The resource name of the unit with a code; refuses one that there is not."""
    units = rest.get("/v1/units", {"code": code}).get("units", [])
    if not units:
        unknown = Wording(f"There is no unit with code {code}.", f"没有代码为 {code} 的部门。")
        raise Told(unknown.show(language), language)
    name: str = units[0]["name"]
    return name
