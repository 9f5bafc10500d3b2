"""A reveal of a recipient: why it may be, and when it is unusual (CUS-1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, IntFlag
from uuid import UUID

from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, NoticeWish, Words, said

from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.privacy.recipient import Recipient

REVEALS, CUSTOMERS, ERASURES, TICKETS = "reveals", "customers", "erasures", "tickets"
DATA_PROTECTION = "data-protection"
"""The role that looks after customers' data."""

HOUR = timedelta(hours=1)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_SHORTEST, _LONG_NUMBER = 2, 7

UNUSUAL: Words = ("客户信息查看异常", "Unusual reveals of customers' data")
REVEALED: Words = (
    "{who} 今天已查看客户信息 {count} 次，其中一小时内 {customers} 位客户：{flags}。请在 GET /v1/reveals 中核对理由。",
    (
        "{who} has had customers' data revealed {count} times today, of {customers} customers within an hour: {flags};"
        " the reasons stand under GET /v1/reveals."
    ),
)
SEARCHED: Words = (
    "{who} 一小时内查找客户 {count} 次，已达上限；其后的查找被拒绝。",
    "{who} has searched for customers {count} times within an hour, which is the limit; further searches are refused.",
)


class RevealReason(IntEnum):
    """Why somebody must see it; the numbers are those of the contract."""

    DELIVERY_PROBLEM = 1
    CUSTOMER_ASKED = 2
    AFTER_SALES = 3
    ORDER_CHECK = 4
    FRAUD = 5
    LEGAL = 6


class Flag(IntFlag):
    """What is unusual; the contract's numbers are the places of the bits."""

    NONE = 0
    MANY = 1
    OUT_OF_HOURS = 2
    MANY_CUSTOMERS = 4


FLAG_WORDS: dict[Flag, Words] = {
    Flag.MANY: ("当天次数过多", "many in a day"),
    Flag.OUT_OF_HOURS: ("非工作时间", "outside of hours"),
    Flag.MANY_CUSTOMERS: ("短时间内查看多位客户", "many customers in an hour"),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for one person, and how much is too much for anybody; hours are the organisation's."""

    reveals_per_day: int
    customers_per_hour: int
    first_hour: int
    last_hour: int
    most_per_day: int
    searches_per_hour: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody has had revealed before: today, of whom within the hour, and what was unusual today already."""

    today: int
    customers: frozenset[UUID]
    flags: Flag


@dataclass(frozen=True, slots=True)
class Reveal:
    """A reveal on record; `by` is a caller's key."""

    identifier: UUID
    at: datetime
    by: str
    order: UUID
    customer: UUID
    reason: RevealReason
    explanation: str
    ticket: str
    flags: Flag


def flags_of(counted: Counted, customer: UUID, local: datetime, usual: Usual) -> Flag:
    """What is unusual about one more reveal, of this customer, at this time of the organisation's."""
    found = Flag.NONE
    if counted.today + 1 > usual.reveals_per_day:
        found |= Flag.MANY
    if not usual.first_hour <= local.hour < usual.last_hour:
        found |= Flag.OUT_OF_HOURS
    if len(counted.customers | {customer}) > usual.customers_per_hour:
        found |= Flag.MANY_CUSTOMERS
    return found


def alarms(made: Reveal, counted: Counted) -> list[NoticeWish]:
    """Whom to tell of what is unusual and was not today: each kind once a day and person."""
    new = made.flags & ~counted.flags
    if not new:
        return []
    words = [FLAG_WORDS[flag] for flag in Flag if flag and flag in new]
    flags = "、".join(zh for zh, _ in words), ", ".join(en for _, en in words)
    told = {"who": _who(made.by), "count": counted.today + 1, "customers": len(counted.customers | {made.customer})}
    body = said((REVEALED[0], ""), flags=flags[0], **told)[0], said(("", REVEALED[1]), flags=flags[1], **told)[1]
    return _told(body, about=order_name(made.order))


def search_alarms(by: str, count: int) -> list[NoticeWish]:
    """Whom to tell that somebody searches without end."""
    return _told(said(SEARCHED, who=_who(by), count=count))


def tells_too_much(text: str, of: Iterable[Recipient]) -> bool:
    """Whether a reason holds what it should not: a mobile number, or what is known of these recipients."""
    if _MOBILE.search(text):
        return True
    plain, digits = text.casefold(), re.sub(r"\D", "", text)
    for one in of:
        number = re.sub(r"\D", "", one.phone)[-_LONG_NUMBER:]
        if len(number) == _LONG_NUMBER and number in digits:
            return True
        known = (one.name, one.address, one.email, one.nick)
        if any(len(part) >= _SHORTEST and part.casefold() in plain for part in map(str.strip, known)):
            return True
    return False


def _who(by: str) -> str:
    return f"services/{by.removeprefix('service:')}" if by.startswith("service:") else f"people/{by}"


def _told(body: Words, about: str = "") -> list[NoticeWish]:
    return [NoticeWish((), UNUSUAL, body, about, role) for role in (OPERATIONS_DIRECTOR, DATA_PROTECTION)]
