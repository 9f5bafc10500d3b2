"""What is done with a ticket at a shell: written in, assigned, taken further up, closed, opened again, rated."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.looking_up import person_with
from bylaw_cli.orders.shops import Shops, Tree, shops_of
from bylaw_cli.orders.ticket_words import TICKETS, Desk
from bylaw_cli.orders.wished import items_typed
from bylaw_cli.reaching import signed_in
from bylaw_cli.things import Things, the_one
from bylaw_cli.wording import Language, Wording

STANDARD_INPUT = "-"
WITHIN = ("ticketAction", "ticketMessage")
"""What some steps send, of which the fields at fault are named."""
Body = Callable[[Shops, Tree, Mapping[str, Any]], Mapping[str, Any]]
"""What is sent, of the ticket and of what was typed."""


class Typed(NamedTuple):
    """An option of a step; one without `metavar` is a flag."""

    flag: str
    about: Wording
    metavar: str = ""
    field: str = ""
    """The field of the request that it fills, where it is called otherwise."""
    several: bool = False
    needed: bool = True


class Step(NamedTuple):
    """Something done with a ticket, or with what it moves: a call behind its name."""

    name: str
    call: str
    about: Wording
    options: tuple[Typed, ...]
    body: Body
    of_action: bool = False
    """It answers what the ticket moves, not the ticket."""
    things: Things = TICKETS
    """What the ID is of."""


TEXT = Typed(
    "--text", Wording("What is written; - reads it from standard input.", "内容；- 表示从标准输入读取。"), "TEXT"
)
REASON = Typed("--reason", Wording("Why; - reads it from standard input.", "理由；- 表示从标准输入读取。"), "TEXT")
WAIT = Typed("--wait", Wording("The customer is asked for something in turn.", "须客户回复，等待其回复。"))
TO = Typed(
    "--to",
    Wording("Number, login or name of a person; me: yourself.", "人员的工号、登录名或姓名；me 为本人。"),
    "WHO",
    field="assignee",
)
ITEM = Typed(
    "--item",
    Wording("Goods that are to come back, CODE=QTY; may be given again.", "应退货物，编码=数量，可重复。"),
    "CODE=QTY",
    several=True,
)
STARS = Typed("--stars", Wording("1, bad, to 5, good.", "1（差）至 5（好）。"), "N", field="rating")


def _message(kind: str) -> Body:
    def body(_: Shops, __: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"ticketMessage": {"kind": f"TICKET_MESSAGE_KIND_{kind}", "text": said(typed["text"])}}

    return body


def _reason(_: Shops, __: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"reason": said(typed["reason"])}


def _answer(_: Shops, __: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"text": said(typed["text"]), "waitForCustomer": typed["wait"]}


def _assignee(shops: Shops, _: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"assignee": person_with(shops.rest, typed["to"], shops.language)}


def _slip(shops: Shops, _: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    shops.rest.places |= {f"lines[{number}]": item for number, item in enumerate(typed["item"])}
    return {"lines": items_typed(typed["item"], shops.language)}


def _rating(_: Shops, __: Tree, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"rating": typed["stars"]}


STEPS = (
    Step(
        "answer",
        ":answer",
        Wording(
            "Answer the customer; by mail, where the order came with an address and a way of mailing is set up.\n\n\b\n"
            "bylaw orders ticket answer 24cfea49 --text 'Please send us a photo.' --wait",
            "答复客户；订单有邮箱且已设置发信方式时同时发信。\n\n\b\n"
            "bylaw orders ticket answer 24cfea49 --text 请发照片 --wait",
        ),
        (TEXT, WAIT),
        _answer,
    ),
    Step(
        "note",
        "/messages",
        Wording(
            "Add a note among those who work on it; the customer is not told.\n\n\b\n"
            "bylaw orders ticket note 24cfea49 --text 'the carrier looks for it'",
            "添加内部备注，客户看不到。\n\n\b\nbylaw orders ticket note 24cfea49 --text 承运商正在查找",
        ),
        (TEXT,),
        _message("NOTE"),
    ),
    Step(
        "heard",
        "/messages",
        Wording(
            "Add what the customer has written since; an answer is promised anew.\n\n\b\n"
            "bylaw orders ticket heard 24cfea49 --text - < mail.txt",
            "补记客户来信，重新承诺答复时限。\n\n\b\nbylaw orders ticket heard 24cfea49 --text - < mail.txt",
        ),
        (TEXT,),
        _message("CUSTOMER"),
    ),
    Step(
        "assign",
        ":assign",
        Wording(
            "Assign a ticket to somebody, who is told.\n\n\b\nbylaw orders ticket assign 24cfea49 --to me",
            "把工单分派给某人，并通知其本人。\n\n\b\nbylaw orders ticket assign 24cfea49 --to me",
        ),
        (TO,),
        _assignee,
    ),
    Step(
        "escalate",
        ":escalate",
        Wording(
            "Take a ticket further up: to the head of the channel's unit, then to the operations director.\n\n\b\n"
            "bylaw orders ticket escalate 24cfea49 --reason 'threatens to sue'",
            "上报工单：先报渠道所属部门负责人，再报运营总监。\n\n\b\n"
            "bylaw orders ticket escalate 24cfea49 --reason 客户扬言起诉",
        ),
        (REASON,),
        _reason,
    ),
    Step(
        "slip",
        ":issueReturnSlip",
        Wording(
            "Give a return or an exchange its slip: which goods are to come back, by which number.\n\n\b\n"
            "bylaw orders ticket slip 24cfea49 --item MJ-CUP=1",
            "为退货或换货工单开具退货单：应退哪些货物，凭哪个单号。\n\n\b\n"
            "bylaw orders ticket slip 24cfea49 --item MJ-CUP=1",
        ),
        (ITEM,),
        _slip,
    ),
    Step(
        "close",
        ":close",
        Wording(
            "Close a ticket, saying how it ended.\n\n\b\n"
            "bylaw orders ticket close 24cfea49 --reason 'one cup was paid back'",
            "结案，并写明结果。\n\n\b\nbylaw orders ticket close 24cfea49 --reason 已退一件的款",
        ),
        (REASON,),
        _reason,
    ),
    Step(
        "reopen",
        ":reopen",
        Wording(
            "Open a closed ticket again, with a new promise.\n\n\b\n"
            "bylaw orders ticket reopen 24cfea49 --reason 'it broke again'",
            "重新打开已结工单，重新承诺时限。\n\n\b\nbylaw orders ticket reopen 24cfea49 --reason 又坏了",
        ),
        (REASON,),
        _reason,
    ),
    Step(
        "rate",
        ":rate",
        Wording(
            "Record how the customer rates a closed ticket, once.\n\n\b\nbylaw orders ticket rate 24cfea49 --stars 4",
            "记录客户对已结工单的评分，只记一次。\n\n\b\nbylaw orders ticket rate 24cfea49 --stars 4",
        ),
        (STARS,),
        _rating,
    ),
)


def step_command(step: Step, language: Language) -> click.Command:
    """Return the command that takes a step with the ticket whose id ends as it is typed."""

    @json_option(language)
    @click.argument("identifier", metavar="ID")
    def take(identifier: str, *, as_json: bool, **given: Any) -> None:
        typed = {name: given.pop(name) for name in [option.flag.removeprefix("--") for option in step.options]}
        places = {option.field or option.flag.removeprefix("--"): option.flag for option in step.options}
        within = {f"{of}.{name}": to for of in WITHIN for name, to in places.items()}
        shops = shops_of(given, language, {**places, **within})
        found = the_one(shops.rest, step.things, identifier, own=False, language=language)
        done = shops.rest.call("POST", f"/v1/{found['name']}{step.call}", step.body(shops, found, typed))
        desk = Desk(shops)
        shown = [desk.action(done, language)] if step.of_action else desk.lines(done, language)
        tell(done, shown, as_json=as_json)

    command: Any = take
    for option in reversed(step.options):
        command = _option(option, language)(command)
    return click.command(step.name, help=step.about.show(language))(signed_in(command, language))


def said(typed: str) -> str:
    """What was typed, or handed in: what customers write stays out of the shell's history."""
    return sys.stdin.read() if typed == STANDARD_INPUT else typed


def _option(option: Typed, language: Language) -> Callable[[Any], Any]:
    about = option.about.show(language)
    if not option.metavar:
        return click.option(option.flag, is_flag=True, help=about)
    needed, several = option.needed, option.several
    return click.option(option.flag, metavar=option.metavar, required=needed, multiple=several, help=about)
