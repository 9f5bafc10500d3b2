"""What somebody who answers customers does at a shell, against a small gateway (CUS-2)."""

import json
from typing import Any

import pytest

from tests.cli.small_gateway import Asked, Refusal
from tests.cli.ticket_answers import ACTION, MESSAGES, PATH, TICKET, on_tickets

pytestmark = pytest.mark.clause("CUS-2")


def test_tickets_are_listed_with_whose_they_are_and_until_when_an_answer_is_owed() -> None:
    told = on_tickets("tickets").output
    rows = [[cell.strip() for cell in line.replace("│", "|").split("|")] for line in told.splitlines()]
    assert [row[:6] + row[7:] for row in rows[2:]] == [
        ["000000aa", "own", "A-1", "return", "broken", "waits for goods", "late", "冯雪"],
        ["000000bb", "own", "", "question", "", "closed", "", ""],
    ]
    assert "待退货到仓" in on_tickets("tickets", language="zh").output
    assert json.loads(on_tickets("tickets", "--json").output)[0]["name"] == TICKET["name"]


def test_what_is_asked_for_is_what_was_typed() -> None:
    asked: list[dict[str, str]] = []

    def seen(query: Any) -> Any:
        asked.append(query.to_dict())
        return {"tickets": []}

    words = ("--unclosed", "--overdue", "--mine", "--category", "broken", "--kind", "return", "--order", "A-1")
    on_tickets("tickets", *words, "--channel", "OWN", more={("GET", "/v1/tickets"): seen})
    assert asked == [
        {
            "pageSize": "1000",
            "mine": "true",
            "overdue": "true",
            "unclosed": "true",
            "channel": "channels/1",
            "order": "orders/1",
            "kind": "TICKET_KIND_RETURN",
            "category": "broken",
        }
    ]


@pytest.mark.clause("CUS-1")
def test_a_ticket_is_shown_with_its_slip_what_it_moves_and_what_was_written() -> None:
    head, name, slip, back, action, said, gone = on_tickets("ticket", "show", "0000aa").output.splitlines()
    assert head.startswith("000000aa  own  A-1  return  broken  waits for goods  answer by ")
    assert head.endswith("late  with the head  冯雪 has it")
    assert name == f"  {TICKET['name']}"
    assert (slip, back) == ("  return slip RMA-1", "    MJ-CUP  2 of 3 back  1 for sale again  1 to the supplier")
    assert action == "  000000cc  refund  25.00 CNY  waits for its decision  one of two  decisions/9"
    assert said.endswith("the customer  冯雪  a cup  It came broken. Call ***")
    assert gone.endswith("note  erased with the customer's data")
    assert "closed  rated 4 of 5" in on_tickets("ticket", "show", "0000bb").output
    assert json.loads(on_tickets("ticket", "show", "0000aa", "--json").output)["ticketActions"] == [ACTION]


def test_what_a_customer_writes_does_nothing_to_the_terminal() -> None:
    written = {**MESSAGES[0], "subject": "", "text": "a\x1b[31m cup\r\nbroke\u202e \u4f60"}
    told = on_tickets("ticket", "show", "0000aa", more={("GET", f"{PATH}/messages"): {"ticketMessages": [written]}})
    assert told.output.endswith("冯雪  a\ufffd[31m cup\n    broke\ufffd 你\n")


def test_whoever_may_not_read_what_was_written_sees_the_rest_and_is_told() -> None:
    refused = {("GET", f"{PATH}/messages"): Refusal("You may not read it.", "PERMISSION_MISSING")}
    told = on_tickets("ticket", "show", "0000aa", more=refused)
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "  You may not read it. (PERMISSION_MISSING)")


