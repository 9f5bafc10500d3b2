"""A supplier's delivery note as a file: CSV with a row for each item (WHS-1)."""

from pathlib import Path
from typing import Any

from bylaw_cli.stock.columns import Cells, read_each
from bylaw_cli.stock.goods import Goods
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language

NEEDED = ("item", "quantity")


def read_note(file: Path, goods: Goods, language: Language) -> list[dict[str, Any]]:
    """Return what is announced as the interface takes it; refuses every line whose item there is not."""

    def announced(row: Cells) -> dict[str, Any]:
        lot = given_of({"lot": row.get("lot", ""), "expiryDate": row.get("expiry_date", "")})
        return {"item": goods.item(row["item"]), "quantity": {"value": row["quantity"]}, **lot}

    return read_each(file, NEEDED, announced, rest=goods.rest, field="lines", language=language)
