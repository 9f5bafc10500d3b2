"""The notice by which a month report is handed over (WHS-5)."""

from bylaw_chassis.notice_wish import NoticeWish, Words, said

from bylaw_inventory.rules.books.month import HandOver
from bylaw_inventory.rules.goods.place import Warehouse

TITLE: Words = ("{month} 进销存报表：{zh}", "Stock report of {month}: {en}")
BODY: Words = (
    "库管员已上报 {zh} 截至 {last} 的进销存报表（第 {version} 次，{lines} 行，摘要 {digest}）。{remark}",
    "The stock report of {en} up to {last} was handed over (number {version}, {lines} lines, seal {digest}). {remark}",
)
SHOWN_DIGITS = 12


def handed_over_notice(made: HandOver, warehouse: Warehouse, role: str) -> NoticeWish:
    """To whoever holds a role."""
    zh, en = warehouse.title
    told = {
        "month": f"{made.span.month:%Y-%m}",
        "zh": zh,
        "en": en,
        "last": made.span.last,
        "version": made.version,
        "lines": made.lines,
        "digest": made.digest.hex()[:SHOWN_DIGITS],
        "remark": made.remark,
    }
    body = tuple(text.rstrip() for text in said(BODY, **told))
    return NoticeWish((), said(TITLE, **told), (body[0], body[1]), about=made.span.name, role=role)
