"""A platform's export of reviews as its lines mean it, columns by their names; a faulty line says why (CUS-3).

No refusal repeats what stands in a cell: it may be somebody's name in the wrong column.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_hooks.orders import CellRefused, Cells, Columns, ReadFault, fault_of, maybe, named

from bylaw_orders.rules.order_files.tables import Candidate
from bylaw_orders.rules.privacy.scrubbing import STARS, scrubbed
from bylaw_orders.rules.reviews.review import ReviewOutcome

MOST_LINES, LONGEST_NUMBER, LONGEST_TEXT, LONGEST_NICK = 10_000, 64, 5_000, 100
SHORTEST_NICK = 2
"""A nick of one character masks too much of a text."""
GOODS = "code", "order"
COLUMNS = Columns(
    {
        "stars": named("评分", "星级", "评价等级", "评价结果", "rating", "stars", "score"),
        "placed": named("评价时间", "评论时间", "评价日期", "date", "review date", "review time", "time", "created at"),
        "code": maybe(
            "商家编码", "商品编码", "货号", "外部系统编号", "code", "item code", "sku", "seller sku", "product code"
        ),
        "order": maybe("订单编号", "订单号", "主订单编号", "order", "order number", "order id", "order no"),
        "number": maybe("评价编号", "评价ID", "评论ID", "review id", "review number"),
        "text": maybe("评价内容", "评论内容", "评语", "内容", "text", "review", "comment", "content", "body"),
        "nick": maybe("买家昵称", "会员名", "昵称", "买家会员名", "nick", "nickname", "buyer", "reviewer", "author"),
    }
)
WORDS: Mapping[str, int] = MappingProxyType(
    {"好评": 5, "中评": 3, "差评": 1, "good": 5, "neutral": 3, "bad": 1, "positive": 5, "negative": 1}
)
MOST_STARS = 5
STAR = "★"
NO_STARS = (
    "STARS_UNREADABLE",
    "此格不是 1 至 5 的评分，也不是好评、中评、差评",
    "the cell is no rating from 1 to 5, nor good, neutral or bad",
)
INVALID = ("TEXT_INVALID", "此格含有不可见的控制字符，请删除", "the cell holds control characters; take them out")
NO_GOODS = (
    "CELL_EMPTY",
    "商品编码与订单编号不可都为空",
    "the code of the goods and the number of the order must not both be empty",
)
ORDER_UNKNOWN = (
    "REVIEW_ORDER_UNKNOWN",
    "该渠道没有这个订单，无从得知评价的是哪种商品；请补上商品编码",
    "the channel has no such order, so which goods it is about is not known; add the code of the goods",
)
GOODS_UNCLEAR = (
    "REVIEW_GOODS_UNCLEAR",
    "该订单不止一种商品；请补上商品编码",
    "the order does not have just one kind of goods; add the code of the goods",
)


@dataclass(frozen=True, slots=True, repr=False)
class ReadReview:
    """A line of the file; `said` is what it is known by where the platform gave it no number."""

    row: int
    number: str
    order: str
    code: str
    stars: int
    text: str
    placed_at: datetime
    said: str
    columns: Mapping[str, str]

    def __repr__(self) -> str:
        """Nothing of what was written."""
        return f"ReadReview({self.row})"

    def fault(self, told: tuple[str, str, str]) -> ReadFault:
        """Why its goods are not known."""
        return ReadFault(self.row, self.columns["order"], *told)


class ReviewLine(NamedTuple):
    """What became of a line; `fault` where it is refused."""

    row: int
    outcome: ReviewOutcome
    review: UUID | None = None
    fault: ReadFault | None = None


def heading(candidates: Sequence[Candidate]) -> Candidate:
    """The first line that has the columns; raises FileRefused, naming what lacks in the line that is most like one."""
    lacking = [(_missing(one.header), one) for one in candidates]
    missing, nearest = min(lacking, key=lambda one: len(one[0]))
    if missing:
        expected = ", ".join(missing)
        raise FileRefused(FileReason.HEADER_WRONG, line_number=str(nearest.line), expected=expected)
    return nearest


def read(found: Candidate, zone: tzinfo) -> list[ReadReview | ReadFault]:
    """Every line below the heading; raises FileRefused where there are too many, or it is damaged further on."""
    made = list[ReadReview | ReadFault]()
    for one in _lines(found, zone):
        made.append(one)
        if len(made) > MOST_LINES:
            raise FileRefused(FileReason.TOO_MANY_LINES, limit_lines=str(MOST_LINES))
    return made


def _missing(header: Sequence[str]) -> list[str]:
    missing = list(COLUMNS.missing(header))
    places = COLUMNS.reader(header).places
    if all(places[field] < 0 for field in GOODS):
        missing.append("商家编码/订单编号")
    return missing


def _lines(found: Candidate, zone: tzinfo) -> Iterator[ReadReview | ReadFault]:
    reader = COLUMNS.reader(found.header)
    for row, cells in found.table(0).rows():
        try:
            yield _review(reader.row(row, cells), zone)
        except CellRefused as refused:
            yield fault_of(refused, row)


def _review(cells: Cells, zone: tzinfo) -> ReadReview:
    number, order, code = (_known_by(cells, field) for field in ("number", "order", "code"))
    if not order and not code:
        cells.refuse("code", CellRefused(*NO_GOODS))
    stars, text, nick = _stars(cells), _text(cells, "text", LONGEST_TEXT), _text(cells, "nick", LONGEST_NICK)
    placed = cells.needed("placed", cells.moment("placed", zone))
    said = (order, code, placed.isoformat()) if order else (code, placed.isoformat(), nick, str(stars), text)
    shown = scrubbed(text.replace(nick, STARS) if len(nick) >= SHORTEST_NICK else text)
    return ReadReview(cells.row, number, order, code, stars, shown, placed, "\x1f".join(said), cells.reader.called)


def _known_by(cells: Cells, field: str) -> str:
    said = cells.identifier(field, LONGEST_NUMBER)
    if not said.isprintable():
        cells.refuse(field, CellRefused(*INVALID))
    return said


def _text(cells: Cells, field: str, most: int) -> str:
    said = cells.text(field, most)
    if any(unicodedata.category(one) in {"Cc", "Cs"} for one in said):
        cells.refuse(field, CellRefused(*INVALID))
    return said


def _stars(cells: Cells) -> int:
    said = cells.needed("stars", cells.text("stars", LONGEST_NUMBER)).lower()
    if said in WORDS:
        return WORDS[said]
    bare = said.removesuffix("星").removesuffix("stars").removesuffix("star").removesuffix("分").strip()
    bare = str(len(bare)) if bare and set(bare) == {STAR} else bare.removesuffix(".0")
    if bare.isascii() and bare.isdigit() and len(bare) == 1 and 1 <= int(bare) <= MOST_STARS:
        return int(bare)
    return cells.refuse("stars", CellRefused(*NO_STARS))
