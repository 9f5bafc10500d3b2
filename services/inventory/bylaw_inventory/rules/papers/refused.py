"""A movement that was refused for lack of papers: what is put on record of it, and what is told at once (WHS-3)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, NoticeWish
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.ledger.movement import MovedLine, MovementKind, Paper
from bylaw_inventory.rules.papers.paper_rule import Need
from bylaw_inventory.rules.papers.words import needs_in_words
from bylaw_inventory.rules.quantity import written

REFUSED_MOVEMENTS = "refusedMovements"
ONCE_WITHIN = timedelta(hours=1)
"""For so long the same attempt is one and the same."""
MOST_LINES = 10
TITLE = ("{warehouse} 仓手续不全，{kind}已被拒绝", "Refused at {warehouse} for lack of papers: {kind}")
LACKS = ("缺：{papers}", "Lacking: {papers}")
KIND_WORDS: Mapping[MovementKind, tuple[str, str]] = {
    MovementKind.RECEIPT: ("入库", "a receipt"),
    MovementKind.ISSUE: ("出库", "an issue"),
    MovementKind.CUSTOMER_RETURN: ("客户退货", "a customer's return"),
    MovementKind.SUPPLIER_RETURN: ("退回供应商", "a return to the supplier"),
    MovementKind.DELIVERY: ("送达", "a delivery to the customer"),
}


@dataclass(frozen=True, slots=True)
class LackingPapers:
    """An attempt to move goods without the papers that it takes; `codes` are the items' own."""

    warehouse: Warehouse
    kind: MovementKind
    day: date
    lines: tuple[MovedLine, ...]
    papers: tuple[Paper, ...]
    missing: tuple[Need, ...]
    clause: str
    codes: Mapping[UUID, str]

    def digest(self, by: str) -> bytes:
        """The same for the same attempt of the same caller, whatever key it came under."""
        return _digest(by, self.warehouse.identifier, self)


@dataclass(frozen=True, slots=True)
class RefusedMovement:
    """The attempt as it is on record; nothing of it is in the ledger."""

    identifier: UUID
    warehouse: UUID
    kind: MovementKind
    day: date
    lines: tuple[MovedLine, ...]
    papers: tuple[Paper, ...]
    missing: tuple[Need, ...]
    clause: str
    refused_at: datetime
    tried_by: str

    @property
    def name(self) -> str:
        """`refusedMovements/{refused_movement}`."""
        return resource_name(REFUSED_MOVEMENTS, self.identifier)


def attempt_digest(by: str, kept: RefusedMovement) -> bytes:
    """What the digest of the attempt was that is on record."""
    return _digest(by, kept.warehouse, kept)


def notice_of(attempt: LackingPapers) -> NoticeWish:
    """To the operations director: where, what, and which papers are lacking; of many lines the first ones."""
    kinds, papers = KIND_WORDS[attempt.kind], needs_in_words(attempt.missing)
    goods, more = _goods(attempt), len(attempt.lines) - MOST_LINES
    left = ([f"另有 {more} 行"], [f"and {more} more"]) if more > 0 else ([], [])
    zh, en = (
        (
            TITLE[tongue].format(warehouse=attempt.warehouse.code, kind=kinds[tongue]),
            "\n".join([LACKS[tongue].format(papers=papers[tongue]), *goods, *left[tongue]]),
        )
        for tongue in (0, 1)
    )
    return NoticeWish((), (zh[0], en[0]), (zh[1], en[1]), attempt.warehouse.name, OPERATIONS_DIRECTOR)


def _goods(attempt: LackingPapers) -> Sequence[str]:
    return [
        f"{attempt.codes[line.item]} {line.lot_code}".strip() + f": {written(line.quantity)} {line.unit}"
        for line in attempt.lines[:MOST_LINES]
    ]


def _digest(by: str, warehouse: UUID, tried: LackingPapers | RefusedMovement) -> bytes:
    goods = [(line.item, line.lot, line.from_place, line.to_place, written(line.quantity)) for line in tried.lines]
    papers = [(int(paper.kind), paper.number) for paper in tried.papers]
    attempt = (by, warehouse, int(tried.kind), tried.day, goods, papers)
    return hashlib.sha256(repr(attempt).encode()).digest()
