"""A warehouse as a journey opens it: bins, a packing table, an inspection place, and items with their fixed places."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.client import Client


class Warehouse:
    """A warehouse with bins, a packing table and an inspection place, and two items with their fixed places."""

    def __init__(self, keeper: Client, unit: str, code: str = "DAY") -> None:
        self.keeper, self.code = keeper, code
        wish = {"code": code, "title": {"zh": "一日仓", "en": "Of a day"}, "site": "HQ", "unit": unit}
        self.name = keeper.post("/v1/warehouses", wish)["name"]
        for label, kind in (("A-01", "BIN"), ("A-02", "BIN"), ("PACK", "PACKING"), ("DOCK", "INSPECTION")):
            keeper.post(f"/v1/{self.name}/places", {"code": label, "kind": f"PLACE_KIND_{kind}"})
        self.places = {one["code"]: one["name"] for one in keeper.all(f"/v1/{self.name}/places", "places")}
        self.items: dict[str, str] = {}

    def put_on_record(self, administrator: Client) -> None:
        """Items are the whole organisation's; each has its place."""
        for code, place in ((f"{self.code}-CUP", "A-01"), (f"{self.code}-PLATE", "A-02")):
            wish = {"code": code, "displayName": code, "unit": "piece"}
            self.items[code] = administrator.post("/v1/items", wish)["name"]
            fixed = {"item": self.items[code], "place": self.places[place]}
            self.keeper.post(f"/v1/{self.name}/fixedPlaces:set", fixed)

    def movement(self, code: str, origin: str, target: str, value: str, **more: Any) -> dict[str, Any]:
        """So much of an item from one place to another."""
        places = {"fromPlace": self.places[origin], "toPlace": self.places[target]}
        return {"warehouse": self.name, "lines": [{**self.line(code, value), **places}], **more}

    def line(self, code: str, value: str) -> dict[str, Any]:
        """So much of an item."""
        return {"item": self.items[code], "quantity": {"value": value}}

    def on_hand(self) -> dict[tuple[str, str], str]:
        """What lies where, by the labels of the places."""
        codes = {name: code for code, name in (self.items | self.places).items()}
        rows = self.keeper.all(f"/v1/{self.name}/stockBalances", "stockBalances")
        return {(codes[row["place"]], codes[row["item"]]): row["onHand"]["value"] for row in rows}


def paper(kind: str, number: str) -> Mapping[str, str]:
    """A paper by its kind and number."""
    return {"kind": f"PAPER_KIND_{kind}", "number": number}
