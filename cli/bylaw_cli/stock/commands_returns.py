"""`bylaw returns`: what customers sent back, and what becomes of it (WHS-6)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.looking_up import person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock import return_words as words
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.meant import WAITING, Kept, goods_typed, meant, short
from bylaw_cli.stock.tables import show_rows
from bylaw_cli.stock.words import amount, shown
from bylaw_cli.things import given_of
from bylaw_cli.typed import FILE
from bylaw_cli.wording import Language, Wording

DECISIONS = Kept("returnDecisions", Wording("decision", "决定"), lambda _: ())
TYPED = {"supplierSlip": "--slip"}
FIELDS = {"cause": "--cause", "toPlace": "--to", "lot": "--lot", "responsible": "--responsible"}
PNG = ".png"


def returns_group(language: Language) -> click.Group:
    """Return `bylaw returns`."""
    group = click.Group("returns", help=words.ABOUT.show(language))
    for make in (_waiting_command, _list_command, _photo_command, _withdraw_command):
        group.add_command(make(language))
    for name in words.DECIDE:
        group.add_command(_decide_command(name, language))
    return group


def _waiting_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    def show(*, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("waitingReturns")
        if as_json:
            tell(found, (), as_json=True)
            return
        show_rows(words.COLUMNS, [row for one in found for row in _rows(goods, one)], language)

    return click.command("waiting", help=words.SHOW_WAITING.show(language))(signed_in(show, language))


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    def show(*, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("returnDecisions")
        goods.learn(line["item"] for one in found for line in one["lines"])
        lines = [line for one in found for line in _lines(goods, one, language)]
        tell(found, lines or [NOTHING.show(language)], as_json=as_json)

    return click.command("list", help=words.LIST.show(language))(signed_in(show, language))


def _photo_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("slip")
    @click.argument("file", type=FILE)
    def keep(slip: str, file: Path, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, {"image": file.name}), warehouse, language)
        one = meant(goods, WAITING, slip, language)
        kind = "image/png" if file.suffix.lower() == PNG else "image/jpeg"
        done = goods.rest.upload(f"/v1/{one['stockMovement']}/returnPhotos", file.read_bytes(), {}, kind=kind)
        tell(done, [f"{short(done['name'])}  {file.name}"], as_json=as_json)

    return click.command("photo", help=words.PHOTO.show(language))(signed_in(keep, language))


def _withdraw_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("typed", metavar="ID")
    def withdraw(typed: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        one = meant(goods, DECISIONS, typed, language)
        done = goods.rest.call("POST", f"/v1/{one['name']}:withdraw", {})
        tell(done, _lines(goods, done, language), as_json=as_json)

    return click.command("withdraw", help=words.WITHDRAW.show(language))(signed_in(withdraw, language))


def _decide_command(name: str, language: Language) -> click.Command:
    def decide(slip: str, items: tuple[str, ...], *, warehouse: str, as_json: bool, **given: Any) -> None:
        said = {word: given.pop(word, "") or "" for word in ("cause", "lot", "to", "by_slip", "responsible")}
        each = {f"lines[{number}].{field}": to for number in range(len(items)) for field, to in FIELDS.items()}
        lines = {f"lines[{number}]": one for number, one in enumerate(items)}
        goods = goods_of(rest_of(given, language, {**TYPED, **lines, **each}), warehouse, language)
        one = meant(goods, WAITING, slip, language)
        more = {"outcome": f"RETURN_OUTCOME_{name.upper()}", **_said(goods, said)}
        body = {"lines": [{**line, **more} for line in goods_typed(goods, items, language)]}
        body |= given_of({"supplierSlip": said["by_slip"]})
        done = goods.rest.call("POST", f"/v1/{one['stockMovement']}:decideReturn", body)
        tell(done, _lines(goods, done, language), as_json=as_json)

    command = json_option(language)(warehouse_option(language)(signed_in(decide, language)))
    command = click.option("--lot", metavar="LOT", default="", help=words.LOT.show(language))(command)
    if name == "sale":
        command = click.option("--to", metavar="CODE", default="", help=words.TO.show(language))(command)
    if name == "supplier":
        command = click.option("--slip", "by_slip", metavar="NUMBER", required=True, help=words.SLIP.show(language))(
            command
        )
    needed = name == "scrap"
    command = click.option("--responsible", metavar="WHO", required=needed, help=words.WHO.show(language))(command)
    command = click.option("--cause", metavar="TEXT", required=True, help=words.CAUSE.show(language))(command)
    command = click.argument("items", metavar="ITEM=QTY...", nargs=-1, required=True)(command)
    return click.command(name, help=words.DECIDE[name].show(language))(click.argument("slip")(command))


def _said(goods: Goods, said: dict[str, str]) -> dict[str, Any]:
    """What is said of every line."""
    place = goods.place(said["to"]) if said["to"] else ""
    who = person_with(goods.rest, said["responsible"], goods.language) if said["responsible"] else ""
    return given_of({"cause": said["cause"], "lot": said["lot"], "toPlace": place, "responsible": who})


def _rows(goods: Goods, one: Tree) -> Iterator[list[str]]:
    of = [", ".join(one["slips"]), short(one["stockMovement"]), str(one["waitingDays"])]
    for line in one["lines"]:
        what = [line["itemCode"], line["lot"], goods.label(line["place"])]
        yield [*of, *what, amount(line["returned"]), amount(line["waiting"])]


def _lines(goods: Goods, one: Tree, language: Language) -> Iterator[str]:
    """A decision, and below it what becomes of which goods."""
    by = goods.who(one["decidedBy"]) if one["decidedBy"] else ""
    state = shown(words.SCRAPS, one["scrapState"], "RETURN_SCRAP_STATE_", language) if one["decision"] else ""
    head = short(one["name"]), goods.local(one["decideTime"]), by, one["supplierSlip"], state, one["decision"]
    yield "  ".join(filter(None, head))
    for line in one["lines"]:
        outcome = shown(words.OUTCOMES, line["outcome"], "RETURN_OUTCOME_", language)
        what = goods.called(line["item"]), line["lot"], amount(line["quantity"]), outcome, line["cause"]
        yield f"  {'  '.join(filter(None, what))}"
