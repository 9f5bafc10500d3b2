"""Movements as a file: CSV whose lines with the same paper, behind one another, are one movement (WHS-3, WHS-4)."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from bylaw_cli.rest import Told
from bylaw_cli.stock.columns import Cells, read_each
from bylaw_cli.stock.goods import Goods
from bylaw_cli.stock.words import PAPERS
from bylaw_cli.things import given_of
from bylaw_cli.wording import Language, Wording

NEEDED = ("item", "from", "to", "quantity")
KINDS = {kind.lower().replace("_", "-"): f"PAPER_KIND_{kind}" for kind in PAPERS}
NO_PAPER = Wording("{typed} is no paper; there are: {known}.", "没有单据类别 {typed}；可为：{known}。")


def read_movements(file: Path, goods: Goods, language: Language) -> list[dict[str, Any]]:
    """Return the movements as the interface takes them; refuses every line that names what there is not."""

    def line(row: Cells) -> tuple[Any, dict[str, Any]]:
        paper = _paper(row, language)
        moved = {
            "item": goods.item(row["item"]),
            "fromPlace": goods.place(row["from"]),
            "toPlace": goods.place(row["to"]),
            "quantity": {"value": row["quantity"]},
            **given_of({"lot": row.get("lot", ""), "expiryDate": row.get("expiry_date", "")}),
        }
        return (paper, row.get("day", ""), row.get("reason", "")), moved

    lines = read_each(file, NEEDED, line, rest=goods.rest, field="lines", language=language)
    return list(_movements(goods, lines))


def _paper(row: Cells, language: Language) -> tuple[str, str]:
    """The paper that a line is by: its kind and number; neither: none."""
    kind, number = row.get("paper", ""), row.get("number", "")
    if kind and kind not in KINDS:
        raise Told(NO_PAPER.show(language).format(typed=kind, known=", ".join(KINDS)), language)
    return KINDS.get(kind, ""), number


def _movements(goods: Goods, lines: Sequence[tuple[Any, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Where the service refuses one, the line of the file is named."""
    places, numbered = dict(goods.rest.places), enumerate(lines)
    for number, (head, group) in enumerate(groupby(numbered, key=lambda one: one[1][0])):
        (kind, paper), day, reason = head
        moved = list(group)
        for index, (line, _) in enumerate(moved):
            goods.rest.places[f"stockMovements[{number}].lines[{index}]"] = places[f"lines[{line}]"]
        goods.rest.places[f"stockMovements[{number}]"] = places[f"lines[{moved[0][0]}]"]
        papers = [{"kind": kind, "number": paper}] if kind else []
        said = given_of({"papers": papers, "bookDate": day, "reason": reason})
        yield {"lines": [one for _, (_, one) in moved], **said}
