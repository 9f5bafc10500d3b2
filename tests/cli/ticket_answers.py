"""What a small gateway answers of tickets, for the commands on them."""

from typing import Any

from bylaw_cli.wording import Language
from click.testing import Result

from tests.cli.order_answers import ANSWERS, typed
from tests.cli.small_gateway import Asked

TICKET = {
    "name": "tickets/00000000-0000-0000-0000-0000000000aa",
    "channel": "channels/1",
    "order": "orders/1",
    "kind": "TICKET_KIND_RETURN",
    "category": "broken",
    "state": "TICKET_STATE_WAITING_FOR_GOODS",
    "assignee": "people/f",
    "dueTime": "2026-11-28T02:00:00Z",
    "late": True,
    "level": "TICKET_LEVEL_HEAD",
    "returnSlip": "RMA-1",
    "returnLines": [
        {"code": "MJ-CUP", "quantity": "3", "returned": "2", "resold": "1", "scrapped": "0", "supplied": "1"}
    ],
    "rating": 0,
    "createTime": "2026-11-27T02:00:00Z",
}
OTHER = {
    **TICKET,
    "name": "tickets/00000000-0000-0000-0000-0000000000bb",
    "order": "",
    "kind": "TICKET_KIND_INQUIRY",
    "category": "",
    "state": "TICKET_STATE_CLOSED",
    "assignee": "",
    "dueTime": None,
    "late": False,
    "level": "TICKET_LEVEL_UNSPECIFIED",
    "returnSlip": "",
    "returnLines": [],
    "rating": 4,
}
ACTION = {
    "name": "ticketActions/00000000-0000-0000-0000-0000000000cc",
    "kind": "TICKET_ACTION_KIND_REFUND",
    "amount": "2500",
    "currency": "CNY",
    "lines": [],
    "state": "TICKET_ACTION_STATE_WAITING",
    "reason": "one of two",
    "decision": "decisions/9",
}
MESSAGES = [
    {
        "kind": "TICKET_MESSAGE_KIND_CUSTOMER",
        "subject": "a cup",
        "text": "It came broken. Call ***",
        "createTime": "2026-11-27T02:00:00Z",
        "author": "people/f",
        "erased": False,
    },
    {
        "kind": "TICKET_MESSAGE_KIND_NOTE",
        "subject": "",
        "text": "",
        "createTime": "2026-11-27T03:00:00Z",
        "author": "",
        "erased": True,
    },
]
PATH = f"/v1/{TICKET['name']}"
STEPS = (":answer", ":assign", ":escalate", ":issueReturnSlip", ":close", ":reopen", ":rate", "/messages")
OF_TICKETS: dict[tuple[str, str], Any] = {
    **ANSWERS,
    ("GET", "/v1/tickets"): {"tickets": [TICKET, OTHER]},
    ("GET", PATH): TICKET,
    ("GET", f"{PATH}/messages"): {"ticketMessages": MESSAGES},
    ("GET", "/v1/ticketActions"): {"ticketActions": [ACTION]},
    ("POST", "/v1/tickets"): TICKET,
    ("POST", f"{PATH}/actions"): ACTION,
    ("POST", f"/v1/{ACTION['name']}:withdraw"): {**ACTION, "state": "TICKET_ACTION_STATE_WITHDRAWN"},
    **{("POST", f"{PATH}{step}"): TICKET for step in STEPS},
}


def on_tickets(
    *words: str, language: Language = "en", more: Any = None, asked: Asked | None = None, handed: str = ""
) -> Result:
    """What `bylaw orders` says to these answers and more; `handed` is standard input."""
    return typed(*words, language=language, more={**OF_TICKETS, **(more or {})}, asked=asked, handed=handed)
