"""Kdniao's answers and pushes, read: oldest first as it writes them, its states beside the events that have one."""

from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

from bylaw_hooks.couriers import TrackEvent, TrackReport, UnreadableError, instant_in, text_in

from bylaw_kdniao.words import CODES

ZONE = timezone(timedelta(hours=8))
"""It writes China's time and says no zone."""


def report_of(result: Mapping[str, Any], *, number: str = "") -> TrackReport:
    """What is said of one parcel; of `number` where it names none. Raises UnreadableError."""
    told, waybill = result.get("Traces") or [], text_in(result, "LogisticCode") or number
    if not isinstance(told, list) or not waybill or (number and waybill != number):
        raise UnreadableError
    events = CODES.with_newest(list(map(_event, told)), text_in(result, "StateEx") or text_in(result, "State"))
    return TrackReport(waybill, CODES.ours(text_in(result, "ShipperCode")), events)


def _event(told: Any) -> TrackEvent:
    place = text_in(told, "Location")
    event = TrackEvent(instant_in(told, "AcceptTime", ZONE), text_in(told, "AcceptStation"), place=place)
    return CODES.coded(event, text_in(told, "Action"))
