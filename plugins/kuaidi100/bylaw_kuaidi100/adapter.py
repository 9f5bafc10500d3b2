"""Kuaidi100: asked by a signed form, told to push, and its pushes believed by their salted signature."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
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

from bylaw_kuaidi100.reading import report_of
from bylaw_kuaidi100.settings import Kuaidi100Settings
from bylaw_kuaidi100.words import CODES

NOT_FOUND, NO_RESULT, SUBSCRIBED_BEFORE = "201", "500", "501"
BUSY = frozenset({"500", "501", "502"})
WRONG_ACCOUNT = frozenset({"503", "600", "601"})
NEVER = frozenset({"400", "408", "700", "701", "702"})
"""A request that it will not answer the next time either: a wrong courier, a wrong telephone, no right to ask."""


class Kuaidi100(CourierAdapter[Kuaidi100Settings]):
    """Tracking by kuaidi100."""

    name: ClassVar[str] = "kuaidi100"
    title: ClassVar[Both] = Both("快递100", "Kuaidi100")
    settings: type[Kuaidi100Settings] = Kuaidi100Settings
    phone_couriers: ClassVar[frozenset[str]] = frozenset({"sf", "zto"})
    subscribes: ClassVar[bool] = True

    def ask(self, waybill: Waybill, *, settings: Kuaidi100Settings, within_seconds: float) -> TrackReport:
        """One query. Raises CourierFailed as `post_form` does, or with COURIER_BUSY, _REFUSED or _ACCOUNT_REFUSED."""
        param = _json(
            {"com": CODES.theirs(waybill.courier), "num": waybill.number, "phone": waybill.phone_tail, "resultv2": "4"}
        )
        signed = _md5(param + settings.key.get_secret_value() + settings.customer)
        form = {"customer": settings.customer, "sign": signed, "param": param}
        answer = post_form(f"{settings.address}/poll/query.do", form, within_seconds=within_seconds)
        code = str(answer.get("returnCode", ""))
        if answer.get("status") == NOT_FOUND or code == NO_RESULT:
            return TrackReport(waybill.number, waybill.courier, ())
        if code or "data" not in answer:
            raise _failed(code)
        try:
            return report_of(answer, number=waybill.number)
        except UnreadableError:
            raise CourierFailed("COURIER_ANSWER_UNREADABLE") from None

    def subscribe(self, waybill: Waybill, callback: str, *, settings: Kuaidi100Settings, within_seconds: float) -> None:
        """Has it push to an address. Raises CourierFailed as `ask` does."""
        wanted = {
            "callbackurl": callback,
            "salt": settings.salt.get_secret_value(),
            "resultv2": "4",
            "phone": waybill.phone_tail,
        }
        key = settings.key.get_secret_value()
        param = {"company": CODES.theirs(waybill.courier), "number": waybill.number, "key": key, "parameters": wanted}
        form = {"schema": "json", "param": _json(param)}
        answer = post_form(f"{settings.address}/poll", form, within_seconds=within_seconds)
        code = str(answer.get("returnCode", ""))
        if answer.get("result") is not True and code != SUBSCRIBED_BEFORE:
            raise _failed(code)

    def verified(self, push: Push, *, settings: Kuaidi100Settings) -> tuple[TrackReport, ...]:
        """One parcel's whole history. Raises PushRefused with PUSH_FORGED or PUSH_UNREADABLE."""
        fields = read_form(push)
        param = fields.get("param", "")
        check_signature(fields.get("sign", "").upper(), _md5(param + settings.salt.get_secret_value()))
        told = read_object(param)
        result = told.get("lastResult")
        if not isinstance(result, dict):
            raise PushRefused("PUSH_UNREADABLE")
        try:
            return (report_of(result, ended=told.get("status") in {"shutdown", "abort"}),)
        except UnreadableError:
            raise PushRefused("PUSH_UNREADABLE") from None

    def answer(self, *, taken: bool, at: datetime, settings: Kuaidi100Settings) -> PushAnswer:  # noqa: ARG002
        """Taken, or to be pushed again."""
        code, message = ("200", "成功") if taken else ("500", "请稍后重推")
        return PushAnswer(_json({"result": taken, "returnCode": code, "message": message}))


def _failed(code: str) -> CourierFailed:
    if code in WRONG_ACCOUNT:
        return CourierFailed("COURIER_ACCOUNT_REFUSED")
    if code in BUSY:
        return CourierFailed("COURIER_BUSY")
    if code:
        return CourierFailed("COURIER_REFUSED", for_good=code in NEVER)
    return CourierFailed("COURIER_ANSWER_UNREADABLE")


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _md5(text: str) -> str:
    # Their signature, not ours to choose: it keeps honest people apart from strangers who do not know the salt.
    return hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest().upper()
