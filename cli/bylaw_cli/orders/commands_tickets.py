"""`bylaw orders tickets` and `bylaw orders ticket`: what customers came with, worked on at a shell (CUS-2)."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.orders.shops import ALL, WHICH_CHANNEL, Shops, Tree, channel_option, shops_of
from bylaw_cli.orders.ticket_moves import MOVES
from bylaw_cli.orders.ticket_steps import STEPS, TEXT, said, step_command
from bylaw_cli.orders.ticket_words import COLUMNS, KIND, KINDS, TICKETS, Desk
from bylaw_cli.reaching import signed_in
from bylaw_cli.rest import Told
from bylaw_cli.stock.tables import show_rows
from bylaw_cli.things import given_of, the_one
from bylaw_cli.wording import Language, Wording

EXAMPLES = (
    "\n\n\b\nbylaw orders tickets --unclosed\nbylaw orders tickets --overdue --channel tmall\n"
    "bylaw orders tickets --mine --category broken-in-the-post"
)
LIST = Wording(
    "List tickets, the newest first: whose they are, how far, and until when the customer is to be answered."
    f"{EXAMPLES}",
    f"列出工单，最新的在前：处理人、进展、须在何时前答复。{EXAMPLES}",
)
GROUP = Wording(
    "One ticket: shown, opened, answered, assigned, paid back, closed. ID is the end of its id, as the list shows it."
    "\n\n\b\nbylaw orders ticket show 24cfea49\nbylaw orders ticket answer 24cfea49 --text 'It leaves today.'",
    "单个工单：查看、新建、答复、分派、退款、结案。ID 为列表所示编号（资源名末尾）。"
    "\n\n\b\nbylaw orders ticket show 24cfea49\nbylaw orders ticket answer 24cfea49 --text 今天发出",
)
SHOW = Wording(
    "Show a ticket: how far it is, what is to come back and came, what it moves, and what was written, with telephone"
    " numbers and e-mail addresses masked.\n\n\b\nbylaw orders ticket show 24cfea49",
    "显示工单：进展、应退与已退货物、退款与换货、往来内容（电话与邮箱脱敏）。\n\n\b\nbylaw orders ticket show 24cfea49",
)
OPEN = Wording(
    "Open a ticket about an order, or of a channel. Returns, refunds and exchanges need an order.\n\n\b\n"
    "bylaw orders ticket open --order T-20603 --kind refund --text - < mail.txt",
    "新建工单：关于某订单，或属于某渠道。退货、退款、换货须注明订单。\n\n\b\n"
    "bylaw orders ticket open --order T-20603 --kind refund --text - < mail.txt",
)
ABOUT_ORDER = Wording("Number of the order that it is about.", "所涉订单号。")
COMES_WITH = Wording("What the customer comes with.", "客户的诉求。")
OWN_WORD = Wording(
    "The company's own word for what it is about, such as broken-in-the-post.",
    "公司自定的类别，如 broken-in-the-post。",
)
SUBJECT = Wording("Its subject.", "主题。")
UNCLOSED = Wording("Only those that are not closed.", "只列未结的。")
OVERDUE = Wording("Only those whose promised answer is late.", "只列逾期未答复的。")
MINE = Wording("Only your own.", "只列本人的。")
CATEGORY = Wording("Only those of this category.", "只列该类别的。")
OF_KIND = Wording("Only those of this kind.", "只列该类型的。")
OF_ORDER = Wording("Only those about the order with this number.", "只列该订单的。")


def tickets_command(language: Language) -> click.Command:
    """Return `bylaw orders tickets`."""
    kinds = click.Choice([word.lower() for word in KINDS])

    @json_option(language)
    @click.option("--order", metavar="NUMBER", default="", help=OF_ORDER.show(language))
    @click.option("--kind", type=kinds, help=OF_KIND.show(language))
    @click.option("--category", metavar="WORD", default="", help=CATEGORY.show(language))
    @click.option("--mine", is_flag=True, help=MINE.show(language))
    @click.option("--overdue", is_flag=True, help=OVERDUE.show(language))
    @click.option("--unclosed", is_flag=True, help=UNCLOSED.show(language))
    @channel_option(language)
    def show(*, as_json: bool, **given: Any) -> None:
        flags = {name: "true" if given.pop(name) else "" for name in ("mine", "overdue", "unclosed")}
        typed = {name: given.pop(name) or "" for name in ("order", "kind", "category", "channel")}
        shops = shops_of(given, language, {"category": "--category"})
        query = {
            **flags,
            "channel": shops.channel(typed["channel"])["name"] if typed["channel"] else "",
            "order": shops.order(typed["order"], typed["channel"])["name"] if typed["order"] else "",
            "kind": f"{KIND}{typed['kind'].upper()}" if typed["kind"] else "",
            "category": typed["category"],
        }
        found = list(shops.rest.pages("/v1/tickets", "tickets", {**ALL, **given_of(query)}))
        if as_json:
            tell(found, (), as_json=True)
            return
        desk = Desk(shops)
        show_rows(COLUMNS, [desk.row(one, language) for one in found], language)

    return click.command("tickets", help=LIST.show(language))(signed_in(show, language))


def ticket_group(language: Language) -> click.Group:
    """Return `bylaw orders ticket`."""
    group = click.Group("ticket", help=GROUP.show(language))
    group.add_command(_show_command(language))
    group.add_command(_open_command(language))
    for step in (*STEPS, *MOVES):
        group.add_command(step_command(step, language))
    return group


def _open_command(language: Language) -> click.Command:
    kinds = click.Choice([word.lower() for word in KINDS])

    @json_option(language)
    @click.option("--text", metavar="TEXT", required=True, help=TEXT.about.show(language))
    @click.option("--subject", metavar="TEXT", default="", help=SUBJECT.show(language))
    @click.option("--category", metavar="WORD", default="", help=OWN_WORD.show(language))
    @click.option("--kind", type=kinds, required=True, help=COMES_WITH.show(language))
    @click.option("--order", metavar="NUMBER", default="", help=ABOUT_ORDER.show(language))
    @channel_option(language, WHICH_CHANNEL)
    def start(*, as_json: bool, **given: Any) -> None:
        names = ("order", "channel", "kind", "category", "subject", "text")
        typed = {name: given.pop(name) for name in names}
        places = {name: f"--{name}" for name in names}
        shops = shops_of(given, language, {**places, **{f"ticket.{name}": to for name, to in places.items()}})
        done = shops.rest.call("POST", "/v1/tickets", _wish(shops, typed))
        tell(done, Desk(shops).lines(done, language), as_json=as_json)

    return click.command("open", help=OPEN.show(language))(signed_in(start, language))


def _wish(shops: Shops, typed: Mapping[str, Any]) -> dict[str, Any]:
    """A ticket about the order that was typed, or else of the channel."""
    if typed["order"]:
        about = {"order": shops.order(typed["order"], typed["channel"])["name"]}
    else:
        about = {"channel": shops.channel(typed["channel"])["name"]}
    ticket = {**about, "kind": f"{KIND}{typed['kind'].upper()}", **given_of({"category": typed["category"]})}
    return {"ticket": ticket, "text": said(typed["text"]), **given_of({"subject": typed["subject"]})}


def _show_command(language: Language) -> click.Command:
    @json_option(language)
    @click.argument("typed", metavar="ID")
    def show(typed: str, *, as_json: bool, **given: Any) -> None:
        shops = shops_of(given, language)
        found = the_one(shops.rest, TICKETS, typed, own=False, language=language)
        if as_json:
            actions = list(shops.rest.pages("/v1/ticketActions", "ticketActions", {"ticket": found["name"], **ALL}))
            tell({**found, "ticketActions": actions}, (), as_json=True)
            return
        tell(found, _lines(shops, found, language), as_json=False)

    return click.command("show", help=SHOW.show(language))(signed_in(show, language))


def _lines(shops: Shops, found: Tree, language: Language) -> Iterator[str]:
    """Whoever may not read what was written, or what it moves, is told so, and sees the rest."""
    desk = Desk(shops)
    yield from desk.lines(found, language)
    of = {"ticket": found["name"], **ALL}
    for path, items, query, line in (
        ("/v1/ticketActions", "ticketActions", of, desk.action),
        (f"/v1/{found['name']}/messages", "ticketMessages", ALL, desk.message),
    ):
        try:
            told = list(shops.rest.pages(path, items, query))
        except Told as refused:
            yield f"  {refused.message}"
            continue
        yield from (f"  {line(one, language)}" for one in told)
