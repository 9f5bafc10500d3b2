"""`bylaw orders import`: hands a platform's files in, shows the progress, and says what became of the lines (ORD-1)."""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.import_files import line_words, watch
from bylaw_cli.orders.shops import Shops, Tree, channel_option, shops_of
from bylaw_cli.reaching import signed_in
from bylaw_cli.rest import Parameters, Told
from bylaw_cli.sheet import make_console
from bylaw_cli.things import given_of
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

EXAMPLES = (
    "\n\n\b\nbylaw orders import orders_export.csv --channel shopify\n"
    "bylaw orders import ExportOrderList.csv ExportOrderDetailList.csv --channel taobao"
)
ABOUT = Wording(
    "Take in the orders of a platform's export: csv or tsv in UTF-8 or GB18030, or xlsx, plain or gzip. Taobao's come"
    " in two files, the list and the goods, in either order. Columns are found by their names.\n\n"
    "Each order is taken once, however often it comes; what fails a check is held; what cannot be read is refused by"
    f" line, with all lines of its order, the rest is taken, and it exits with 1.{EXAMPLES}",
    "受理平台导出的订单：UTF-8 或 GB18030 编码的 csv、tsv，或 xlsx，可为 gzip。淘宝为两个文件：订单与宝贝明细，"
    "先后不限。各列按列名识别。\n\n"
    "同一订单无论导入几次只受理一次；未通过检查的待人工处理；无法读取的行连同其订单的各行被拒并说明原因，"
    f"其余照常受理，退出码为 1。{EXAMPLES}",
)
IMPORTER = Wording("Which importer reads it, where several could.", "有多种导入格式认得时，用哪一种。")
ZONE = Wording("Zone of its times, such as Europe/London.", "文件中时间所属的时区，如 Europe/London。")
TRY = Wording("Only say what would be refused.", "只说明哪些会被拒，不受理。")
LIST = Wording("Show which files can be read, and take none.", "列出可读的文件格式。")
NOTHING = Wording("Name one file, or two that belong together.", "请给出一个文件，或同属一次导出的两个文件。")
NOT_DONE = ("ORDER_IMPORT_STATE_REFUSED", "ORDER_IMPORT_STATE_FAILED")
ENDED = ("ORDER_IMPORT_STATE_DONE", *NOT_DONE)
SHOWN_LINES, READ_LINES, PAGE_LINES = 20, 10_000, 1_000
MOST_FILES = 2


def import_command(language: Language) -> click.Command:
    """Return `bylaw orders import FILE...`."""

    @json_option(language)
    @click.option("--importer", metavar="NAME", default="", help=IMPORTER.show(language))
    @click.option("--time-zone", metavar="ZONE", default="", help=ZONE.show(language))
    @click.option("--validate", "validate", is_flag=True, help=TRY.show(language))
    @click.option("--importers", "listing", is_flag=True, help=LIST.show(language))
    @channel_option(language)
    @click.argument("files", type=FILE, nargs=-1)
    def import_orders(files: tuple[Path, ...], *, channel: str, listing: bool, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        if listing:
            found = list(shops.rest.pages("/v1/orderImporters", "orderImporters"))
            tell(found, [f"{one['importer']}  {one['title'][language]}" for one in found], as_json=as_json)
            return
        if not 1 <= len(files) <= MOST_FILES:
            raise Told(NOTHING.show(language), language)
        made = _handed_in(shops, files, shops.channel(channel)["name"], given)
        if made.get("name"):
            made = watch(shops.rest, made, make_console(), called=files[0].name, ended=ENDED)
        tell(made, [_outcome(made, files).show(language), *_odd(made)], as_json=as_json)
        if made["state"] in NOT_DONE:
            raise Told(line_words(made.get("refusal", {}), language), language)
        _show_refused(shops, made)

    return click.command("import", help=ABOUT.show(language))(signed_in(import_orders, language))


def _handed_in(shops: Shops, files: tuple[Path, ...], channel: str, given: dict[str, Any]) -> dict[str, Any]:
    """Hand the files in one after the other: the first waits for the second."""
    first, *rest = files
    only = given_of({"validateOnly": "true" if given["validate"] else ""})
    asked = {"importer": given["importer"], "timeZone": given["time_zone"], "moreFiles": "true" if rest else ""}
    parameters = given_of({"fileName": first.name, **asked})
    made: dict[str, Any] = shops.rest.upload(
        f"/v1/{channel}/orderImports", first.read_bytes(), {**parameters, **({} if rest else only)}
    )
    for file in rest:
        path = f"/v1/{made['name']}:addFile"
        made = shops.rest.upload(path, file.read_bytes(), {"fileName": file.name, **only})
    return made


def _outcome(made: Tree, files: tuple[Path, ...]) -> Wording:
    names = ("readCount", "orderCount", "takenCount", "heldCount", "updatedCount", "repeatedCount", "refusedCount")
    read, orders, taken, held, updated, repeated, refused = (made.get(name, 0) for name in names)
    called, kept = " + ".join(file.name for file in files), made.get("name", "")
    return Wording(
        f"{called} ({made.get('importer', '')}): {read} lines, {orders} orders; lines taken {taken}, held {held},"
        f" updated {updated}, on record already {repeated}, refused {refused} {kept}".rstrip(),
        f"{called}（{made.get('importer', '')}）：{read} 行，{orders} 单；受理 {taken} 行，待处理 {held}，"
        f"更新 {updated}，已有 {repeated}，拒绝 {refused} {kept}".rstrip(),
    )


def _odd(made: Tree) -> list[str]:
    return [f"  {one['oddity']} ×{one['count']}" for one in made.get("oddities", [])]


def _show_refused(shops: Shops, made: Tree) -> None:
    """Name what was refused: the same word about the same place once, with how often; exits with 1 afterwards."""
    refused = made.get("refusedCount", 0)
    if not refused:
        return
    asked: Parameters = {"pageSize": PAGE_LINES, "outcome": "TAKING_OUTCOME_REFUSED"}
    path = f"/v1/{made.get('name')}/lines"
    found = shops.rest.pages(path, "lines", asked) if made.get("name") else iter(made.get("refusedLines", []))
    said = Counter(line_words(line, shops.language) for line in islice(found, READ_LINES))
    for words, times in islice(said.items(), SHOWN_LINES):
        click.echo(f"  {words}{f' ×{times}' if times > 1 else ''}", err=True)
    if more := refused - sum(islice(said.values(), SHOWN_LINES)):
        told = Wording(f"  and {more} more: GET {path}", f"  另有 {more} 行：GET {path}")
        click.echo(told.show(shops.language), err=True)
    sys.exit(1)
