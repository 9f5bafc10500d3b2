"""An order in full as text: where it stands, its lines, to whom, why it waits, what happened."""

from collections.abc import Iterable, Iterator, Sequence

from bylaw_cli.orders.shops import Shops, Tree
from bylaw_cli.orders.words import (
    AFTER,
    AFTER_SALES,
    FULFILMENT,
    FULFILMENTS,
    PAYMENT,
    PAYMENTS,
    money,
    shown,
    when,
)
from bylaw_cli.wording import Language, Wording

PLACED = Wording("placed {time}", "下单 {time}")
SHIP_BY, ARRIVE_BY = Wording("ship by {time}", "最迟发货 {time}"), Wording("arrive by {time}", "最迟送达 {time}")
SUM = Wording("comes to {total} {currency}, paid {paid}", "应付 {total} {currency}，已付 {paid}")
REFUNDED = Wording("refunded {amount}", "已退 {amount}")
COUNTS = {
    "reserved": Wording("reserved {count}", "预留 {count}"),
    "issued": Wording("issued {count}", "出库 {count}"),
    "returned": Wording("returned {count}", "退回 {count}"),
    "cancelled": Wording("cancelled {count}", "取消 {count}"),
}
TO = Wording("to", "收件人")
ERASED = Wording("the customer's data were erased", "客户信息已删除")
REMARK = Wording("wrote a remark", "有留言")
OF_LINE = Wording("line {line}", "第 {line} 行")
HELD = Wording("held for {check}", "待处理 {check}")
CARRIED = Wording("carried by {who}, as the platform says", "平台称由 {who} 承运")
TOGETHER = Wording("in one parcel with {numbers}", "同包裹：{numbers}")


def order_line(shops: Shops, one: Tree, language: Language) -> str:
    """An order as a line."""
    after = shown(AFTER_SALES, one["afterSalesState"], AFTER, language)
    parts = [
        one["number"],
        shops.code(one["channel"]),
        PLACED.show(language).format(time=when(one["placeTime"])),
        shown(PAYMENTS, one["paymentState"], PAYMENT, language),
        shown(FULFILMENTS, one["fulfilmentState"], FULFILMENT, language),
        "" if after in ("NONE", "UNSPECIFIED") else after,
    ]
    return "  ".join(part for part in parts if part)


def hold_lines(holds: Iterable[Tree], language: Language) -> Iterator[str]:
    """Why an order waits: check, clause, the line at fault, and what to do."""
    for hold in holds:
        at = OF_LINE.show(language).format(line=hold["line"]) if hold["line"] else ""
        check = HELD.show(language).format(check=hold["check"])
        yield "  ".join(part for part in (f"  {check}", at, hold["message"][language]) if part) + f" [{hold['clause']}]"


def order_lines(shops: Shops, one: Tree, language: Language) -> Iterator[str]:
    """An order in full, but for what happened."""
    yield order_line(shops, one, language)
    yield f"  {one['name']}"
    promises = [(SHIP_BY, one.get("shipByTime")), (ARRIVE_BY, one.get("deliverByTime"))]
    if told := [word.show(language).format(time=when(time)) for word, time in promises if time]:
        yield "  " + "  ".join(told)
    currency = one["currency"]
    amounts = {"total": money(one["total"], currency), "currency": currency, "paid": money(one["paid"], currency)}
    back = REFUNDED.show(language).format(amount=money(one["refunded"], currency)) if int(one["refunded"]) else ""
    yield "  " + "  ".join(part for part in (SUM.show(language).format(**amounts), back) if part)
    for number, line in enumerate(one["lines"], start=1):
        yield "  " + _goods(number, line, currency, language)
    if recipient := one.get("recipient"):
        yield "  " + _recipient(recipient, language)
    if who := " ".join(filter(None, (one["courier"], one["waybill"]))):
        yield "  " + CARRIED.show(language).format(who=who)
    if others := one["shippedWith"]:
        yield "  " + shipped_with([shops.number(name) for name in others], language)
    yield from hold_lines(one["holds"], language)


def shipped_with(numbers: Sequence[str], language: Language) -> str:
    """What goes in the same parcel."""
    return TOGETHER.show(language).format(numbers=", ".join(numbers))


def event_lines(shops: Shops, events: Iterable[Tree], language: Language) -> Iterator[str]:
    """What happened, by whom and why."""
    for event in events:
        parts = (
            when(event["occurTime"]),
            event["message"][language],
            shops.people.of(event["actor"]),
            event["reason"],
        )
        yield "  " + "  ".join(part for part in parts if part)


def _goods(number: int, line: Tree, currency: str, language: Language) -> str:
    counts = [word.show(language).format(count=line[key]) for key, word in COUNTS.items() if line[key] not in ("", "0")]
    price = f"{line['quantity']} × {money(line['unitPrice'] or 0, currency)} = {money(line['amount'], currency)}"
    return "  ".join(part for part in (f"{number}.", line["code"], line["title"], price, *counts) if part)


def _recipient(recipient: Tree, language: Language) -> str:
    """What is masked, as it is told."""
    if recipient["erased"]:
        return ERASED.show(language)
    told = [recipient[key] for key in ("displayName", "phone", "region", "address", "nick")]
    remark = REMARK.show(language) if recipient["hasRemark"] else ""
    return "  ".join(part for part in (TO.show(language), *told, remark) if part)
