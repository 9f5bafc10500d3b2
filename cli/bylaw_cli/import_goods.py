"""`bylaw import items` and `bylaw import stock`: hands catalogues and stock lists in, and names what was not taken."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

SHOWN_LINES = 20
ITEMS = Wording(
    "Items from a catalogue: put on record, or brought up to date by their code. Columns are found by their names, such"
    " as code or SKU, name or title, specification, category, unit, barcode.\n\n"
    "CSV in UTF-8 or GB18030, plain or gzip, or xlsx. Faulty lines are named, the rest is taken, and it exits with 1."
    "\n\n\b\n"
    "bylaw import items catalogue.csv --dry-run\nbylaw import items catalogue.xlsx",
    "目录中的商品：按编码新建或更新。按列名识别，如 code 或 SKU、name 或 title、规格、category、unit、barcode。\n\n"
    "UTF-8 或 GB18030 编码的 CSV（可为 gzip），或 xlsx。有误的行逐一指出，其余照常采用，退出码为 1。\n\n\b\n"
    "bylaw import items catalogue.csv --dry-run\nbylaw import items catalogue.xlsx",
)
STOCK = Wording(
    "Quantities of a stock list as an opening receipt into a place, by the file's name as its delivery note; each file"
    " once. Columns: code or SKU, and quantity, stock or qty. All lines are taken, or none, unless faulty ones are"
    " skipped.\n\n\b\nbylaw import stock list.csv --warehouse JX --place A-01-1 --dry-run\n"
    "bylaw import stock list.csv --warehouse JX --place A-01-1 --skip-faulty",
    "库存表中的数量：作为期初入库记入货位，以文件名为送货单；每份文件一次。"
    "列：code 或 SKU，以及 quantity、stock、库存或数量。全部采用，或全部不采用，除非跳过有误的行。\n\n\b\n"
    "bylaw import stock list.csv --warehouse JX --place A-01-1 --dry-run\n"
    "bylaw import stock list.csv --warehouse JX --place A-01-1 --skip-faulty",
)
DRY_RUN = Wording("Say what would become of it, and write nothing.", "只说明结果，不写入。")
WAREHOUSE = Wording("Code of the warehouse.", "仓库编码。")
PLACE = Wording("Code of the place in it where the goods lie.", "货物所在货位的编码。")
SKIP = Wording("Take the sound lines in where others are faulty.", "跳过有误的行，采用其余。")
NONE_SUCH = Wording("There is no {what} {code} within your reach.", "没有找到{what} {code}，或不在您的权限范围内。")
WORDS = {"warehouses": Wording("warehouse", "仓库"), "places": Wording("place", "货位")}


def items_command(language: Language) -> click.Command:
    """Return `bylaw import items FILE`."""

    @click.option("--dry-run", is_flag=True, help=DRY_RUN.show(language))
    @click.argument("file", type=FILE)
    def items(file: Path, *, dry_run: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        parameters = {"validateOnly": "true"} if dry_run else {}
        _tell(rest.upload("/v1/itemImports", file.read_bytes(), parameters), file, language)

    return click.command("items", help=ITEMS.show(language))(signed_in(items, language))


def stock_command(language: Language) -> click.Command:
    """Return `bylaw import stock FILE`."""

    @click.option("--warehouse", required=True, help=WAREHOUSE.show(language))
    @click.option("--place", required=True, help=PLACE.show(language))
    @click.option("--skip-faulty", is_flag=True, help=SKIP.show(language))
    @click.option("--dry-run", is_flag=True, help=DRY_RUN.show(language))
    @click.argument("file", type=FILE)
    def stock(file: Path, *, skip_faulty: bool, dry_run: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        warehouse = _with_code(rest, "/v1", "warehouses", given["warehouse"], language)
        place = _with_code(rest, f"/v1/{warehouse}", "places", given["place"], language)
        flags = {"skipFaulty": skip_faulty, "validateOnly": dry_run}
        parameters = {
            "fileName": file.name,
            "place": place,
            **{name: "true" for name, wanted in flags.items() if wanted},
        }
        path = f"/v1/{warehouse}/stockImports"
        _tell(rest.upload(path, file.read_bytes(), parameters), file, language)

    return click.command("stock", help=STOCK.show(language))(signed_in(stock, language))


COMMANDS: tuple[Callable[[Language], click.Command], ...] = (items_command, stock_command)


def _with_code(rest: Rest, path: str, things: str, code: str, language: Language) -> str:
    """The name of a warehouse or place by its code; nothing goes on where there is none."""
    for thing in rest.pages(f"{path}/{things}", things, {"pageSize": 1000}):
        if thing["code"].lower() == code.lower():
            return str(thing["name"])
    what = WORDS[things].show(language)
    raise Told(NONE_SUCH.show(language).format(what=what, code=code), language)


def _tell(made: dict[str, Any], file: Path, language: Language) -> None:
    """Print what became of a file, and name the lines that were not taken; exits with 1 where there are any."""
    click.echo(f"{file.name}: {_counts(made).show(language)}")
    refused = made.get("refusedLines", [])
    for line in refused[:SHOWN_LINES]:
        place = Wording(f"line {line['line']}", f"第 {line['line']} 行").show(language)
        words = line.get("wording", {}).get(language, "")
        seen = f" “{line['seen']}”" if line.get("seen") else ""
        click.echo(f"  {place} {line.get('column', '')}{seen}: {words} ({line['reason']})", err=True)
    more = len(refused) - SHOWN_LINES
    if more > 0:
        click.echo(Wording(f"  and {more} more", f"  另有 {more} 处").show(language), err=True)
    if refused:
        sys.exit(1)


def _counts(made: dict[str, Any]) -> Wording:
    lines, created, updated, same, received, refused = (
        made.get(name, 0)
        for name in ("lineCount", "createdCount", "updatedCount", "unchangedCount", "receivedCount", "refusedCount")
    )
    tried = made.get("validatedOnly", False)
    return Wording(
        f"{lines} lines, {created} items new, {updated} changed, {same} as they were, {received} quantities taken in,"
        f" {refused} lines refused{' (nothing was written)' if tried else ''}",
        f"{lines} 行，新商品 {created}，更新 {updated}，不变 {same}，入库 {received} 行，拒绝 {refused} 行"
        f"{'（未写入）' if tried else ''}",
    )
