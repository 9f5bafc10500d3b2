"""`bylaw visitors`: who comes into a warehouse and leaves it (WHS-10)."""

from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.looking_up import person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.things import given_of
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "The register of who comes into a warehouse.\n\n\b\nbylaw visitors list\n"
    "bylaw visitors in 'Ada Lee' --company Liftworks --purpose 'mends the lift'\nbylaw visitors out 'Ada Lee'",
    "仓库人员出入登记。\n\n\b\nbylaw visitors list\nbylaw visitors in 李明 --company 快修电梯 --purpose 修货梯\n"
    "bylaw visitors out 李明",
)
LIST = Wording(
    "List who is inside now, or who was on a day.\n\n\b\nbylaw visitors list\nbylaw visitors list --on 2026-11-27",
    "列出目前在仓人员，或某日到过的人。\n\n\b\nbylaw visitors list\nbylaw visitors list --on 2026-11-27",
)
COME_IN = Wording(
    "Register that a visitor called NAME came in now, or with --person that somebody of the house did.\n\n\b\n"
    "bylaw visitors in 'Ada Lee' --company Liftworks --purpose 'mends the lift'\nbylaw visitors in --person 1010",
    "登记访客 NAME 现在进仓；用 --person 登记本单位人员。\n\n\b\n"
    "bylaw visitors in 李明 --company 快修电梯 --purpose 修货梯\nbylaw visitors in --person 1010",
)
GO_OUT = Wording(
    "Register that whoever is inside under this NAME, or the end of the entry's ID, left now."
    "\n\n\b\nbylaw visitors out 'Ada Lee'",
    "登记在仓的 NAME（或登记编号的末几位）现在离开。\n\n\b\nbylaw visitors out 李明",
)
ON = Wording("Who was inside on this day, YYYY-MM-DD.", "某日到过的人，YYYY-MM-DD。")
COMPANY, PURPOSE = (
    Wording("Of which company.", "所属单位。"),
    Wording("What for; a visitor needs one.", "事由，访客必填。"),
)
PERSON = Wording("Somebody of the house: number, login or name.", "本单位人员：工号、登录名或姓名。")
ONE = Wording("Give NAME, or --person WHO.", "请给出 NAME 或 --person WHO。")
NOBODY = Wording("Nobody called {typed} is inside.", "没有名为 {typed} 的人在仓内。")
SEVERAL = Wording(
    "Several called {typed} are inside; type the ID that the list shows.", "有多名 {typed} 在仓内；请输入列表中的编号。"
)
CAME, LEFT, INSIDE = Wording("in {time}", "进 {time}"), Wording("out {time}", "出 {time}"), Wording("inside", "在仓")
STRUCK, FORGOTTEN = Wording("struck out", "已作废"), Wording("(forgotten)", "（已删除）")
SHOWN_ID = 8
PLACES = {"visitorName": "NAME", "purpose": "--purpose", "company": "--company", "person": "--person"}


def visitors_group(language: Language) -> click.Group:
    """Return `bylaw visitors`."""
    group = click.Group("visitors", help=ABOUT.show(language))
    for command in (_list_command, _in_command, _out_command):
        group.add_command(command(language))
    return group


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--on", metavar="DAY", default="", callback=a_day(language), help=ON.show(language))
    @warehouse_option(language)
    def show(*, warehouse: str, on: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("visits", {"visitDate": on} if on else {"insideNow": "true"})
        tell(found, [_line(goods, one, language) for one in found] or [NOTHING.show(language)], as_json=as_json)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _in_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--person", metavar="WHO", default="", help=PERSON.show(language))
    @click.option("--purpose", metavar="TEXT", default="", help=PURPOSE.show(language))
    @click.option("--company", metavar="TEXT", default="", help=COMPANY.show(language))
    @warehouse_option(language)
    @click.argument("name", required=False, default="")
    def come_in(name: str, *, warehouse: str, person: str, as_json: bool, **given: Any) -> None:
        if bool(name) == bool(person):
            raise Told(ONE.show(language), language)
        said = {"company": given.pop("company"), "purpose": given.pop("purpose"), "visitorName": name}
        goods = goods_of(rest_of(given, language, PLACES), warehouse, language)
        said["person"] = person_with(goods.rest, person, language) if person else ""
        done = goods.rest.call("POST", f"{goods.path}/visits:signIn", given_of(said))
        tell(done, [_times(goods, done, language)], as_json=as_json)

    return click.command("in", help=COME_IN.show(language))(signed_in(come_in, language))


def _out_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("name")
    def go_out(name: str, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        inside = goods.all("visits", {"insideNow": "true"})
        found = [one for one in inside if name in (_called(goods, one, language), one["name"][-SHOWN_ID:])]
        if len(found) != 1:
            raise Told((SEVERAL if found else NOBODY).show(language).format(typed=name), language)
        done = goods.rest.call("POST", f"/v1/{found[0]['name']}:signOut", {})
        tell(done, [_times(goods, done, language)], as_json=as_json)

    return click.command("out", help=GO_OUT.show(language))(signed_in(go_out, language))


def _called(goods: Goods, one: Tree, language: Language) -> str:
    return str(one["visitorName"] or goods.who(one["person"]) or FORGOTTEN.show(language))


def _line(goods: Goods, one: Tree, language: Language) -> str:
    who = (one["name"][-SHOWN_ID:], _called(goods, one, language), one["company"], one["purpose"])
    return "  ".join(part for part in (*who, _times(goods, one, language)) if part)


def _times(goods: Goods, one: Tree, language: Language) -> str:
    """When they came and left."""
    if one.get("struckOut"):
        return STRUCK.show(language)
    parts = [CAME.show(language).format(time=goods.local(one["inTime"]))]
    left = LEFT.show(language).format(time=goods.local(one["outTime"])) if one.get("outTime") else ""
    return "  ".join([*parts, left or INSIDE.show(language)])
