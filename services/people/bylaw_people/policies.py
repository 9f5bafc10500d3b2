"""The service's only caller of plugins: which channels take notices outward, and each try with its deadline (PLN-2)."""

import re
import threading
from collections.abc import Mapping, Sequence
from importlib.metadata import entry_points
from typing import Any

from bylaw_chassis.call import transaction_is_open
from bylaw_chassis.neighbours import CalledInsideTransactionError
from bylaw_chassis.observe import log
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_hooks import DeliveryFailed, NoticeFacts, Parameters
from bylaw_plugin_host.registering import GROUP, RegisteredChannel, load_channels
from pydantic import ValidationError, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_people.rules.notices.delivering import Outcome, Outgoing

WITHIN_SECONDS, DEADLINE_SECONDS = 20.0, 30.0
"""What a channel is told, and what it gets."""
REASON = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


def installed() -> Mapping[str, RegisteredChannel]:
    """The channels of the plugins installed here; raises PluginRefused, naming the distribution at fault."""
    return load_channels(entry_points(group=GROUP))


def set_up(registered: Mapping[str, RegisteredChannel]) -> "DeliveryChannels":
    """The channels that are told where to; raises SettingWrong naming each setting at fault of one that is begun."""
    settings = {name: _settings(name, found.channel.settings) for name, found in registered.items()}
    return DeliveryChannels([Way(registered[name], told) for name, told in settings.items() if told])


class DeliveryChannels:
    """The channels that are set up, by name."""

    def __init__(self, ways: Sequence["Way"]) -> None:
        self._ways = {way.name: way for way in ways}

    @property
    def names(self) -> Sequence[str]:
        """Their names, in order."""
        return sorted(self._ways)

    def deliver(self, outgoing: Outgoing) -> Outcome:
        """One try, never inside a transaction: its slowness would become everybody's lock."""
        if transaction_is_open():
            raise CalledInsideTransactionError(outgoing.channel)
        way = self._ways.get(outgoing.channel)
        return way.deliver(outgoing) if way else Outcome("CHANNEL_AWAY")


class Way:
    """A channel with its settings. While a try hangs past its deadline, no other is begun: threads do not pile up."""

    def __init__(self, registered: RegisteredChannel, settings: Parameters, seconds: float = DEADLINE_SECONDS) -> None:
        self.name, self._registered, self._settings = registered.channel.name, registered, settings
        self._seconds = seconds
        self._hanging: threading.Thread | None = None

    def deliver(self, outgoing: Outgoing) -> Outcome:
        """The outcome, at the deadline at the latest; whatever a plugin raises is an outcome too."""
        if self._hanging and self._hanging.is_alive():
            return Outcome("CHANNEL_HANGS")
        ended: list[Outcome] = []
        tried = threading.Thread(target=lambda: ended.append(self._try(outgoing)), name=f"deliver-{self.name}")
        tried.daemon = True
        tried.start()
        tried.join(self._seconds)
        if ended:
            return ended[0]
        self._hanging = tried
        return Outcome("DEADLINE_PASSED")

    def _try(self, outgoing: Outgoing) -> Outcome:
        key = f"{outgoing.notice}.{outgoing.person}"
        facts = NoticeFacts(key, outgoing.language, outgoing.title, outgoing.body, outgoing.sent_at)
        channel = self._registered.channel
        try:
            channel.deliver(facts, outgoing.address, settings=self._settings, within_seconds=WITHIN_SECONDS)
        except DeliveryFailed as failed:
            sound = REASON.fullmatch(failed.reason)
            return Outcome(failed.reason if sound else "CHANNEL_FAILED", for_good=failed.for_good)
        except BaseException as error:  # noqa: BLE001 - a plugin's fault is an outcome; its words may hold an address
            who = f"{self._registered.distribution} {self._registered.distribution_version}"
            log().error("delivery_failed", channel=self.name, distribution=who, reason=type(error).__name__)
            return Outcome("CHANNEL_FAILED")
        return Outcome()


class _Told(BaseSettings):
    """What the environment and the file of settings say of a channel, as text."""

    model_config = SettingsConfigDict(extra="ignore", env_file_encoding="utf-8")


def _settings(channel: str, kind: type[Parameters]) -> Parameters | None:
    """A channel's settings from `BYLAW_<NAME>_<FIELD>`; nothing where none of them is stated."""
    prefix = f"BYLAW_{channel.upper().replace('-', '_')}_"
    fields: dict[str, Any] = dict.fromkeys(kind.model_fields, (str, ""))
    told = read_settings(create_model("Told", __base__=_Told, **fields), _env_prefix=prefix)
    stated = {name: value for name, value in told.model_dump().items() if value}
    try:
        return kind.model_validate_strings(stated) if stated else None
    except ValidationError as error:
        wrong = [f"{prefix}{'_'.join(map(str, item['loc'])).upper()}".rstrip("_") for item in error.errors()]
        raise SettingWrong(f"设置有误 / wrong settings: {', '.join(sorted(wrong))}") from None
