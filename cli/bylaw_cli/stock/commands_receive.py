"""`bylaw receive`: deliveries counted against their note, decided on, and put away (WHS-1, WHS-2, WHS-8)."""

from pathlib import Path
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, sure, tell, yes_option
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock import receive_words as words
from bylaw_cli.stock.announced import read_note
from bylaw_cli.stock.deciding import decide_command
from bylaw_cli.stock.deliveries import note_line, note_lines, the_delivery
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.of_notes import meant, of_note, tell_delivery
from bylaw_cli.stock.words import amount
from bylaw_cli.things import given_of
from bylaw_cli.typed import FILE, a_day
from bylaw_cli.wording import Language

OPEN: dict[str, str | int] = {"state": "DELIVERY_NOTE_STATE_OPEN"}
IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def receive_group(language: Language) -> click.Group:
    """Return `bylaw receive`."""
    group = click.Group("receive", help=words.ABOUT.show(language))
    makers = (_list_command, _announce_command, _show_command, _start_command, _count_command, _finish_command)
    for command in (*makers, _photo_command, decide_command, _put_away_command):
        group.add_command(command(language))
    return group


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--all", "every", is_flag=True, help=words.EVERY.show(language))
    @warehouse_option(language)
    def show(*, warehouse: str, every: bool, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("deliveryNotes", {} if every else OPEN)
        lines = [note_line(note, language) for note in found] or [NOTHING.show(language)]
        tell(found, lines, as_json=as_json)

    return click.command("list", help=words.LIST.show(language))(signed_in(show, language))


def _announce_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--blind", is_flag=True, help=words.BLIND.show(language))
    @click.option("--expected", metavar="DAY", default="", callback=a_day(language), help=words.EXPECTED.show(language))
    @warehouse_option(language)
    @click.argument("supplier")
    @click.argument("number")
    @click.argument("file", type=FILE)
    def announce(supplier: str, number: str, file: Path, *, blind: bool, as_json: bool, **given: Any) -> None:
        warehouse, expected = given.pop("warehouse"), given.pop("expected")
        goods = goods_of(rest_of(given, language, words.PLACES), warehouse, language)
        wish = {"warehouse": goods.warehouse["name"], "supplier": supplier, "number": number, "blind": blind}
        wish |= given_of({"expectedDate": expected, "lines": read_note(file, goods, language)})
        done = goods.rest.call("POST", "/v1/deliveryNotes", wish)
        tell(done, () if as_json else note_lines(goods, done, language), as_json=as_json)

    return click.command("announce", help=words.ANNOUNCE.show(language))(signed_in(announce, language))


def _show_command(language: Language) -> click.Command:
    @click.argument("note")
    def show(note: str, *, as_json: bool, **given: Any) -> None:
        goods, found = meant(note, given, language)
        tell(found, () if as_json else note_lines(goods, found, language), as_json=as_json)

    return click.command("show", help=words.SHOW.show(language))(of_note(show, language))


def _start_command(language: Language) -> click.Command:
    @click.option("--partial", is_flag=True, help=words.PARTIAL.show(language))
    @click.option("--reference", metavar="TEXT", default="", help=words.REFERENCE.show(language))
    @click.argument("note")
    def start(note: str, *, reference: str, partial: bool, as_json: bool, **given: Any) -> None:
        goods, found = meant(note, given, language)
        body = given_of({"reference": reference, "partial": partial})
        done = goods.rest.call("POST", f"/v1/{found['name']}/deliveries:start", body)
        tell_delivery(goods, done, language, as_json=as_json)

    return click.command("start", help=words.START.show(language))(of_note(start, language))


def _count_command(language: Language) -> click.Command:
    @click.option("--take-off", is_flag=True, help=words.TAKE_OFF.show(language))
    @click.option("--expires", metavar="DAY", default="", callback=a_day(language), help=words.EXPIRES.show(language))
    @click.option("--lot", metavar="LOT", default="", help=words.LOT.show(language))
    @click.option("--other-variety", is_flag=True, help=words.OTHER.show(language))
    @click.option("--damaged", is_flag=True, help=words.DAMAGED.show(language))
    @click.argument("note")
    @click.argument("item")
    @click.argument("quantity")
    def count(note: str, item: str, quantity: str, *, damaged: bool, as_json: bool, **given: Any) -> None:
        other, lot, expires, take_off = (given.pop(name) for name in ("other_variety", "lot", "expires", "take_off"))
        if damaged and other:
            raise Told(words.ONE_CONDITION.show(language), language)
        goods, found = meant(note, given, language)
        delivery = the_delivery(goods, found, ("COUNTING",), language)
        condition = "DAMAGED" if damaged else "OTHER_VARIETY" if other else "FIT"
        said = {"lot": lot, "expiryDate": expires, "takeOff": take_off}
        body = {
            "item": goods.item(item),
            "quantity": {"value": quantity},
            "condition": f"GOODS_CONDITION_{condition}",
            **given_of(said),
        }
        done = goods.rest.call("POST", f"/v1/{delivery['name']}:addToCount", body)
        tell_delivery(goods, done, language, as_json=as_json)

    return click.command("count", help=words.COUNT.show(language))(of_note(count, language))


def _finish_command(language: Language) -> click.Command:
    @click.option("--remark", metavar="TEXT", default="", help=words.REMARK.show(language))
    @click.argument("note")
    def finish(note: str, *, remark: str, as_json: bool, **given: Any) -> None:
        goods, found = meant(note, given, language)
        delivery = the_delivery(goods, found, ("COUNTING",), language)
        done = goods.rest.call("POST", f"/v1/{delivery['name']}:finishCount", given_of({"remark": remark}))
        tell_delivery(goods, done, language, as_json=as_json)

    return click.command("finish", help=words.FINISH.show(language))(of_note(finish, language))


def _photo_command(language: Language) -> click.Command:
    @click.argument("note")
    @click.argument("file", type=FILE)
    def photo(note: str, file: Path, *, as_json: bool, **given: Any) -> None:
        goods, found = meant(note, given, language)
        delivery = the_delivery(goods, found, ("COUNTING", "COUNTED"), language)
        kind = IMAGES.get(file.suffix.lower(), "image/jpeg")
        done = goods.rest.upload(f"/v1/{delivery['name']}/deliveryPhotos", file.read_bytes(), {}, kind=kind)
        tell(done, [f"{file.name}: {done['name']}"], as_json=as_json)

    return click.command("photo", help=words.PHOTO.show(language))(of_note(photo, language))


def _put_away_command(language: Language) -> click.Command:
    @json_option(language)
    @yes_option(language)
    @click.option("--item", metavar="ITEM", default="", help=words.ONLY_ITEM.show(language))
    @warehouse_option(language)
    def put_away(*, warehouse: str, item: str, yes: bool, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        wanted = goods.item(item) if item else ""
        waiting = [one for one in goods.all("putAways") if not wanted or one["item"] == wanted]
        goods.learn(one["item"] for one in waiting)
        lines = [_line(one) for one in waiting if one["toPlace"]]
        if not lines:
            tell([], [_waits(goods, one, language) for one in waiting] or [NOTHING.show(language)], as_json=as_json)
            return
        sure((_waits(goods, one, language) for one in waiting), language, yes=yes, as_json=as_json)
        done = goods.rest.call("POST", f"{goods.path}/putAways", {"lines": lines})
        tell(done, [done["name"]], as_json=as_json)

    return click.command("put-away", help=words.PUT_AWAY.show(language))(signed_in(put_away, language))


def _line(one: Tree) -> dict[str, Any]:
    return {name: one[name] for name in ("item", "lot", "fromPlace", "toPlace", "quantity")}


def _waits(goods: Goods, one: Tree, language: Language) -> str:
    target = f"→ {goods.label(one['toPlace'])}" if one["toPlace"] else words.NO_FIXED.show(language)
    parts = (goods.called(one["item"]), one["lot"], amount(one["quantity"]), goods.label(one["fromPlace"]), target)
    return "  ".join(part for part in parts if part)
