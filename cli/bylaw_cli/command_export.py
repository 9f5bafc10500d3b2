"""`bylaw export sheet`: a month of a unit as a file for payroll, with the version of every sheet."""

from pathlib import Path
from typing import Any

import click

from bylaw_cli.commands_files import MONTH, NO_MONTH, rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Wording

FORMATS = {".csv": "EXPORT_FORMAT_CSV", ".xlsx": "EXPORT_FORMAT_XLSX"}
ABOUT = Wording("Write what is on record to files for other programs.", "将记录导出为文件，供其他程序使用。")
NO_FORMAT = Wording("FILE ends in .csv or .xlsx.", "FILE 应以 .csv 或 .xlsx 结尾。")
EXAMPLES = "\n\n\b\nbylaw export sheet SALES 2026-10 october.xlsx\nbylaw export sheet SALES 2026-10 october.csv"
SHEET = Wording(
    "Write a month of everybody in the unit with code UNIT, and below it, to FILE. MONTH is YYYY-MM.\n\n"
    "A row for each sheet with its version (0: not closed) and totals, and one for each correction of an earlier"
    f" month that counts in this one. The columns are described in docs/how-to/close-a-month.md.{EXAMPLES}",
    "将代码为 UNIT 的部门及其下各级每人某月的考勤写入 FILE，MONTH 为 YYYY-MM。\n\n"
    "每张考勤表一行，含版本(0 为未结账)与合计；计入该月的往月更正各一行。列的说明见"
    f" docs/how-to/close-a-month.zh-CN.md。{EXAMPLES}",
)


def export_group(language: Language) -> click.Group:
    """Return the group `bylaw export`."""
    group = click.Group("export", help=ABOUT.show(language))
    group.add_command(_sheet_command(language))
    return group


def _sheet_command(language: Language) -> click.Command:
    @click.argument("unit")
    @click.argument("month")
    @click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
    def sheet(unit: str, month: str, file: Path, **given: Any) -> None:
        if not MONTH.fullmatch(month):
            raise Told(NO_MONTH.show(language), language)
        if file.suffix.lower() not in FORMATS:
            raise Told(NO_FORMAT.show(language), language)
        rest = rest_of(given, language)
        name = f"{_unit(rest, unit, language)}/months/{month}"
        file.write_bytes(rest.download(f"/v1/{name}:export?format={FORMATS[file.suffix.lower()]}"))

    return click.command("sheet", help=SHEET.show(language))(signed_in(sheet, language))


def _unit(rest: Rest, code: str, language: Language) -> str:
    """The resource name of the unit with a code; refuses one that there is not."""
    units = rest.get("/v1/units", {"code": code}).get("units", [])
    if not units:
        unknown = Wording(f"There is no unit with code {code}.", f"没有代码为 {code} 的部门。")
        raise Told(unknown.show(language), language)
    name: str = units[0]["name"]
    return name
