"""The commands that speak to a running Bylaw over REST: `sheet` and `import`."""

import json
from pathlib import Path
from typing import Any

import click

from bylaw_cli.import_files import import_organisation, import_punches
from bylaw_cli.import_goods import COMMANDS
from bylaw_cli.import_list import list_command
from bylaw_cli.import_revoking import revoke_command
from bylaw_cli.import_words import EXAMPLES, KINDS, PUNCH_EXAMPLES
from bylaw_cli.looking_up import person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.sheet import make_console, show
from bylaw_cli.typed import FILE, MONTH, NO_MONTH
from bylaw_cli.wording import Language, Wording

FORMATS = ("attlog", "wide-in", "wide-out", "csv", "dingtalk", "wecom")


def sheet_command(language: Language) -> click.Command:
    """Return `bylaw sheet NUMBER MONTH`."""
    about = Wording(
        "Print the month of the person with employee NUMBER as a table. MONTH is YYYY-MM.\n\n"
        "Each half day stands in a row: what was planned, when the card was punched, what that came to, and the"
        " clauses of the rulebook that say so.\n\n\b\nbylaw sheet 1004 2026-11\nbylaw sheet 1004 2026-11 --json",
        "以表格打印工号为 NUMBER 的员工某月考勤，MONTH 为 YYYY-MM。\n\n"
        "每个半天一行：计划、打卡、结论，以及所依据的条款。"
        "\n\n\b\nbylaw sheet 1004 2026-11\nbylaw sheet 1004 2026-11 --json",
    )
    as_json = Wording("Print the answer as JSON instead.", "改为输出 JSON。").show(language)

    @click.option("--json", "as_json", is_flag=True, help=as_json)
    @click.argument("number")
    @click.argument("month")
    def sheet(number: str, month: str, *, as_json: bool, **given: Any) -> None:
        if not MONTH.fullmatch(month):
            raise Told(NO_MONTH.show(language), language)
        rest = rest_of(given, language)
        found = rest.get(f"/v1/{person_with(rest, number, language)}/sheets/{month}")
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            show(found, make_console(), language)

    return click.command("sheet", help=about.show(language))(signed_in(sheet, language))


def import_group(language: Language) -> click.Group:
    """Return `bylaw import` with a command for each kind of file."""
    about = Wording(
        "Bring in files. The same file twice changes nothing.", "导入文件。重复导入同一文件不会改变任何内容。"
    )
    group = click.Group("import", help=about.show(language))
    for kind, columns in KINDS.items():
        group.add_command(_organisation_command(kind, columns, language))
    group.add_command(_punches_command(language))
    for command in COMMANDS:
        group.add_command(command(language))
    group.add_command(list_command(language))
    group.add_command(revoke_command(language))
    return group


def _organisation_command(kind: str, columns: Wording, language: Language) -> click.Command:
    about = Wording(
        f"{columns.en}\n\nCSV in UTF-8 or GB18030, plain or gzip. All lines are taken, or none and every faulty one is"
        f" named. Order: sites, units, positions, people, service-records.\n\n\b\n{EXAMPLES[kind].en}",
        f"{columns.zh}\n\nUTF-8 或 GB18030 编码的 CSV，可为 gzip。全部接受，或全部不接受并逐行指出错误。"
        f"顺序：sites、units、positions、people、service-records。\n\n\b\n{EXAMPLES[kind].zh}",
    )
    site = Wording("Code of the site of people whose line names none.", "未写明地点者所属地点的代码。").show(language)
    parent = Wording("Make unknown units under the unit with this code.", "将未知部门建在此代码的部门之下。").show(
        language
    )
    since = Wording("Date from which it holds where a line names none.", "未写明时的生效日期。").show(language)

    @click.option("--site", help=site)
    @click.option("--parent-unit", help=parent)
    @click.option("--effective-date", metavar="YYYY-MM-DD", help=since)
    @click.argument("file", type=FILE)
    def organisation(file: Path, **given: Any) -> None:
        rest = rest_of(given, language)
        parameters = {
            "kind": f"ORGANISATION_FILE_KIND_{kind.upper().replace('-', '_')}",
            "site": given["site"],
            "parentUnit": given["parent_unit"],
            "effectiveDate": given["effective_date"],
        }
        import_organisation(rest, file, parameters, language=language)

    return click.command(kind, help=about.show(language))(signed_in(organisation, language))


def _punches_command(language: Language) -> click.Command:
    about = Wording(
        "Punches from a clock's attlog.dat, from wide in/out files (a row per person, a column per day), from CSV"
        " (employee_number, local_time, direction, device, status), or from an export of DingTalk or WeCom, xlsx or"
        " CSV. Plain or gzip.\n\n"
        "Lines on record already are counted as such; refused lines are named, the rest is taken, and it exits with 1."
        f"\n\n\b\n{PUNCH_EXAMPLES}",
        "打卡记录：考勤机 attlog.dat、宽表上下班文件（每人一行、每日一列）、CSV"
        "（employee_number, local_time, direction, device, status），或钉钉、企业微信的导出文件（xlsx 或 CSV）。"
        "可为 gzip。\n\n"
        "已有记录计为重复；被拒绝的行逐一指出，其余照常接受，退出码为 1。"
        f"\n\n\b\n{PUNCH_EXAMPLES}",
    )
    site = Wording("Code of the site in whose time zone the times are.", "时间所属时区的地点代码。").show(language)
    layout = Wording("Layout of the file; recognised by itself where it can be.", "文件格式；通常可自动识别。").show(
        language
    )
    device = Wording("The clock, where the file names none.", "文件未写明时的考勤机名。").show(language)
    until = Wording("The clocks have reported everything up to this date.", "考勤机已上报至此日期（含）。").show(
        language
    )

    @click.option("--site", required=True, help=site)
    @click.option("--format", "layout", type=click.Choice(FORMATS), help=layout)
    @click.option("--device", help=device)
    @click.option("--complete-until", metavar="YYYY-MM-DD", help=until)
    @click.argument("file", type=FILE)
    def punches(file: Path, **given: Any) -> None:
        rest = rest_of(given, language)
        layout = given["layout"]
        parameters = {
            "site": given["site"],
            "format": f"PUNCH_FILE_FORMAT_{layout.upper().replace('-', '_')}" if layout else "",
            "device": given["device"],
            "completeUntilDate": given["complete_until"],
        }
        import_punches(rest, file, parameters, language=language, console=make_console())

    return click.command("punches", help=about.show(language))(signed_in(punches, language))
