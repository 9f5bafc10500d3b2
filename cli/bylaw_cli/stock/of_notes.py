"""What every command on a delivery note takes, finds and tells (WHS-1)."""

from collections.abc import Callable
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.stock import receive_words as words
from bylaw_cli.stock.deliveries import delivery_lines, the_note
from bylaw_cli.stock.goods import Goods, Tree, goods_of, warehouse_option
from bylaw_cli.wording import Language


def of_note(command: Callable[..., Any], language: Language) -> Callable[..., Any]:
    """Add what every command on a note takes."""
    command = json_option(language)(warehouse_option(language)(signed_in(command, language)))
    return click.option("--supplier", metavar="NAME", default="", help=words.SUPPLIER.show(language))(command)


def meant(number: str, given: dict[str, Any], language: Language) -> tuple[Goods, Any]:
    """The warehouse and the note that were typed."""
    warehouse, supplier = given.pop("warehouse"), given.pop("supplier")
    goods = goods_of(rest_of(given, language, words.PLACES), warehouse, language)
    return goods, the_note(goods, number, supplier, language)


def tell_delivery(goods: Goods, delivery: Tree, language: Language, *, as_json: bool) -> None:
    """Print where a delivery stands."""
    tell(delivery, () if as_json else delivery_lines(goods, delivery, language), as_json=as_json)
