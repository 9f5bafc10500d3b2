"""`bylaw import list`: the imports of punches that whoever asks may see, newest first, with what each took."""

import json
from collections.abc import Mapping
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bylaw_cli.looking_up import Names
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.replay_shown import local
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "List imports of punches, newest first: your own, and everybody's where you may see everybody.\n\n\b\n"
    "bylaw import list\nbylaw import list --state failed",
    "列出打卡的导入，新的在前：自己的，以及可见全员者看到的全部。\n\n\b\n"
    "bylaw import list\nbylaw import list --state failed",
)
STATE = Wording("Only those that stand so.", "仅列出此状态的。")
AS_JSON = Wording("Print the answer as JSON instead.", "改为输出 JSON。")
NONE = Wording("There are no imports.", "没有导入。")
REVOKED = Wording("taken back", "已撤销")
STATES = {
    "waiting": Wording("waits", "等待中"),
    "running": Wording("runs", "进行中"),
    "done": Wording("done", "完成"),
    "refused": Wording("refused", "被拒绝"),
    "failed": Wording("failed", "失败"),
}
COLUMNS = (
    Wording("import", "导入"),
    Wording("state", "状态"),
    Wording("handed in", "提交时间"),
    Wording("site", "地点"),
    Wording("file", "文件"),
    Wording("read", "读取"),
    Wording("taken", "新增"),
    Wording("on record", "已有"),
    Wording("refused", "拒绝"),
)
COUNTS = ("readCount", "takenCount", "repeatedCount", "refusedCount")
WIDEST = 500
"""As wide as it needs to be, however narrow the terminal: a name that is cut off takes nothing back."""


def list_command(language: Language) -> click.Command:
    """Return `bylaw import list`."""

    @click.option("--state", type=click.Choice([*STATES]), help=STATE.show(language))
    @click.option("--json", "as_json", is_flag=True, help=AS_JSON.show(language))
    def show(state: str | None, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        query = {"state": f"IMPORT_STATE_{state.upper()}"} if state else {}
        found = list(rest.pages("/v1/punchImports", "punchImports", query))
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        elif found:
            Console(highlight=False, width=WIDEST).print(_table(found, Names(rest, language), language))
        else:
            click.echo(NONE.show(language))

    return click.command("list", help=ABOUT.show(language))(signed_in(show, language))


def _table(found: list[Mapping[str, Any]], names: Names, language: Language) -> Table:
    table = Table(*(column.show(language) for column in COLUMNS), box=None, pad_edge=False)
    for one in found:
        state = STATES[one["state"].removeprefix("IMPORT_STATE_").lower()].show(language)
        said = REVOKED.show(language) if "revocation" in one else state
        told = (one["name"], said, local(one["createTime"]), names.coded(one.get("site", "")), one.get("fileName", ""))
        table.add_row(*told, *(str(one.get(count, 0)) for count in COUNTS))
    return table
