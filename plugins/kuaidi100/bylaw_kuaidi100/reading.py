"""Kuaidi100's answers and pushes, read: its states stand beside the events that have one, or beside them all."""

from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

from bylaw_hooks.couriers import TrackEvent, TrackReport, UnreadableError, instant_in, text_in

from bylaw_kuaidi100.words import CODES, NAMES

ZONE = timezone(timedelta(hours=8))
"""It writes China's time and says no zone."""


def report_of(result: Mapping[str, Any], *, number: str = "", ended: bool = False) -> TrackReport:
    """What is said of one parcel; of `number` where it names none. Raises UnreadableError."""
    told, waybill = result.get("data") or [], text_in(result, "nu") or number
    if not isinstance(told, list) or not waybill or (number and waybill != number):
        raise UnreadableError
    # Newest first as it writes them: of two at one second the one that stands behind was before.
    events = CODES.with_newest([_event(one) for one in reversed(told)], str(result.get("state", "")))
    return TrackReport(waybill, CODES.ours(text_in(result, "com")), events, ended=ended)


def _event(told: Any) -> TrackEvent:
    place = text_in(told, "areaName") or text_in(told, "location")
    event = TrackEvent(instant_in(told, "time", ZONE), text_in(told, "context"), place=place)
    return CODES.coded(event, text_in(told, "statusCode") or NAMES.get(text_in(told, "status"), ""))
