"""`bylaw rota`: the rota as a file to fill in, published with what it changes shown first, copied, shown (HRS-2)."""

from calendar import monthrange
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from bylaw_chassis.clock import system_clock

from bylaw_cli.answering import json_option, sure, tell, yes_option
from bylaw_cli.looking_up import Names, person_with, unit_with, whose
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.rota_changes import Change, Changes, compare, people_of, published
from bylaw_cli.rota_file import OWN_PATTERN, read, write
from bylaw_cli.rota_words import DONE, UNCHANGED, cell_lines, change_lines, copy_lines
from bylaw_cli.typed import FILE, NEW_FILE, a_day, a_month
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "The rota: who rests and works when.\n\n\b\n"
    "bylaw rota template SERVICE 2026-12 december.xlsx\nbylaw rota publish SERVICE december.xlsx\n"
    "bylaw rota show SERVICE 2026-12\nbylaw rota copy SERVICE 2026-12 2027-01",
    "排班：何人何日上班、休息。\n\n\b\n"
    "bylaw rota template SERVICE 2026-12 december.xlsx\nbylaw rota publish SERVICE december.xlsx\n"
    "bylaw rota show SERVICE 2026-12\nbylaw rota copy SERVICE 2026-12 2027-01",
)
TEMPLATE = Wording(
    "Write FILE (.xlsx or .csv) to be filled in: a row for each person of the unit with code UNIT and below, a column"
    " for each day of MONTH, with what is published already.\n\nA cell takes a word that the day's pattern knows, such"
    " as `rest`, or `floating`; - takes back what is published; an empty one changes nothing.\n\n\b\n"
    "bylaw rota template SERVICE 2026-12 december.xlsx",
    "写出待填的 FILE（.xlsx 或 .csv）：代码为 UNIT 的部门及下级每人一行，MONTH 每天一列，已公布的已填好。\n\n"
    "单元格填写当天班制认识的用词，如 `rest` 或 `floating`；填 - 表示撤回已公布的；留空则不变。\n\n\b\n"
    "bylaw rota template SERVICE 2026-12 december.xlsx",
)
PUBLISH = Wording(
    "Publish the rota in FILE for the unit with code UNIT and below. What it changes is shown first, and then asked"
    " whether to publish it: all of it, or nothing and every fault by its cell. The first column is a number, login or"
    " name.\n\n\b\nbylaw rota publish SERVICE december.xlsx\nbylaw rota publish SERVICE december.csv --yes",
    "为代码为 UNIT 的部门及下级公布 FILE 中的排班。先显示有何变化，再询问是否公布：全部公布，"
    "或全部不公布并逐格指出错误。首列为工号、登录名或姓名。\n\n\b\nbylaw rota publish SERVICE december.xlsx"
    "\nbylaw rota publish SERVICE december.csv --yes",
)
COPY = Wording(
    "Copy what is published of the month FROM into the month TO: the second Monday comes to stand on the second Monday."
    " What would be copied, left out and refused is shown first.\n\n\b\nbylaw rota copy SERVICE 2026-12 2027-01",
    "将 FROM 月已公布的排班复制到 TO 月：第二个周一对应第二个周一。先显示将复制、未复制与会被拒绝的。\n\n\b\n"
    "bylaw rota copy SERVICE 2026-12 2027-01",
)
SHOW = Wording(
    "Show what is published of MONTH: of the unit with code WHO and below, or of a person; `me`: your own.\n\n\b\n"
    "bylaw rota show SERVICE 2026-12\nbylaw rota show me 2026-12",
    "显示 MONTH 已公布的排班：WHO 为部门代码（含下级）或人员，`me` 为本人。\n\n\b\n"
    "bylaw rota show SERVICE 2026-12\nbylaw rota show me 2026-12",
)
TAKE_BACK = Wording(
    "Take back what is published of PERSON for DAY: their assignment decides the day alone again.\n\n\b\n"
    "bylaw rota take-back 1008 2026-12-01",
    "撤回已为 PERSON 公布的 DAY：当天恢复由其班制决定。\n\n\b\nbylaw rota take-back 1008 2026-12-01",
)
ENDINGS = (".xlsx", ".csv")
NO_ENDING = Wording("FILE ends in .xlsx or .csv.", "FILE 应以 .xlsx 或 .csv 结尾。")
NO_DAYS = Wording("{file} has no column of a day.", "{file} 没有日期列。")
FAULTS = Wording("Nothing was changed; mend these in {file}:", "未作任何改动；请更正 {file}：")
TAKEN_BACK = Wording("{who}  {day}: taken back", "{who}  {day}：已撤回")


def rota_group(language: Language) -> click.Group:
    """Return `bylaw rota`."""
    group = click.Group("rota", help=ABOUT.show(language))
    for command in (_template_command, _publish_command, _show_command, _copy_command, _take_back_command):
        group.add_command(command(language))
    return group


