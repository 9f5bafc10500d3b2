"""Notices as messages of the contract, and back."""

from datetime import datetime
from uuid import UUID

from bylaw.people.v1 import notices_pb2 as messages
from bylaw_chassis.values import new_id, optional_date, optional_id, resource_name

from bylaw_people.events import day_text, text_message
from bylaw_people.message_values import instant_message
from bylaw_people.rpc import reading
from bylaw_people.rules.notices.delivering import Delivery, DeliveryState
from bylaw_people.rules.notices.notice import Addressees, Notice, NoticeText, ReadNotice, Receipt, both_languages
from bylaw_people.rules.notices.preferences import Preferences
from bylaw_people.use_cases.notices.show_notices import Filter

FILTERS: dict[int, Filter] = {
    messages.NOTICE_FILTER_UNSPECIFIED: Filter.ALL,
    messages.NOTICE_FILTER_UNREAD: Filter.UNREAD,
    messages.NOTICE_FILTER_UNACKNOWLEDGED: Filter.UNACKNOWLEDGED,
    messages.NOTICE_FILTER_SENT: Filter.SENT,
}
STATES = {
    DeliveryState.WAITING: messages.DELIVERY_STATE_WAITING,
    DeliveryState.DELIVERED: messages.DELIVERY_STATE_DELIVERED,
    DeliveryState.GIVEN_UP: messages.DELIVERY_STATE_GIVEN_UP,
    DeliveryState.WITHDRAWN: messages.DELIVERY_STATE_WITHDRAWN,
}


def new_notice(asked: messages.Notice, sender: UUID | None, now: datetime) -> Notice:
    """A new notice; what the service gives itself is not read."""
    text = NoticeText(reading.wording(asked.title), reading.wording(asked.body))
    return Notice(
        new_id(),
        both_languages(text),
        now,
        sender,
        _addressees(asked.to),
        asked.about,
        optional_id(asked.corrects, "notices", field="notice.corrects"),
        asked.standing,
        optional_date(asked.end_date, field="notice.end_date"),
        asked.needs_acknowledgement,
        optional_date(asked.read_by_date, field="notice.read_by_date"),
    )


def notice_message(read: ReadNotice) -> messages.Notice:
    """A notice with the caller's reading of it."""
    notice = read.notice
    return messages.Notice(
        name=resource_name("notices", notice.id),
        title=text_message(notice.text.title),
        body=text_message(notice.text.body),
        to=_addressees_message(notice.to),
        about=notice.about,
        corrects=resource_name("notices", notice.corrects),
        standing=notice.standing,
        end_date=day_text(notice.end_date),
        needs_acknowledgement=notice.needs_acknowledgement,
        read_by_date=day_text(notice.read_by_date),
        sender=resource_name("people", notice.sender),
        send_time=instant_message(notice.sent_at),
        read_time=instant_message(read.read_at),
        acknowledge_time=instant_message(read.acknowledged_at),
        withdraw_time=instant_message(notice.withdrawn_at),
        corrected_by=resource_name("notices", read.corrected_by),
    )


def receipt_message(receipt: Receipt) -> messages.Receipt:
    """A receipt."""
    return messages.Receipt(
        person=resource_name("people", receipt.person),
        read_time=instant_message(receipt.read_at),
        acknowledge_time=instant_message(receipt.acknowledged_at),
    )


def delivery_message(delivery: Delivery) -> messages.Delivery:
    """A delivery."""
    return messages.Delivery(
        notice=resource_name("notices", delivery.notice),
        person=resource_name("people", delivery.person),
        channel=delivery.channel,
        state=STATES[delivery.state],
        tries=delivery.tries,
        last_error=delivery.last_error,
        due_time=instant_message(delivery.next_try_at),
        deliver_time=instant_message(delivery.delivered_at),
    )


def preferences_message(preferences: Preferences) -> messages.NoticePreferences:
    """How notices go out."""
    return messages.NoticePreferences(language=preferences.language, outward=preferences.outward)


def place_of(read: ReadNotice) -> str:
    """Where a notice stands in a feed: behind unread ones, then by id."""
    return f"{int(read.read_at is not None)}.{read.notice.id}"


def delivery_place_of(delivery: Delivery) -> str:
    """Where a delivery stands in the list."""
    return f"{delivery.notice}.{delivery.person}.{delivery.channel}"


def _addressees(to: messages.NoticeAddressees) -> Addressees:
    return Addressees(
        optional_id(to.unit, "units", field="notice.to.unit"),
        to.with_subtree,
        to.role.removeprefix("roles/"),
        optional_id(to.position, "positions", field="notice.to.position"),
        frozenset(reading.person_id(name, field="notice.to.people") for name in to.people),
    )


def _addressees_message(to: Addressees) -> messages.NoticeAddressees:
    return messages.NoticeAddressees(
        unit=resource_name("units", to.unit),
        with_subtree=to.with_subtree,
        role=resource_name("roles", to.role),
        position=resource_name("positions", to.position),
    )
