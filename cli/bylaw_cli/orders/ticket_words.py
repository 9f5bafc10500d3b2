"""A ticket as text: what it is about, how far it is, what is to come back, what was written, what it moves (CUS-2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bylaw_cli.orders.shops import Shops, Tree
from bylaw_cli.orders.words import money, shown, when
from bylaw_cli.rest import Told
from bylaw_cli.stock.tables import Column
from bylaw_cli.things import SHOWN_ID, Things
from bylaw_cli.wording import Language, Wording

KIND, STATE = "TICKET_KIND_", "TICKET_STATE_"
KINDS = {
    "INQUIRY": Wording("question", "咨询"),
    "COMPLAINT": Wording("complaint", "投诉"),
    "RETURN": Wording("return", "退货"),
    "REFUND": Wording("refund", "退款"),
    "EXCHANGE": Wording("exchange", "换货"),
}
STATES = {
    "OPEN": Wording("open", "待分派"),
    "ASSIGNED": Wording("assigned", "已分派"),
    "ANSWERED": Wording("answered", "已答复"),
    "WAITING_FOR_CUSTOMER": Wording("waits for the customer", "待客户回复"),
    "WAITING_FOR_GOODS": Wording("waits for goods", "待退货到仓"),
    "GOODS_BACK": Wording("goods are back", "退货已到仓"),
    "WAITING_FOR_DECISION": Wording("waits for a decision", "待批"),
    "DECIDED": Wording("decided", "已批"),
    "CLOSED": Wording("closed", "已结"),
}
SAID = {
    "CUSTOMER": Wording("the customer", "客户"),
    "ANSWER": Wording("answer", "答复"),
    "NOTE": Wording("note", "备注"),
    "ESCALATION": Wording("taken further up", "上报"),
    "END": Wording("closed", "结案"),
    "REOPENING": Wording("opened again", "重新打开"),
    "RATING": Wording("rating", "评价"),
}
ACTIONS = {
    "REFUND": Wording("refund", "退款"),
    "COMPENSATION": Wording("compensation", "补偿"),
    "EXCHANGE": Wording("exchange", "换货"),
}
ACTION_STATES = {
    "WAITING": Wording("waits for its decision", "待批"),
    "AGREED": Wording("agreed", "已同意"),
    "DONE": Wording("done", "已办理"),
    "REFUSED": Wording("refused", "已拒绝"),
    "WITHDRAWN": Wording("taken back", "已撤回"),
    "LAPSED": Wording("came too late", "已失效"),
}
LEVELS = {
    "TICKET_LEVEL_HEAD": Wording("with the head", "已报部门负责人"),
    "TICKET_LEVEL_DIRECTOR": Wording("with the operations director", "已报运营总监"),
}
COLUMNS = (
    Column(Wording("ID", "编号")),
    Column(Wording("Channel", "渠道")),
    Column(Wording("Order", "订单号")),
    Column(Wording("Kind", "类型")),
    Column(Wording("Category", "类别")),
    Column(Wording("State", "进展")),
    Column(Wording("Answer by", "须答复于")),
    Column(Wording("Late", "逾期")),
    Column(Wording("Whose", "处理人"), wraps=True),
)
LATE = Wording("late", "逾期")
ANSWER_BY = Wording("answer by {time}", "须于 {time} 前答复")
WHOSE = Wording("{who} has it", "处理人 {who}")
SLIP = Wording("return slip {slip}", "退货单 {slip}")
BACK = Wording("{back} of {quantity} back", "应退 {quantity}，已到 {back}")
BECAME = {
    "resold": Wording("{count} for sale again", "{count} 重新上架"),
    "scrapped": Wording("{count} scrapped", "{count} 报废"),
    "supplied": Wording("{count} to the supplier", "{count} 退供应商"),
}
STARS = Wording("rated {stars} of 5", "评分 {stars}/5")
GONE = Wording("erased with the customer's data", "已随客户信息删除")
NOUN = Wording("ticket", "工单")


@dataclass
class Desk:
    """Tickets with what they are about by the names that people know; each order is asked for once."""

    shops: Shops
    numbers: dict[str, str] = field(default_factory=dict)

    def number(self, order: str) -> str:
        """An order's number; one that the caller may not see keeps its name."""
        if order and order not in self.numbers:
            try:
                self.numbers[order] = str(self.shops.rest.get(f"/v1/{order}")["number"])
            except Told:
                self.numbers[order] = order
        return self.numbers.get(order, "")

    def row(self, one: Tree, language: Language) -> list[str]:
        """A ticket as a row."""
        return [
            one["name"][-SHOWN_ID:],
            self.shops.code(one["channel"]),
            self.number(one["order"]),
            shown(KINDS, one["kind"], KIND, language),
            one["category"],
            shown(STATES, one["state"], STATE, language),
            when(one.get("dueTime") or ""),
            LATE.show(language) if one["late"] else "",
            self.shops.people.of(one["assignee"]),
        ]

    def line(self, one: Tree, language: Language) -> str:
        """A ticket as a line."""
        *about, due, late, who = self.row(one, language)
        told = (
            ANSWER_BY.show(language).format(time=due) if due else "",
            late,
            LEVELS[one["level"]].show(language) if one["level"] in LEVELS else "",
            WHOSE.show(language).format(who=who) if who else "",
            STARS.show(language).format(stars=one["rating"]) if one["rating"] else "",
        )
        return "  ".join(part for part in (*about, *told) if part)

    def lines(self, one: Tree, language: Language) -> Iterator[str]:
        """A ticket in full, but for what was written and what it moves."""
        yield self.line(one, language)
        yield f"  {one['name']}"
        if one["returnSlip"]:
            yield "  " + SLIP.show(language).format(slip=one["returnSlip"])
        for line in one["returnLines"]:
            back = BACK.show(language).format(back=line["returned"], quantity=line["quantity"])
            became = (word.show(language).format(count=line[key]) for key, word in BECAME.items() if line[key] != "0")
            yield "    " + "  ".join((line["code"], back, *became))

    def action(self, one: Tree, language: Language) -> str:
        """What a ticket moves, as a line."""
        amount = f"{money(one['amount'], one['currency'])} {one['currency']}" if int(one["amount"]) else ""
        goods = ", ".join(f"{line['quantity']} × {line['code']}" for line in one["lines"])
        told = (
            one["name"][-SHOWN_ID:],
            shown(ACTIONS, one["kind"], "TICKET_ACTION_KIND_", language),
            amount,
            goods,
            shown(ACTION_STATES, one["state"], "TICKET_ACTION_STATE_", language),
            one["reason"],
            one["decision"],
        )
        return "  ".join(part for part in told if part)

    def message(self, one: Tree, language: Language) -> str:
        """Something written, as a line: when, whose words, who wrote it down."""
        words = GONE.show(language) if one["erased"] else "  ".join(filter(None, (one["subject"], one["text"])))
        said = shown(SAID, one["kind"], "TICKET_MESSAGE_KIND_", language)
        told = (when(one["createTime"]), said, self.shops.people.of(one["author"]), "\n    ".join(words.splitlines()))
        return "  ".join(part for part in told if part)


TICKETS = Things("tickets", NOUN, lambda one, _, language: shown(KINDS, one["kind"], KIND, language), lambda _: ())
MOVED = Things(
    "ticketActions",
    Wording("refund or exchange", "退款或换货"),
    lambda one, _, language: shown(ACTIONS, one["kind"], "TICKET_ACTION_KIND_", language),
    lambda _: (),
)
"""How one is found that is typed by the end of its id."""
