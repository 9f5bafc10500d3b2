"""`bylaw export`: a month of a unit as a file for payroll, with each sheet's version, and the layouts there are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from bylaw_cli.looking_up import unit_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.typed import MONTH, NO_MONTH
from bylaw_cli.wording import Language, Wording

FORMATS = {".csv": "EXPORT_FORMAT_CSV", ".xlsx": "EXPORT_FORMAT_XLSX", ".zip": "EXPORT_FORMAT_ZIP"}
SHIPPED, COLLECTION = "bylaw-sheets@1", "exportLayouts/"
ABOUT = Wording("Write what is on record to files for other programs.", "将记录导出为文件，供其他程序使用。")
NO_FORMAT = Wording("FILE ends in .csv, .xlsx or .zip.", "FILE 应以 .csv、.xlsx 或 .zip 结尾。")
EXAMPLES = (
    "\n\n\b\nbylaw export sheet SALES 2026-10 october.xlsx"
    "\nbylaw export sheet SALES 2026-10 leave.csv --table leave"
    "\nbylaw export sheet SALES 2026-10 payroll.zip --layout acme-payroll@1"
)
SHEET = Wording(
    "Write a month of everybody in the unit with code UNIT, and below it, to FILE. MONTH is YYYY-MM.\n\n"
    "FILE.xlsx is a workbook with a page for each table, FILE.zip a CSV for each; both hold the table versions, which"
    " says of every sheet which version of it this is (0: not closed). FILE.csv is one table. The columns are"
    f" described in docs/how-to/export-for-payroll.md.{EXAMPLES}",
    "将代码为 UNIT 的部门及其下各级每人某月的考勤写入 FILE，MONTH 为 YYYY-MM。\n\n"
    "FILE.xlsx 为工作簿，每表一页；FILE.zip 每表一个 CSV；两者均含 versions 表，写明每张考勤表的版本(0 为未结账)。"
    f"FILE.csv 为其中一个表。列的说明见 docs/how-to/export-for-payroll.zh-CN.md。{EXAMPLES}",
)
LAYOUT = Wording("In which layout: one that `bylaw export layouts` names.", "版式，见 `bylaw export layouts`。")
TABLE = Wording("Which table, for a CSV.  [default: the first]", "CSV 取哪一个表。 [默认：第一个]")
LAYOUTS = Wording(
    "List the layouts that are installed: the one that ships, and those of a company's plugins.",
    "列出已安装的版式：自带的，以及公司插件带来的。",
)


def export_group(language: Language) -> click.Group:
    """Return the group `bylaw export`."""
    group = click.Group("export", help=ABOUT.show(language))
    group.add_command(_sheet_command(language))
    group.add_command(_layouts_command(language))
    return group


def _sheet_command(language: Language) -> click.Command:
    @click.option("--layout", default=SHIPPED, show_default=True, metavar="NAME@VERSION", help=LAYOUT.show(language))
    @click.option("--table", default="", metavar="TABLE", help=TABLE.show(language))
    @click.argument("unit")
    @click.argument("month")
    @click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
    def sheet(unit: str, month: str, file: Path, *, layout: str, table: str, **given: Any) -> None:
        if not MONTH.fullmatch(month):
            raise Told(NO_MONTH.show(language), language)
        if file.suffix.lower() not in FORMATS:
            raise Told(NO_FORMAT.show(language), language)
        rest = rest_of(given, language)
        name = f"{unit_with(rest, unit, language)}/months/{month}"
        asked = {"format": FORMATS[file.suffix.lower()], "layout": f"{COLLECTION}{layout}", "table": table}
        file.write_bytes(rest.download(f"/v1/{name}:export?{urlencode(asked)}"))

    return click.command("sheet", help=SHEET.show(language))(signed_in(sheet, language))


def _layouts_command(language: Language) -> click.Command:
    def layouts(**given: Any) -> None:
        for one in rest_of(given, language).get("/v1/exportLayouts").get("exportLayouts", []):
            click.echo(_line(one, language))

    return click.command("layouts", help=LAYOUTS.show(language))(signed_in(layouts, language))


def _line(layout: Mapping[str, Any], language: Language) -> str:
    name = layout["name"].removeprefix(COLLECTION)
    line = f"{name}  {layout['title'][language]}  ({layout['distribution']})"
    fault = layout.get("fault")
    return f"{line}\n    {fault['message'][language]}" if fault else line
