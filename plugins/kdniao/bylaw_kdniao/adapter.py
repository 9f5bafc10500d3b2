"""Kdniao: asked by a signed form, told to push, and its pushes, of many parcels each, believed by their signature."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from bylaw_hooks import Both
from bylaw_hooks.couriers import (
    CourierAdapter,
    CourierFailed,
    Push,
    PushAnswer,
    PushRefused,
    TrackReport,
    UnreadableError,
    Waybill,
    check_signature,
    post_form,
    read_form,
    read_object,
)

from bylaw_kdniao.reading import report_of
from bylaw_kdniao.settings import KdniaoSettings
from bylaw_kdniao.words import CODES

ASKED, SUBSCRIBED = {"plain": "1002", "extended": "8001"}, {"plain": "1008", "extended": "8008"}
PUSHED = frozenset({"101", "102"})
"""What it calls a push of tracks; others tell of money."""
NO_TRACE = "0"
ZONE = timezone(timedelta(hours=8))


class Kdniao(CourierAdapter[KdniaoSettings]):
    """Tracking by kdniao."""

    name: ClassVar[str] = "kdniao"
    title: ClassVar[Both] = Both("快递鸟", "Kdniao")
    settings: type[KdniaoSettings] = KdniaoSettings
    phone_couriers: ClassVar[frozenset[str]] = frozenset({"sf", "zto"})
    subscribes: ClassVar[bool] = True

    def ask(self, waybill: Waybill, *, settings: KdniaoSettings, within_seconds: float) -> TrackReport:
        """One query. Raises CourierFailed as `post_form` does, or with COURIER_REFUSED."""
        form = _form(waybill, settings, ASKED[settings.service])
        address = f"{settings.address}/Ebusiness/EbusinessOrderHandle.aspx"
        answer = post_form(address, form, within_seconds=within_seconds)
        if "Success" not in answer:
            raise CourierFailed("COURIER_ANSWER_UNREADABLE")
        if answer.get("State") == NO_TRACE and not answer.get("Traces"):
            return TrackReport(waybill.number, waybill.courier, ())
        if answer["Success"] is not True:
            raise CourierFailed("COURIER_REFUSED")
        try:
            return report_of(answer, number=waybill.number)
        except UnreadableError:
            raise CourierFailed("COURIER_ANSWER_UNREADABLE") from None

    def subscribe(self, waybill: Waybill, callback: str, *, settings: KdniaoSettings, within_seconds: float) -> None:  # noqa: ARG002
        """Has it push to the address that is kept with the account there. Raises CourierFailed as `ask` does."""
        form = _form(waybill, settings, SUBSCRIBED[settings.service])
        answer = post_form(f"{settings.address}/api/dist", form, within_seconds=within_seconds)
        if answer.get("Success") is not True:
            raise CourierFailed("COURIER_REFUSED" if "Success" in answer else "COURIER_ANSWER_UNREADABLE")

    def verified(self, push: Push, *, settings: KdniaoSettings) -> tuple[TrackReport, ...]:
        """The whole history of each parcel. Raises PushRefused with PUSH_FORGED or PUSH_UNREADABLE."""
        fields = read_form(push)
        data = fields.get("RequestData", "")
        check_signature(fields.get("DataSign", ""), _signed(data, settings))
        told = read_object(data)
        parcels = told.get("Data")
        if fields.get("RequestType") not in PUSHED or not isinstance(parcels, list):
            raise PushRefused("PUSH_UNREADABLE")
        if told.get("EBusinessID") != settings.business:
            raise PushRefused("PUSH_FORGED", forged=True)
        try:
            return tuple(map(_pushed, parcels))
        except UnreadableError:
            raise PushRefused("PUSH_UNREADABLE") from None

    def answer(self, *, taken: bool, at: datetime, settings: KdniaoSettings) -> PushAnswer:
        """Taken, or to be pushed again."""
        when = at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
        told = {"EBusinessID": settings.business, "UpdateTime": when, "Success": taken, "Reason": ""}
        return PushAnswer(_json(told))


def _pushed(told: Any) -> TrackReport:
    if not isinstance(told, dict):
        raise UnreadableError
    return report_of(told)


def _form(waybill: Waybill, settings: KdniaoSettings, request_type: str) -> dict[str, str]:
    asked = {"ShipperCode": CODES.theirs(waybill.courier), "LogisticCode": waybill.number}
    data = _json({**asked, "CustomerName": waybill.phone_tail} if waybill.phone_tail else asked)
    return {
        "RequestData": data,
        "EBusinessID": settings.business,
        "RequestType": request_type,
        "DataSign": _signed(data, settings),
        "DataType": "2",
    }


def _signed(data: str, settings: KdniaoSettings) -> str:
    # Their signature, not ours to choose: it keeps honest people apart from strangers who do not know the key.
    text = (data + settings.key.get_secret_value()).encode("utf-8", "replace")
    return base64.b64encode(hashlib.md5(text, usedforsecurity=False).hexdigest().encode()).decode()


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