def _template_command(language: Language) -> click.Command:
    @click.argument("unit")
    @click.argument("month", callback=a_month(language))
    @click.argument("file", type=NEW_FILE)
    def template(unit: str, month: str, file: Path, **given: Any) -> None:
        if file.suffix.lower() not in ENDINGS:
            raise Told(NO_ENDING.show(language), language)
        rest = rest_of(given, language)
        name, days = unit_with(rest, unit, language), days_of(month)
        cells = published(rest, name, [month])
        rows = [
            [one["number"], one["displayName"], *(_shown(cells.get((one["name"], day))) for day in days)]
            for one in people_of(rest, name, days)
        ]
        write(file, days, rows, made=system_clock(), language=language)
        click.echo(Wording(f"{file.name}: {len(rows)} people", f"{file.name}：{len(rows)} 人").show(language))

    return click.command("template", help=TEMPLATE.show(language))(signed_in(template, language))


def _publish_command(language: Language) -> click.Command:
    @json_option(language)
    @yes_option(language)
    @click.argument("unit")
    @click.argument("file", type=FILE)
    def publish(unit: str, file: Path, *, yes: bool, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        name = unit_with(rest, unit, language)
        told = _held_against_published(rest, name, file, language)
        if not told.changes:
            tell({"publishedCount": 0}, [UNCHANGED.show(language)], as_json=as_json)
            return
        sure(change_lines(told, language), language, yes=yes, as_json=as_json)
        done = _published(rest, name, told.changes)
        counts = {key: done.get(f"{key}Count", 0) for key in ("published", "unchanged", "takenBack")}
        short = done.get("shortNoticeCount", 0)
        said = DONE.show(language).format(**counts, back=counts["takenBack"], short=short)
        tell(done, [said], as_json=as_json)

    return click.command("publish", help=PUBLISH.show(language))(signed_in(publish, language))


def _show_command(language: Language) -> click.Command:
    @json_option(language)
    @click.argument("who")
    @click.argument("month", callback=a_month(language))
    def show(who: str, month: str, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        cells = list(published(rest, whose(rest, who, language), [month]).values())
        tell(cells, cell_lines(cells, Names(rest, language), language), as_json=as_json)

    return click.command("show", help=SHOW.show(language))(signed_in(show, language))


def _copy_command(language: Language) -> click.Command:
    @json_option(language)
    @yes_option(language)
    @click.argument("unit")
    @click.argument("from_month", metavar="FROM", callback=a_month(language))
    @click.argument("to_month", metavar="TO", callback=a_month(language))
    def copy(unit: str, from_month: str, *, to_month: str, yes: bool, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language, {"fromMonth": "FROM", "toMonth": "TO"})
        path = f"/v1/{unit_with(rest, unit, language)}/rotaCells:copy"
        months, names = {"fromMonth": from_month, "toMonth": to_month}, Names(rest, language)
        tried = rest.call("POST", path, {**months, "validateOnly": True})
        if tried["faults"]:
            faults = [f"{fault['message'][language]} ({fault['reason']})" for fault in tried["faults"]]
            raise Told("\n  ".join([*copy_lines(tried, names, language), *faults]), language)
        sure(copy_lines(tried, names, language), language, yes=yes, as_json=as_json)
        done = rest.call("POST", path, months)
        tell(done, [list(copy_lines(done, names, language))[-1]], as_json=as_json)

    return click.command("copy", help=COPY.show(language))(signed_in(copy, language))


def _take_back_command(language: Language) -> click.Command:
    @json_option(language)
    @click.argument("person")
    @click.argument("day", callback=a_day(language))
    def take_back(person: str, day: str, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        cell = rest.call("DELETE", f"/v1/{person_with(rest, person, language)}/rotaCells/{day}")
        who = Names(rest, language).numbered(cell["person"], cell["employeeNumber"])
        tell(cell, [TAKEN_BACK.show(language).format(who=who, day=day)], as_json=as_json)

    return click.command("take-back", help=TAKE_BACK.show(language))(signed_in(take_back, language))


def days_of(month: str) -> list[str]:
    """Return the days of a month."""
    year, number = map(int, month.split("-"))
    return [f"{month}-{day:02}" for day in range(1, monthrange(year, number)[1] + 1)]


def _shown(cell: Any) -> str:
    """A published cell as a file holds it."""
    if cell is None:
        return ""
    return OWN_PATTERN if cell["shiftPattern"] else str(cell["code"])


def _held_against_published(rest: Rest, unit: str, file: Path, language: Language) -> Changes:
    """Read the file and hold it against what is published; refuses it with every fault that can be seen here."""
    read_file = read(file, language)
    if not (read_file.columns or read_file.faults):
        raise Told(NO_DAYS.show(language).format(file=file.name), language)
    days = list(read_file.columns)
    months = sorted({day[:7] for day in days})
    people = people_of(rest, unit, days) if days else []
    told = compare(read_file, people, published(rest, unit, months), language)
    if told.faults:
        raise Told("\n  ".join([FAULTS.show(language).format(file=file.name), *told.faults]), language)
    return told


def _published(rest: Rest, unit: str, changes: Sequence[Change]) -> dict[str, Any]:
    """Take back what goes and publish what comes, in one request: a day of rest can move, and nothing is half done."""
    cells = [
        {"person": one.person["name"], "workDate": one.day, "code": "" if one.back else one.word} for one in changes
    ]
    for number, one in enumerate(changes):
        rest.places[f"rotaCells[{number}]"] = f"{one.place} {one.day} {one.person['number']}"
    done: dict[str, Any] = rest.call("POST", f"/v1/{unit}/rotaCells:publish", {"rotaCells": cells})
    return done
