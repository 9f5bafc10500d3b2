"""Parcels and what is told of them in the form that rules take; refuses FIELD_INVALID naming the field."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import known, line_of_text, optional_known
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id, resource_id

from bylaw_orders.ports.parcels import MessageSteps
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.tracking.couriers import courier_code
from bylaw_orders.rules.tracking.messages import Step
from bylaw_orders.rules.tracking.parcel import NUMBER, PARCELS, Parcel
from bylaw_orders.rules.tracking.states import SignedBy, State
from bylaw_orders.rules.tracking.texts import without_people
from bylaw_orders.rules.tracking.track import Tracked
from bylaw_orders.use_cases.forms import instant, optional_instant

MESSAGES = "/customerMessages"
LANGUAGES = ("zh", "en")


def parcel_ids(name: str, *, field: str = "name") -> tuple[UUID, UUID]:
    """Order and parcel of `orders/{order}/parcels/{parcel}`."""
    order, _, parcel = name.partition(f"/{PARCELS}/")
    return resource_id(order, ORDERS, field=field), resource_id(f"{PARCELS}/{parcel}", PARCELS, field=field)


def parcel_wish(order: UUID, wished: Any, now: datetime) -> Parcel:
    """A parcel as a shop adds it."""
    carrier = line_of_text(wished.carrier, field="parcel.carrier", longest=100)
    handed_over = optional_instant(wished, "hand_over_time", within="parcel.") or now
    if handed_over > now:
        raise FieldInvalid(
            field="parcel.hand_over_time", zh="不得晚于现在", en="expected an instant that is not ahead of now"
        )
    number = waybill(wished.waybill, field="parcel.waybill")
    return Parcel(new_id(), order, carrier, courier_code(carrier), number, None, handed_over)


def waybill(text: str, *, field: str) -> str:
    """A parcel's number."""
    if not NUMBER.fullmatch(text):
        raise FieldInvalid(
            field=field,
            zh="应为 5 至 40 个字母、数字或连字符的运单号",
            en="expected a waybill of 5 to 40 letters, digits and dashes",
        )
    return text


def tracked(request: Any) -> Tracked:
    """What a person tells of a parcel; names and telephones are not kept."""
    state = known(request.state, State, field="state")
    signer = optional_known(request.signer, SignedBy, field="signer")
    if signer and state is not State.SIGNED:
        raise FieldInvalid(field="signer", zh="仅签收时填写", en="only of a signature")
    text = without_people(line_of_text(request.text, field="text", longest=500))
    return Tracked(instant(request.occur_time, field="occur_time"), text, state, signed_by=signer)


def channel_of(name: str) -> UUID:
    """The channel of `channels/{channel}/customerMessages`."""
    if not name.endswith(MESSAGES):
        raise FieldInvalid(
            field="name",
            zh="应为 channels/{channel}/customerMessages",
            en="expected channels/{channel}/customerMessages",
        )
    return resource_id(name.removesuffix(MESSAGES), CHANNELS)


def message_steps(steps: Sequence[int], language: str) -> MessageSteps:
    """At which steps customers are told, and in which language."""
    if language not in {"", *LANGUAGES}:
        raise FieldInvalid(field="language", zh="应为 zh 或 en", en="expected zh or en")
    wanted = frozenset(known(step, Step, field=f"steps[{place}]") for place, step in enumerate(steps))
    return MessageSteps(wanted, language or LANGUAGES[0])
