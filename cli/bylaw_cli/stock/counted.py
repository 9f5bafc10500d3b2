"""A stocktake's counts as a file: CSV with a row for each item at a place (WHS-6)."""

from pathlib import Path
from typing import Any

from bylaw_cli.stock.columns import Cells, read_each
from bylaw_cli.stock.goods import Goods
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language

NEEDED = ("place", "item", "quantity")


def read_counts(file: Path, goods: Goods, language: Language) -> list[dict[str, Any]]:
    """Return the counts as the interface takes them; refuses every line whose place or item there is not."""

    def count(row: Cells) -> dict[str, Any]:
        damaged = {"damaged": {"value": row["damaged"]}} if row.get("damaged") else {}
        lot = given_of({"lot": row.get("lot", ""), "expiryDate": row.get("expiry_date", "")})
        what = {"place": goods.place(row["place"]), "item": goods.item(row["item"])}
        return {**what, "quantity": {"value": row["quantity"]}, **damaged, **lot}

    return read_each(file, NEEDED, count, rest=goods.rest, field="counts", language=language)
