"""`bylaw checks`: the keeper's three checks on arriving and on leaving (WHS-11)."""

from collections.abc import Iterator
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.stock.words import shown
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "The three checks of a warehouse on arriving and on leaving: locks and doors, goods missing, anything unusual."
    "\n\n\b\nbylaw checks arriving\nbylaw checks leaving --locks 'the back door does not lock'\n"
    "bylaw checks list\nbylaw checks missing 2026-11-01 2026-11-27",
    "仓库上下班三检查：门窗锁、货物缺失、其他异常。\n\n\b\n"
    "bylaw checks arriving\nbylaw checks leaving --locks 后门锁不上\n"
    "bylaw checks list\nbylaw checks missing 2026-11-01 2026-11-27",
)
HAND_IN = {
    "arriving": Wording(
        "Hand in the three checks on arriving; what is not named is fine. What is unusual is told to the operations"
        " director at once.\n\n\b\nbylaw checks arriving\nbylaw checks arriving --goods 'two boxes are open'",
        "上报到岗三检查；未提及的为正常。异常即时告知运营总监。"
        "\n\n\b\nbylaw checks arriving\nbylaw checks arriving --goods 两箱被打开",
    ),
    "leaving": Wording(
        "Hand in the three checks on leaving; what is not named is fine. What is unusual is told to the operations"
        " director at once.\n\n\b\nbylaw checks leaving\nbylaw checks leaving --locks 'the back door does not lock'",
        "上报离岗三检查；未提及的为正常。异常即时告知运营总监。"
        "\n\n\b\nbylaw checks leaving\nbylaw checks leaving --locks 后门锁不上",
    ),
}
LIST = Wording(
    "List the rounds, the newest first.\n\n\b\nbylaw checks list\nbylaw checks list --unusual",
    "列出检查记录，新的在前。\n\n\b\nbylaw checks list\nbylaw checks list --unusual",
)
UNUSUAL = Wording("Only those in which something was unusual.", "只列有异常的。")
MISSING = Wording(
    "List the rounds that nobody handed in, from FIRST to LAST, at most 92 days.\n\n\b\n"
    "bylaw checks missing 2026-11-01 2026-11-27",
    "列出 FIRST 至 LAST 无人上报的检查，最多 92 天。\n\n\b\nbylaw checks missing 2026-11-01 2026-11-27",
)
CHECKS = {
    "locks": Wording("locks and doors", "门窗锁"),
    "goods": Wording("goods missing", "货物缺失"),
    "surroundings": Wording("anything else", "其他"),
}
WORDS = {
    "locks": Wording("What is unusual about locks and doors.", "门窗锁的异常。"),
    "goods": Wording("What is missing, or was opened.", "缺失或被打开的货物。"),
    "surroundings": Wording(
        "Anything else that is unusual: fire, smoke, water, smells, strangers.",
        "其他异常：火、烟、水、气味、陌生人等。",
    ),
}
SIDES = {"ARRIVING": Wording("on arriving", "到岗"), "LEAVING": Wording("on leaving", "离岗")}
FINE = Wording("all is fine", "正常")
NOBODY = Wording("nobody", "无人上报")


def checks_group(language: Language) -> click.Group:
    """Return `bylaw checks`."""
    group = click.Group("checks", help=ABOUT.show(language))
    group.add_command(_list_command(language))
    group.add_command(_missing_command(language))
    for side, about in HAND_IN.items():
        group.add_command(_hand_in_command(side, about, language))
    return group


def _hand_in_command(side: str, about: Wording, language: Language) -> click.Command:
    def hand_in(*, warehouse: str, as_json: bool, **given: Any) -> None:
        said = {check: given.pop(check) for check in CHECKS}
        places = {check: f"--{check}" for check in CHECKS}
        goods = goods_of(rest_of(given, language, places), warehouse, language)
        body = {"side": f"ROUND_SIDE_{side.upper()}", **{check: _check(words) for check, words in said.items()}}
        done = goods.rest.call("POST", f"{goods.path}/houseRounds:handIn", body)
        tell(done, [_line(goods, done, language)], as_json=as_json)

    command = json_option(language)(warehouse_option(language)(signed_in(hand_in, language)))
    for check in reversed(CHECKS):
        command = click.option(f"--{check}", metavar="TEXT", default="", help=WORDS[check].show(language))(command)
    return click.command(side, help=about.show(language))(command)


def _list_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--unusual", is_flag=True, help=UNUSUAL.show(language))
    @warehouse_option(language)
    def show(*, warehouse: str, unusual: bool, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language), warehouse, language)
        found = goods.all("houseRounds", {"unusual": "true"} if unusual else {})
        tell(found, [_line(goods, one, language) for one in found] or [NOTHING.show(language)], as_json=as_json)

    return click.command("list", help=LIST.show(language))(signed_in(show, language))


def _missing_command(language: Language) -> click.Command:
    @json_option(language)
    @warehouse_option(language)
    @click.argument("first", callback=a_day(language))
    @click.argument("last", callback=a_day(language), required=False)
    def missing(first: str, last: str | None, *, warehouse: str, as_json: bool, **given: Any) -> None:
        goods = goods_of(rest_of(given, language, {"firstDate": "FIRST", "lastDate": "LAST"}), warehouse, language)
        days = {"firstDate": first, "lastDate": last or first}
        found = goods.rest.get(f"{goods.path}/missingRounds", days)
        lines = [_missed(goods, one, language) for one in found["missingRounds"]]
        tell(found, lines or [NOTHING.show(language)], as_json=as_json)

    return click.command("missing", help=MISSING.show(language))(signed_in(missing, language))


def _check(words: str) -> dict[str, str]:
    if words:
        return {"finding": "ROUND_FINDING_UNUSUAL", "words": words}
    return {"finding": "ROUND_FINDING_FINE"}


def _line(goods: Goods, one: Tree, language: Language) -> str:
    side = shown(SIDES, one["side"], "ROUND_SIDE_", language)
    found = list(_unusual(one, language)) or [FINE.show(language)]
    return "  ".join(part for part in (one["roundDate"], side, goods.who(one["keeper"]), *found) if part)


def _unusual(one: Tree, language: Language) -> Iterator[str]:
    for check, word in CHECKS.items():
        if one[check]["words"]:
            yield f"{word.show(language)}: {one[check]['words']}"


def _missed(goods: Goods, one: Tree, language: Language) -> str:
    side = shown(SIDES, one["side"], "ROUND_SIDE_", language)
    return "  ".join([one["roundDate"], side, goods.who(one["keeper"]) if one["keeper"] else NOBODY.show(language)])
