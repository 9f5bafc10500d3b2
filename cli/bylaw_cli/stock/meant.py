"""Which of a warehouse's reservations, movements, checks or parcels is meant: by its number, or the end of its ID."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bylaw_cli.rest import Parameters, Told
from bylaw_cli.stock.goods import ALL, Goods, Tree
from bylaw_cli.things import MOST, NONE, SEVERAL, SHOWN_ID
from bylaw_cli.wording import Language, Wording

NO_GOODS = Wording("{typed} is not ITEM=QTY.", "{typed} 不是 商品=数量。")


@dataclass(frozen=True)
class Kept:
    """What a warehouse has a list of, and the numbers that people know one of it by."""

    kind: str
    noun: Wording
    numbers: Callable[[Tree], Iterable[str]]
    query: Parameters | None = None


def of_purpose(purpose: str) -> list[str]:
    """What is held is known by all that it is for, and by the last word of it: of `order 7003` by 7003."""
    return [purpose, purpose.replace("/", " ").rpartition(" ")[2]]


RESERVATIONS = Kept("stockReservations", Wording("reservation", "预留"), lambda one: of_purpose(one["purpose"]))
MOVEMENTS = Kept(
    "stockMovements", Wording("movement", "移动"), lambda one: [paper["number"] for paper in one["papers"]]
)
PARCELS = Kept("parcels", Wording("parcel", "包裹"), lambda one: [one["number"]])
WAITING = Kept("waitingReturns", Wording("return that waits", "待处理退货"), lambda one: one["slips"])


def meant(goods: Goods, kept: Kept, typed: str, language: Language) -> Any:
    """Return the only one of this number, or whose ID ends so; refuses any other."""
    return the_only(those(goods, kept, typed), kept.noun, typed, language)


def those(goods: Goods, kept: Kept, typed: str) -> list[Any]:
    """Those of this number, or else whose ID ends so; the newest 5,000 are looked through."""
    pages = goods.rest.pages(f"{goods.path}/{kept.kind}", kept.kind, {**ALL, **(kept.query or {})})
    listed, bare = list(islice(pages, MOST)), typed.lower()
    found = [one for one in listed if bare in (number.lower() for number in kept.numbers(one))]
    return found or [one for one in listed if typed and id_of(one).endswith(bare)]


def the_only(found: Sequence[Any], noun: Wording, typed: str, language: Language) -> Any:
    """Return it; refuses none, and several."""
    if len(found) == 1:
        return found[0]
    which = ", ".join(short(id_of(one)) for one in found[:SHOWN_ID])
    said = (SEVERAL if found else NONE).show(language)
    raise Told(said.format(noun=noun.show(language), typed=typed, count=len(found), which=which), language)


def id_of(one: Tree) -> str:
    """The ID of a thing; of a return that of its movement."""
    return str(one.get("name") or one["stockMovement"])


def short(name: str) -> str:
    """As much of a name as lists show."""
    return name[-SHOWN_ID:]


def goods_typed(goods: Goods, typed: Sequence[str], language: Language) -> list[dict[str, Any]]:
    """Goods as they were typed, ITEM=QTY."""
    lines = list[dict[str, Any]]()
    for one in typed:
        item, _, quantity = one.rpartition("=")
        if not item or not quantity:
            raise Told(NO_GOODS.show(language).format(typed=one), language)
        lines.append({"item": goods.item(item), "quantity": {"value": quantity}})
    return lines
