"""The warehouse that is meant, and what its places and items are called, as people type and read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import click

from bylaw_cli.looking_up import Names
from bylaw_cli.rest import Parameters, Rest, Told
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
Command = Callable[..., Any]
ALL: Parameters = {"pageSize": 1000}
FEW = 8
"""So many items are asked for one by one; of more the whole list is read."""
WAREHOUSE = Wording("Code of the warehouse; not needed where there is one alone.", "仓库编码；只有一个仓库时无需填写。")
NO_WAREHOUSE = Wording("There is no warehouse {code} within your reach.", "没有找到仓库 {code}，或不在您的权限范围内。")
NONE_AT_ALL = Wording("There is no warehouse within your reach.", "您的权限范围内没有仓库。")
WHICH = Wording("Say which warehouse: --warehouse, one of {codes}.", "请注明仓库：--warehouse，可为 {codes}。")
NO_PLACE = Wording("There is no place {code} in {warehouse}.", "{warehouse} 没有货位 {code}。")
NO_ITEM = Wording("There is no item with code or barcode {code}.", "没有编码或条码为 {code} 的商品。")


def warehouse_option(language: Language) -> Callable[[Command], Command]:
    """Return the option `--warehouse`."""
    told = WAREHOUSE.show(language)
    return click.option("--warehouse", envvar="BYLAW_WAREHOUSE", metavar="CODE", default="", help=told)


def goods_of(rest: Rest, code: str, language: Language) -> "Goods":
    """Return the warehouse with a code, or the only one; refuses one that there is not, and several."""
    known = {one["code"]: one for one in rest.pages("/v1/warehouses", "warehouses", ALL)}
    if not code and len(known) == 1:
        return Goods(rest, language, next(iter(known.values())))
    if not code:
        told = WHICH.show(language).format(codes=", ".join(known)) if known else NONE_AT_ALL.show(language)
        raise Told(told, language)
    found = next((one for key, one in known.items() if key.lower() == code.lower()), None)
    if found is None:
        raise Told(NO_WAREHOUSE.show(language).format(code=code), language)
    return Goods(rest, language, found)


@dataclass
class Goods:
    """A warehouse; its places are read once, items when they are named."""

    rest: Rest
    language: Language
    warehouse: Tree
    items: dict[str, Tree] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the warehouse is asked for."""
        return f"/v1/{self.warehouse['name']}"

    @cached_property
    def people(self) -> Names:
        """What people are called."""
        return Names(self.rest, self.language)

    @cached_property
    def places(self) -> Mapping[str, Tree]:
        """Its places by the name that the interface gives them."""
        return {place["name"]: place for place in self.rest.pages(f"{self.path}/places", "places", ALL)}

    def place(self, code: str) -> str:
        """`places/{place}` by its label; refuses one that there is not."""
        for name, place in self.places.items():
            if place["code"].lower() == code.lower():
                return name
        told = NO_PLACE.show(self.language).format(code=code, warehouse=self.warehouse["code"])
        raise Told(told, self.language)

    def label(self, place: str) -> str:
        """What a place's label says."""
        return str(self.places.get(place, {}).get("code", place))

    def item(self, typed: str) -> str:
        """`items/{item}` by its code or a barcode; refuses one that there is not."""
        for kind in ("code", "barcode") if typed.isdigit() else ("code",):
            for item in self.rest.get("/v1/items", {kind: typed}).get("items", []):
                self.items[item["name"]] = item
                return str(item["name"])
        raise Told(NO_ITEM.show(self.language).format(code=typed), self.language)

    def learn(self, names: Iterable[str]) -> None:
        """Learns what items are called."""
        unknown = [name for name in dict.fromkeys(names) if name not in self.items]
        if len(unknown) > FEW:
            self.items |= {item["name"]: item for item in self.rest.pages("/v1/items", "items", ALL)}
        for name in unknown:
            if name not in self.items:
                self.items[name] = self.rest.get(f"/v1/{name}")

    def code(self, item: str) -> str:
        """An item's code."""
        self.learn([item])
        return str(self.items[item]["code"])

    def called(self, item: str) -> str:
        """An item's code and name."""
        return f"{self.code(item)} {self.items[item]['displayName']}"

    def who(self, person: str) -> str:
        """What somebody is called; nothing of whom the caller may not see."""
        called = self.people.of(person)
        return "" if called == person else called

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of its site; UTC for whoever may not see the site."""
        try:
            return ZoneInfo(self.rest.get(f"/v1/{self.warehouse['site']}")["timeZone"])
        except (Told, KeyError):
            return ZoneInfo("UTC")

    def local(self, instant: str) -> str:
        """An instant as the clock on the warehouse's wall has it."""
        return f"{datetime.fromisoformat(instant).astimezone(self.zone):%Y-%m-%d %H:%M}"

    def all(self, kind: str, query: Parameters | None = None) -> list[Any]:
        """Everything of a kind in the warehouse."""
        return list(self.rest.pages(f"{self.path}/{kind}", kind, {**ALL, **(query or {})}))
