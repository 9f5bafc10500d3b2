"""Orders as people type them or hand them over in a file, in the form that the interface takes."""

import json
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bylaw_cli.orders.shops import Shops
from bylaw_cli.orders.words import minor
from bylaw_cli.rest import Told
from bylaw_cli.wording import Language, Wording

MOST = 500
"""So many are sent at once."""
NO_ORDERS = Wording(
    "{file} is neither an order nor a list of orders in JSON.", "{file} 不是 JSON 格式的订单或订单列表。"
)
NO_RECIPIENT = Wording("{file} is no recipient in JSON.", "{file} 不是 JSON 格式的收件人。")
NO_CHANNEL = Wording("{file} names no channel; say which: --channel.", "{file} 未注明渠道，请用 --channel 注明。")
NO_ITEM = Wording("{typed} is none of CODE=QTY and CODE=QTY@PRICE.", "{typed} 不是 CODE=QTY 或 CODE=QTY@PRICE。")
NO_GOODS = Wording("{typed} is not CODE=QTY.", "{typed} 不是 CODE=QTY。")
NO_AMOUNT = Wording("{typed} is no amount.", "{typed} 不是金额。")


def read_orders(file: Path, shops: Shops, channel: str, language: Language) -> list[dict[str, Any]]:
    """Return the orders of a file, each with the name of its channel; refuses a file that is something else."""
    told = _json(file, NO_ORDERS, language)
    orders = told if isinstance(told, list) else [told]
    if not orders or not all(isinstance(one, dict) for one in orders):
        raise Told(NO_ORDERS.show(language).format(file=file.name), language)
    meant = [channel or str(one.get("channel", "")) for one in orders]
    if not all(meant):
        raise Told(NO_CHANNEL.show(language).format(file=file.name), language)
    names = {code: shops.channel(code)["name"] for code in dict.fromkeys(meant)}
    return [{**one, "channel": names[code]} for one, code in zip(orders, meant, strict=True)]


def read_recipient(file: Path, language: Language) -> dict[str, Any]:
    """Return whom a file names; refuses a file that is something else."""
    told = _json(file, NO_RECIPIENT, language)
    if not isinstance(told, dict):
        raise Told(NO_RECIPIENT.show(language).format(file=file.name), language)
    return told


def typed_order(items: Sequence[str], shipping: str, currency: str, *, shops: Shops) -> dict[str, Any]:
    """Return lines and shipping as they were typed, and what they are `worth` in all, in the smallest unit."""
    language = shops.language
    lines, worth = list[dict[str, Any]](), Decimal(0)
    for number, typed in enumerate(items):
        code, _, rest = typed.rpartition("=")
        quantity, _, price = rest.partition("@")
        if not code or not quantity:
            raise Told(NO_ITEM.show(language).format(typed=typed), language)
        unit = minor(_decimal(price or "0", typed, language), currency)
        worth += _whole(unit * _decimal(quantity, typed, language))
        lines.append({"code": code, "quantity": quantity, "unitPrice": f"{unit.normalize():f}"})
        shops.rest.places[f"order.lines[{number}]"] = typed
    postage = _whole(minor(_decimal(shipping or "0", shipping, language), currency))
    return {"lines": lines, "shipping": str(postage), "worth": str(worth + postage)}


def minor_typed(text: str, currency: str, language: Language) -> str:
    """An amount as it was typed, in the smallest unit; refuses one that is finer."""
    amount = minor(_decimal(text, text, language), currency)
    if amount != _whole(amount):
        raise Told(NO_AMOUNT.show(language).format(typed=text), language)
    return f"{_whole(amount)}"


def items_typed(items: Sequence[str], language: Language) -> list[dict[str, str]]:
    """Goods as they were typed, CODE=QTY."""
    lines = list[dict[str, str]]()
    for typed in items:
        code, _, quantity = typed.rpartition("=")
        if not code or not quantity:
            raise Told(NO_GOODS.show(language).format(typed=typed), language)
        lines.append({"code": code, "quantity": quantity})
    return lines


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_EVEN)


def _decimal(text: str, typed: str, language: Language) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise Told(NO_AMOUNT.show(language).format(typed=typed), language) from error
    if not found.is_finite():
        raise Told(NO_AMOUNT.show(language).format(typed=typed), language)
    return found


def _json(file: Path, refusal: Wording, language: Language) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Told(refusal.show(language).format(file=file.name), language) from error