def test_a_ticket_is_opened_about_an_order_or_of_a_channel_and_what_was_written_may_be_handed_in() -> None:
    asked = Asked()
    words = ("--kind", "refund", "--category", "broken", "--subject", "a cup", "--text", "-")
    done = on_tickets("ticket", "open", "--order", "A-1", *words, asked=asked, handed="It came broken.\n")
    assert done.output.startswith("000000aa  own  A-1")
    on_tickets("ticket", "open", "--channel", "own", "--kind", "inquiry", "--text", "When?", asked=asked)
    refund = {"order": "orders/1", "kind": "TICKET_KIND_REFUND", "category": "broken"}
    inquiry = {"channel": "channels/1", "kind": "TICKET_KIND_INQUIRY"}
    assert asked.writes == [
        ("POST", "/v1/tickets", {"ticket": refund, "text": "It came broken.\n", "subject": "a cup"}),
        ("POST", "/v1/tickets", {"ticket": inquiry, "text": "When?"}),
    ]
    none = on_tickets("ticket", "open", "--kind", "inquiry", "--text", "When?")
    assert (none.exit_code, "There is no channel" in none.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "call", "body"),
    [
        (("answer", "--text", "Today.", "--wait"), ":answer", {"text": "Today.", "waitForCustomer": True}),
        (
            ("note", "--text", "lost?"),
            "/messages",
            {"ticketMessage": {"kind": "TICKET_MESSAGE_KIND_NOTE", "text": "lost?"}},
        ),
        (
            ("heard", "--text", "Still not."),
            "/messages",
            {"ticketMessage": {"kind": "TICKET_MESSAGE_KIND_CUSTOMER", "text": "Still not."}},
        ),
        (("assign", "--to", "me"), ":assign", {"assignee": "people/me"}),
        (("escalate", "--reason", "angry"), ":escalate", {"reason": "angry"}),
        (
            ("slip", "--item", "MJ-CUP=1", "--item", "MJ-TEA=0.5"),
            ":issueReturnSlip",
            {"lines": [{"code": "MJ-CUP", "quantity": "1"}, {"code": "MJ-TEA", "quantity": "0.5"}]},
        ),
        (("close", "--reason", "paid"), ":close", {"reason": "paid"}),
        (("reopen", "--reason", "again"), ":reopen", {"reason": "again"}),
        (("rate", "--stars", "4"), ":rate", {"rating": "4"}),
    ],
)
def test_each_step_is_the_call_behind_it(words: tuple[str, ...], call: str, body: Any) -> None:
    asked = Asked()
    done = on_tickets("ticket", *words, "0000aa", asked=asked)
    assert asked.writes == [("POST", f"{PATH}{call}", body)]
    assert done.output.startswith("000000aa  own  A-1  return")
    assert json.loads(on_tickets("ticket", *words, "0000aa", "--json").output) == TICKET


def test_money_is_asked_back_in_the_orders_currency() -> None:
    asked = Asked()
    words = ("ticket", "refund", "0000aa", "--reason", "one of two", "--amount")
    done = on_tickets(*words, "25", "--compensation", asked=asked)
    assert done.output == "000000cc  refund  25.00 CNY  waits for its decision  one of two  decisions/9\n"
    on_tickets(*words, "0.5", asked=asked)
    kinds = [(body["ticketAction"]["kind"], body["ticketAction"]["amount"]) for _, _, body in asked.writes]
    assert kinds == [("TICKET_ACTION_KIND_COMPENSATION", "2500"), ("TICKET_ACTION_KIND_REFUND", "50")]
    for amount in ("0.005", "x", "nan"):
        assert f"{amount} is no amount." in on_tickets(*words, amount, asked=asked).output
    assert len(asked.writes) == 2
    over = Refusal("No more than 10.00.", "REFUND_OVER_PAID", [{"field": "ticketAction.amount", "detail": "too much"}])
    assert "--amount: too much" in on_tickets(*words, "25", more={("POST", f"{PATH}/actions"): over}).output


def test_goods_are_asked_to_be_sent_instead_and_what_waits_is_taken_back() -> None:
    asked = Asked()
    words = ("ticket", "exchange", "0000aa", "--item", "MJ-CUP=1", "--reason", "broken")
    done = on_tickets(*words, "--worth", "129", asked=asked)
    assert done.output.startswith("000000cc  ")
    on_tickets(*words, asked=asked)
    wish = {"kind": "TICKET_ACTION_KIND_EXCHANGE", "lines": [{"code": "MJ-CUP", "quantity": "1"}], "reason": "broken"}
    assert [body for _, _, body in asked.writes] == [
        {"ticketAction": {**wish, "amount": "12900"}},
        {"ticketAction": wish},
    ]
    bad = Refusal("Mend it.", "FIELD_INVALID", [{"field": "ticketAction.lines[0].code", "detail": "no such goods"}])
    told = on_tickets(*words, more={("POST", f"{PATH}/actions"): bad})
    assert "MJ-CUP=1: no such goods" in told.output
    asked = Asked()
    assert "taken back" in on_tickets("ticket", "withdraw", "0000cc", asked=asked).output
    assert asked.writes == [("POST", f"/v1/{ACTION['name']}:withdraw", {})]
    assert "No refund or exchange of zz" in on_tickets("ticket", "withdraw", "zz").output


def test_what_cannot_be_meant_is_said_before_anything_is_sent() -> None:
    asked = Asked()
    assert "No ticket of zz" in on_tickets("ticket", "close", "zz", "--reason", "x", asked=asked).output
    assert "MJ-CUP is not CODE=QTY." in on_tickets("ticket", "slip", "0000aa", "--item", "MJ-CUP", asked=asked).output
    assert asked.writes == []


def test_an_order_out_of_reach_keeps_its_name() -> None:
    hidden = {("GET", "/v1/orders/1"): Refusal("There is no such order.", "ORDER_NOT_FOUND")}
    assert "orders/1  return" in on_tickets("ticket", "show", "0000aa", more=hidden).output
