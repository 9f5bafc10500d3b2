"""Requests about customers' data in the form that rules take; what has another form is refused, naming the field."""

import re
from typing import Any

from bylaw_chassis.forms import known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id, resource_id, resource_name

from bylaw_orders.ports.customers import Asked, RevealQuery
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.privacy.customer import ErasureReason
from bylaw_orders.rules.privacy.phone import LONGEST, normalised
from bylaw_orders.rules.privacy.reveal import TICKETS, RevealReason

SHORTEST_WHY, LONGEST_WHY, LONGEST_NICK, LONGEST_PLATFORM = 5, 500, 100, 64
_DIGITS = re.compile(r"[0-9]{4}")


def why(text: str) -> str:
    """A reason in words."""
    said = line_of_text(text, field="explanation", longest=LONGEST_WHY)
    if len(said) < SHORTEST_WHY:
        raise FieldInvalid(
            field="explanation",
            zh=f"请写明理由，至少 {SHORTEST_WHY} 个字",
            en=f"say why, in at least {SHORTEST_WHY} characters",
        )
    return said


def reveal_reason(number: int) -> RevealReason:
    """Why somebody must see it."""
    return known(number, RevealReason, field="reason")


def erasure_reason(number: int) -> ErasureReason:
    """Why a customer is erased; the service alone does it because it was kept long enough."""
    found = known(number, ErasureReason, field="reason")
    if found is ErasureReason.RETENTION:
        raise FieldInvalid(
            field="reason", zh="到期删除由系统自动进行", en="what was kept long enough is erased by the service itself"
        )
    return found


def ticket(text: str) -> str:
    """For which ticket, if for one."""
    found = optional_id(text, TICKETS, field="ticket")
    return resource_name(TICKETS, found) if found else ""


def asked(request: Any) -> Asked:
    """A whole number or a name on a platform, one of both."""
    if bool(request.phone) == bool(request.nick):
        raise FieldInvalid(
            field="phone", zh="请填写电话或平台昵称，二者取一", en="expected a telephone number or a nick, one of both"
        )
    if request.nick:
        nick = line_of_text(request.nick, field="nick", longest=LONGEST_NICK)
        return Asked(nick=nick, platform=line_of_text(request.platform, field="platform", longest=LONGEST_PLATFORM))
    if len(request.phone) > LONGEST or not normalised(request.phone):
        raise FieldInvalid(field="phone", zh="应为完整的电话号码", en="expected a whole telephone number")
    return Asked(phone=request.phone)


def asked_digits(request: Any) -> Asked:
    """The last four digits of a number."""
    if not _DIGITS.fullmatch(request.digits):
        raise FieldInvalid(field="digits", zh="应为四位数字", en="expected four digits")
    return Asked(digits=request.digits)


def reveal_query(request: Any) -> RevealQuery:
    """Which reveals are asked for."""
    person = optional_id(request.person, "people", field="person")
    order = optional_id(request.order, ORDERS, field="order")
    return RevealQuery(str(person) if person else "", order, request.unusual)


def order_of_label(name: str) -> Any:
    """The id in `orders/{order}/label`."""
    whole, _, rest = name.rpartition("/")
    if rest != "label":
        raise FieldInvalid(field="name", zh="应为 orders/{order}/label", en="expected orders/{order}/label")
    return resource_id(whole, ORDERS)
