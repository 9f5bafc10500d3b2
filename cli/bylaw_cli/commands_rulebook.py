"""The commands on the rulebook: `bylaw rulebook export` and `bylaw rulebook import`."""

from pathlib import Path
from typing import Any

import click

from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "The rulebook as a CSV file: every wording of every clause a line, with the day from which it holds.\n\n"
    "\b\nbylaw rulebook export rulebook.csv\nbylaw rulebook import rulebook.csv --reason 'the council of 3 March'",
    "规章的 CSV 文件：每条款的每一版条文各占一行，并注明生效日期。\n\n"
    "\b\nbylaw rulebook export rulebook.csv\nbylaw rulebook import rulebook.csv --reason 三月三日会议",
)
EXPORT = Wording(
    "Write the rulebook to FILE, - for standard output. A file that is there is replaced.",
    "将规章写入 FILE，- 表示标准输出；已有的文件会被替换。",
)
IMPORT = Wording(
    "Take in FILE: all of it, or nothing and every faulty line named. A line that says what holds from its date already"
    " changes nothing, so an exported file can be edited and handed in whole.",
    "导入 FILE：全部接受，或全部不接受并逐行指出错误。与现行条文相同的行不作改动，因此可以编辑导出的文件后整份导入。",
)


def rulebook_group(language: Language) -> click.Group:
    """Return `bylaw rulebook`."""
    group = click.Group("rulebook", help=ABOUT.show(language))
    group.add_command(_export_command(language))
    group.add_command(_import_command(language))
    return group


def _export_command(language: Language) -> click.Command:
    @click.argument("file", type=click.Path(dir_okay=False, writable=True, allow_dash=True, path_type=Path))
    def export(file: Path, **given: Any) -> None:
        content = rest_of(given, language).download("/v1/clauses:export")
        if str(file) == "-":
            click.echo(content, nl=False)
        else:
            file.write_bytes(content)

    return click.command("export", help=EXPORT.show(language))(signed_in(export, language))


def _import_command(language: Language) -> click.Command:
    why = Wording("Why, for lines that do not say so themselves.", "修订理由，用于未自行注明的行。").show(language)

    @click.option("--reason", default="", help=why)
    @click.argument("file", type=FILE)
    def take(file: Path, *, reason: str, **given: Any) -> None:
        rest = rest_of(given, language)
        answer = rest.upload("/v1/clauses:import", file.read_bytes(), {"reason": reason} if reason else {})
        taken, repeated = answer.get("takenCount", 0), answer.get("repeatedCount", 0)
        said = Wording(
            f"{file.name}: {taken} wordings taken, {repeated} as they were",
            f"{file.name}：修订 {taken} 条，{repeated} 条不变",
        )
        click.echo(said.show(language))

    return click.command("import", help=IMPORT.show(language))(signed_in(take, language))
