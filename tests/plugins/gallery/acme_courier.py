"""A courier adapter that obeys its settings: it tells of a parcel, or misbehaves in every way that one can."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

from bylaw_hooks import Both, Parameters, hookimpl, setting
from bylaw_hooks.couriers import (
    CourierAdapter,
    CourierFailed,
    ParcelState,
    Push,
    PushAnswer,
    PushRefused,
    TrackEvent,
    TrackReport,
    Waybill,
)
from pydantic import SecretStr

bylaw_api = 1
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


class Van(Parameters):
    """How it drives."""

    manner: str = setting("方式", "Manner", examples=["plain"])
    word: SecretStr = setting("口令", "Word", default=SecretStr("coo"))


def event(**changed: Any) -> TrackEvent:
    return TrackEvent(**{"at": AT, "text": "派件中", "state": ParcelState.OUT_FOR_DELIVERY, **changed})


def report(*events: Any, waybill: str = "SF1029384756") -> Any:
    return TrackReport(waybill, "acme", events)


def refuse() -> Any:
    raise CourierFailed("VAN_BROKEN_DOWN", for_good=True)


SPOILT: dict[str, Callable[[], Any]] = {
    "refused": refuse,
    "broken": lambda: 1 // 0,
    "leaving": lambda: os._exit(0),
    "hanging": lambda: time.sleep(600),
    "none": lambda: None,
    "text": lambda: "signed",
    "naive": lambda: report(event(at=AT.replace(tzinfo=None))),
    "ancient": lambda: report(event(at=AT.replace(year=1970))),
    "long": lambda: report(event(text="x" * 3000)),
    "many": lambda: report(*[event()] * 1001),
    "no-number": lambda: report(waybill="'; drop table parcels"),
    "another": lambda: report(event(), waybill="SF0000000000"),
    "null": lambda: report(event(text="\x00")),
    "digit": lambda: report(event(state=3)),
}


class VanAdapter(CourierAdapter[Van]):
    """By road."""

    name, title, settings = "acme-van", Both("货车", "Van"), Van
    phone_couriers: ClassVar[frozenset[str]] = frozenset({"acme"})
    subscribes: ClassVar[bool] = True

    def ask(self, waybill: Waybill, *, settings: Van, within_seconds: float) -> TrackReport:  # noqa: ARG002
        if settings.manner in SPOILT:
            spoilt: TrackReport = SPOILT[settings.manner]()
            return spoilt
        return TrackReport(waybill.number, waybill.courier, (event(text=f"派件中 {waybill.phone_tail}"),))

    def subscribe(self, waybill: Waybill, callback: str, *, settings: Van, within_seconds: float) -> None:  # noqa: ARG002
        if settings.manner == "refused":
            raise CourierFailed("VAN_FULL")

    def verified(self, push: Push, *, settings: Van) -> tuple[TrackReport, ...]:
        if push.body != settings.word.get_secret_value().encode():
            raise PushRefused("PUSH_FORGED", forged=True)
        return (report(event()), report(event(), waybill="SF0000000001"))

    def answer(self, *, taken: bool, at: datetime, settings: Van) -> PushAnswer:  # noqa: ARG002
        return PushAnswer(f"{taken} {at.isoformat()}", "text/plain")


@hookimpl
def register_couriers() -> list[CourierAdapter[Any]]:
    return [VanAdapter()]
