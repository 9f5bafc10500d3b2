"""`bylaw pack`: what goes into a parcel is checked scan by scan (WHS-3, WHS-12)."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock import pack_words as words
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.meant import MOVEMENTS, RESERVATIONS, Kept, id_of, short, the_only, those
from bylaw_cli.stock.tables import show_rows
from bylaw_cli.stock.words import amount, quantity, shown
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

CHECKS = Kept("packChecks", Wording("check", "复核"), lambda _: ())
OPEN_CHECKS = Kept(
    "packChecks", Wording("open check", "进行中的复核"), lambda _: (), {"state": "PACK_CHECK_STATE_OPEN"}
)
MOST_SCANS = 500
ENDS = {
    "close": (words.CLOSE, "close", False),
    "call-off": (words.CALL_OFF, "callOff", True),
}


def pack_group(language: Language) -> click.Group:
    """Return `bylaw pack`."""
    group = click.Group("pack", help=words.ABOUT.show(language))
    for make in (_list_command, _start_command, _scan_command, _show_command):
        group.add_command(make(language))
    for name in ENDS:
        group.add_command(_end_command(name, language))
    return group


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option(
        "--state", type=click.Choice([_typed(word) for word in words.STATES]), help=words.STATE.show(language)
    )
    @warehouse_option(language)
    def show(*, warehouse: str, state: str | None, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        wanted = next((f"PACK_CHECK_STATE_{word}" for word in words.STATES if _typed(word) == state), "")
        found = goods.all("packChecks", given_of({"state": wanted}))
        tell(found, [_head(goods, one, language) for one in found] or [NOTHING.show(language)], as_json=as_json)

    return click.command("list", help=words.LIST.show(language))(signed_in(show, language))


def _start_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("number")
    def start(number: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        of = the_only(_subjects(goods, number), words.OF, number, language)
        kind = "reservation" if of["name"].startswith(RESERVATIONS.kind) else "stockMovement"
        done = goods.rest.call("POST", f"{goods.path}/packChecks:start", {kind: of["name"]})
        _tell(goods, done, language, as_json=as_json)

    return click.command("start", help=words.START.show(language))(signed_in(start, language))


def _scan_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--out", is_flag=True, help=words.OUT.show(language))
    @click.option("--quantity", "how_many", metavar="QTY", default="", help=words.HOW_MANY.show(language))
    @click.option("--lot", metavar="LOT", default="", help=words.LOT.show(language))
    @warehouse_option(language)
    @click.argument("typed", metavar="ID")
    @click.argument("codes", metavar="[CODE]...", nargs=-1)
    def scan(typed: str, codes: tuple[str, ...], *, warehouse: str, as_json: bool, **given: Any) -> None:
        said = {"lot": given.pop("lot"), "out": given.pop("out")}
        how_many = given.pop("how_many")
        goods = goods_of(rest_of(given, language), warehouse, language)
        check = _the_check(goods, OPEN_CHECKS, typed, language)
        each = given_of({**said, "quantity": {"value": how_many} if how_many else None})
        found = {"packCheck": check, "packScans": list(_scanned(goods, check, codes or tuple(_read()), each))}
        found["packCheck"] = goods.rest.get(f"/v1/{check['name']}")
        tell(found, [_head(goods, found["packCheck"], language)], as_json=as_json)
        if not as_json:
            show_rows(words.COLUMNS, map(_row, found["packCheck"]["lines"]), language)
        if refused := [one for one in found["packScans"] if one["reason"]]:
            for one in refused:
                click.echo(_refusal(one, language), err=True)
            sys.exit(1)

    return click.command("scan", help=words.SCAN.show(language))(signed_in(scan, language))


def _show_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("typed", metavar="ID")
    def show(typed: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        check = _the_check(goods, CHECKS, typed, language)
        pages = goods.rest.pages(f"/v1/{check['name']}/packScans", "packScans", {"refused": "true", "pageSize": 1000})
        refused = list(pages)
        _tell(goods, {**check, "refusedPackScans": refused} if as_json else check, language, as_json=as_json)
        if not as_json:
            for one in refused:
                click.echo(f"  {_refusal(one, language)}")

    return click.command("show", help=words.SHOW.show(language))(signed_in(show, language))


def _end_command(name: str, language: Language) -> click.Command:
    about, verb, needed = ENDS[name]

    @json_option(language)
    @click.option("--reason", metavar="TEXT", required=needed, help=words.WHY.show(language))
    @warehouse_option(language)
    @click.argument("typed", metavar="ID")
    def end(typed: str, *, warehouse: str, reason: str | None, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, {"reason": "--reason"}), warehouse, language)
        check = _the_check(goods, OPEN_CHECKS, typed, language)
        done = goods.rest.call("POST", f"/v1/{check['name']}:{verb}", given_of({"reason": reason}))
        _tell(goods, done, language, as_json=as_json)

    return click.command(name, help=about.show(language))(signed_in(end, language))


def _typed(word: str) -> str:
    return word.lower().replace("_", "-")


def _subjects(goods: Goods, typed: str) -> list[Any]:
    """What is packed: what is held still, or else what was issued."""
    return those(goods, RESERVATIONS, typed) or those(goods, MOVEMENTS, typed)


def _the_check(goods: Goods, kept: Kept, typed: str, language: Language) -> Any:
    """By the end of its ID, or by what it is of; of several of the same the newest."""
    if found := those(goods, kept, typed):
        return the_only(found, kept.noun, typed, language)
    ended = Kept(RESERVATIONS.kind, RESERVATIONS.noun, RESERVATIONS.numbers, {"showEnded": "true"})
    of = {id_of(one) for each in (ended, MOVEMENTS) for one in those(goods, each, typed)}
    listed = goods.all(kept.kind, kept.query)
    found = [one for one in listed if of & {one["reservation"], one["stockMovement"]}]
    return the_only(found[:1], kept.noun, typed, language)


def _read() -> Iterator[str]:
    return filter(None, (line.strip("\r\n ") for line in sys.stdin))


def _scanned(goods: Goods, check: Tree, codes: tuple[str, ...], each: Mapping[str, Any]) -> Iterator[Any]:
    """Each under a key of its own, as many at once as the interface takes."""
    pieces = [{"code": code, "key": str(uuid4()), **each} for code in codes]
    for first in range(0, len(pieces), MOST_SCANS):
        body = {"pieces": pieces[first : first + MOST_SCANS]}
        yield from goods.rest.call("POST", f"/v1/{check['name']}:batchScan", body)["packScans"]


def _refusal(one: Tree, language: Language) -> str:
    said = one["messageZh"] if language == "zh" else one["messageEn"]
    return words.REFUSED.show(language).format(code=one["code"], said=said, reason=one["reason"])


def _tell(goods: Goods, check: Tree, language: Language, *, as_json: bool) -> None:
    tell(check, [_head(goods, check, language)], as_json=as_json)
    if not as_json:
        show_rows(words.COLUMNS, map(_row, check["lines"]), language)


def _head(goods: Goods, one: Tree, language: Language) -> str:
    state = shown(words.STATES, one["state"], "PACK_CHECK_STATE_", language)
    who = goods.who(one["startedBy"]) if one["startedBy"] else ""
    of = short(one["reservation"] or one["stockMovement"])
    parts = short(one["name"]), of, state, goods.local(one["startTime"]), who, one["reason"]
    return "  ".join(filter(None, parts))


def _row(line: Tree) -> list[str]:
    return [str(line["number"]), line["itemCode"], line["lot"], quantity(line["packed"]), amount(line["wanted"])]
