"""The service's only caller of courier adapters: which are set up, and each question with its time (ORD-2).

All of them are reached through the plugin host: what we ship runs inside, everything else in a process of its own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from bylaw_chassis.call import transaction_is_open
from bylaw_chassis.neighbours import CalledInsideTransactionError
from bylaw_chassis.observe import log
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_hooks.couriers import CourierFailed, Push, PushRefused, TrackEvent, TrackReport, Waybill
from bylaw_plugin_host.losses import Told
from bylaw_plugin_host.stated import SettingsWrong, Stated, begun
from bylaw_plugin_host.tracking import CourierBroken, CourierHost, OfferedCourier

from bylaw_orders.ports.couriers import CourierSilent
from bylaw_orders.rules.tracking.refusals import CourierUnknown, PushForged, PushPostponed, PushUnreadable
from bylaw_orders.rules.tracking.states import SignedBy, State
from bylaw_orders.rules.tracking.told import Report, cleaned
from bylaw_orders.rules.tracking.track import Tracked

WITHIN_SECONDS = 10.0
REASON = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
DETAIL = re.compile(r"[\w .:<>-]{0,200}", re.ASCII)
"""What is logged of a failure: kinds of errors and places in code, nothing that could be somebody's."""
BROKEN = "COURIER_BROKEN"
Answer = TypeVar("Answer")


def set_up(host: CourierHost, *, push_url: str = "", within_seconds: float = WITHIN_SECONDS) -> "Couriers":
    """The adapters that something is stated of; the processes of all others are ended.

    Raises SettingWrong naming each setting at fault, or PluginRefused. `push_url`: where the world reaches the gateway.
    """
    try:
        found = begun(host, read_settings)
    except SettingsWrong as wrong:
        host.close()
        raise SettingWrong(f"设置有误 / wrong settings: {wrong}") from None
    except BaseException:
        host.close()
        raise
    host.keep([one.name for one, _ in found])
    return Couriers(host, found, push_url.rstrip("/"), within_seconds)


class Couriers:
    """See `CourierDesk`. Closing them ends their processes."""

    def __init__(
        self, host: CourierHost, found: Sequence[tuple[OfferedCourier, Stated]], push_url: str, within_seconds: float
    ) -> None:
        self._host, self._push_url, self._within = host, push_url, within_seconds
        self._stated = {one.name: stated for one, stated in found}
        self._offered = {one.name: one for one, _ in found}

    @property
    def names(self) -> Sequence[str]:
        """Their names, in order."""
        return sorted(self._stated)

    def needs_phone(self, name: str, courier: str) -> bool:
        """See `CourierDesk`."""
        return courier in self._offered[name].phone_couriers

    def ask(self, name: str, waybill: str, courier: str, phone_tail: str) -> Report:
        """See `CourierDesk`."""
        told = Waybill(waybill, courier, phone_tail)
        asked = self._asked(name, lambda: self._host.ask(name, self._stated[name], told, within_seconds=self._within))
        return _report(asked, name, courier)

    def subscribe(self, name: str, waybill: str, courier: str, phone_tail: str) -> bool:
        """See `CourierDesk`."""
        if not (self._push_url and self._offered[name].subscribes):
            return False
        told, to = Waybill(waybill, courier, phone_tail), f"{self._push_url}/couriers/{name}/push"
        stated, within = self._stated[name], self._within
        self._asked(name, lambda: self._host.subscribe(name, stated, told, callback=to, within_seconds=within))
        return True

    def verified(self, name: str, body: bytes, headers: Mapping[str, str]) -> Sequence[Report]:
        """See `CourierDesk`."""
        if name not in self._stated:
            raise CourierUnknown
        try:
            told = self._host.verified(name, self._stated[name], Push(body, tuple(sorted(headers.items()))))
        except PushRefused as refused:
            raise (PushForged if refused.forged else PushUnreadable) from None
        except CourierBroken as broken:
            self._log(name, broken.detail)
            raise PushPostponed from None
        return [_report(one, name, one.courier) for one in told]

    def answer(self, name: str, now: datetime) -> tuple[str, str]:
        """See `CourierDesk`."""
        try:
            said = self._host.answer(name, self._stated[name], taken=True, at=now)
        except CourierBroken as broken:
            self._log(name, broken.detail)
            raise PushPostponed from None
        return said.text, said.content_type

    def losses(self) -> Told:
        """The worker processes that each distribution has cost."""
        return self._host.losses()

    def close(self) -> None:
        """Ends every process of a plugin, and at once what is being asked in one."""
        self._host.close()

    def _asked(self, name: str, question: Callable[[], Answer]) -> Answer:
        if transaction_is_open():
            raise CalledInsideTransactionError(name)
        try:
            return question()
        except CourierFailed as failed:
            sound = isinstance(failed.reason, str) and REASON.fullmatch(failed.reason)
            raise CourierSilent(failed.reason if sound else BROKEN, for_good=failed.for_good is True) from None
        except CourierBroken as broken:
            self._log(name, broken.detail)
            raise CourierSilent(BROKEN) from None

    def _log(self, name: str, detail: str) -> None:
        said = detail if DETAIL.fullmatch(detail) else ""
        log().error("courier_broken", courier=name, distribution=self._offered[name].distribution, reason=said)


def _report(told: TrackReport, name: str, courier: str) -> Report:
    return Report(told.waybill, courier, cleaned(map(_tracked, told.events)), name, "")


def _tracked(event: TrackEvent) -> Tracked:
    state = State[event.state.name] if event.state else None
    signed_by = SignedBy[event.signed_by.name] if event.signed_by else None
    return Tracked(event.at, event.text, state, event.place, event.code, signed_by)
