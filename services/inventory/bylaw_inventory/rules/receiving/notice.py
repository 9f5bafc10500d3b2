"""What the operations director and the shop managers are told at once of a discrepancy or a refusal (WHS-2)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, SHOP_MANAGER, NoticeWish, Words, said

from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.receiving.comparing import Difference
from bylaw_inventory.rules.receiving.count import CountedLine
from bylaw_inventory.rules.receiving.delivery import Delivery
from bylaw_inventory.rules.receiving.note import DeliveryNote, GoodsKey, NoteLine

ADDRESSEES = (OPERATIONS_DIRECTOR, SHOP_MANAGER)
MOST_LINES = 10
DIFFERS = ("到货与送货单 {number} 不符", "A delivery differs from its note {number}")
REFUSED = ("送货单 {number} 有货物拒收", "Goods of the note {number} were refused")
SHORT = ("送货单 {number} 短缺结单", "The delivery note {number} was closed short")
SUPPLIER = ("供应商：{supplier}", "Supplier: {supplier}")
DIFFERENCE_WORDS: Mapping[Difference, Words] = {
    Difference.SHORT: ("短少", "short"),
    Difference.OVER: ("超出", "over"),
    Difference.DAMAGED: ("残损", "damaged"),
    Difference.OTHER_VARIETY: ("品种不符", "another variety"),
    Difference.UNANNOUNCED: ("未列入送货单", "not announced"),
    Difference.EXPIRY: ("效期不符或已过期", "expired, or another expiry"),
}


def of_differences(note: DeliveryNote, made: Delivery, codes: Mapping[UUID, str]) -> list[NoticeWish]:
    """That a count differs from what was announced, or what else was said; nothing where neither is."""
    apart = [one for one in made.compared if one.differences]
    zh = [
        f"{_goods(one.key, codes)}：送货单 {written(one.announced)}，点到 {written(one.counted)}"
        f"（{'、'.join(DIFFERENCE_WORDS[kind][0] for kind in one.differences)}）"
        for one in apart
    ]
    en = [
        f"{_goods(one.key, codes)}: announced {written(one.announced)}, counted {written(one.counted)}"
        f" ({', '.join(DIFFERENCE_WORDS[kind][1] for kind in one.differences)})"
        for one in apart
    ]
    remark = ([f"备注：{made.remark}"], [f"Remark: {made.remark}"]) if made.remark else ([], [])
    return _wishes(note, made.name, DIFFERS, (remark[0] + zh, remark[1] + en))


def of_refusal(
    note: DeliveryNote,
    about: str,
    counted: Iterable[CountedLine],
    accepted: Mapping[GoodsKey, Decimal],
    *,
    codes: Mapping[UUID, str],
    reason: str,
) -> list[NoticeWish]:
    """That goods were refused, how much of which and why."""
    refused = [(line, line.total - accepted.get(line.key, ZERO)) for line in counted]
    lines = [(_goods(line.key, codes), written(left), line.unit) for line, left in refused if left]
    zh = [f"原因：{reason}", *(f"{goods}：拒收 {left} {unit}" for goods, left, unit in lines)]
    en = [f"Why: {reason}", *(f"{goods}: {left} {unit} refused" for goods, left, unit in lines)]
    return _wishes(note, about, REFUSED, (zh, en))


def of_shortage(
    note: DeliveryNote, missing: Sequence[NoteLine], codes: Mapping[UUID, str], *, reason: str
) -> list[NoticeWish]:
    """That a note was closed though not all of it was accepted; nothing where it was."""
    if not missing:
        return []
    lines = [
        (_goods(line.key, codes), written(line.quantity), written(note.accepted.get(line.key, ZERO)))
        for line in missing
    ]
    zh = [f"原因：{reason}", *(f"{goods}：送货单 {wanted}，入库 {there}" for goods, wanted, there in lines)]
    en = [f"Why: {reason}", *(f"{goods}: announced {wanted}, accepted {there}" for goods, wanted, there in lines)]
    return _wishes(note, note.name, SHORT, (zh, en))


def _goods(key: GoodsKey, codes: Mapping[UUID, str]) -> str:
    item, lot = key
    return f"{codes[item]} {lot}".strip()


def _wishes(note: DeliveryNote, about: str, title: Words, lines: tuple[list[str], list[str]]) -> list[NoticeWish]:
    """One for each role; of many lines the first, and how many more."""
    if not any(lines):
        return []
    more = len(lines[0]) - MOST_LINES
    zh, en = lines[0][:MOST_LINES], lines[1][:MOST_LINES]
    if more > 0:
        zh, en = [*zh, f"另有 {more} 行"], [*en, f"and {more} more"]
    words, supplier = said(title, number=note.number), said(SUPPLIER, supplier=note.supplier)
    body = ("\n".join((supplier[0], *zh)), "\n".join((supplier[1], *en)))
    return [NoticeWish((), words, body, about, role) for role in ADDRESSEES]
