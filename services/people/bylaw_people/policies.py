"""The service's only caller of plugins: which channels take notices outward, and each try with its deadline (PLN-2).

All of them are reached through the plugin host: what we ship runs inside, everything else in a process of its own.
"""

import re
import threading
import time
from collections.abc import Sequence

from bylaw_chassis.call import transaction_is_open
from bylaw_chassis.jobs import NotNow
from bylaw_chassis.neighbours import CalledInsideTransactionError
from bylaw_chassis.observe import log
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_hooks import DeliveryFailed, NoticeFacts
from bylaw_plugin_host.delivering import LIMITS, ChannelBroken, ChannelHost, OfferedChannel, start_channels
from bylaw_plugin_host.losses import Told
from bylaw_plugin_host.outcomes import ANSWER_INVALID, TIMED_OUT
from bylaw_plugin_host.stated import SettingsWrong, Stated, begun
from bylaw_plugin_host.workers import Limits

from bylaw_people.rules.notices.delivering import Outcome, Outgoing

WITHIN_SECONDS, DEADLINE_SECONDS, PAUSE_SECONDS = 20.0, 30.0, 60.0
"""What a channel is told it has, what one of ours gets, and how long one that was stopped is left alone."""
REASON = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
DETAIL = re.compile(r"[\w .:<>-]{0,200}", re.ASCII)
"""What is logged of a failure: kinds of errors and places in code, nothing that could be an address."""
TOLD_AS = {TIMED_OUT: "DEADLINE_PASSED", ANSWER_INVALID: "CHANNEL_ANSWER_INVALID"}


def installed(limits: Limits = LIMITS) -> ChannelHost:
    """The channels of the plugins installed here; raises PluginRefused, naming the distribution at fault."""
    return start_channels(limits=limits)


def set_up(host: ChannelHost, *, within_seconds: float = WITHIN_SECONDS) -> "DeliveryChannels":
    """The channels that are told where to; the processes of all others are ended.

    Raises SettingWrong naming each setting at fault of those that are begun, or PluginRefused.
    """
    try:
        begun = _begun(host)
    except BaseException:
        host.close()
        raise
    host.keep([one.name for one, _ in begun])
    return DeliveryChannels(host, [Way(host, one, stated, within_seconds=within_seconds) for one, stated in begun])


class DeliveryChannels:
    """The channels that are set up, by name. Closing them ends their processes."""

    def __init__(self, host: ChannelHost, ways: Sequence["Way"]) -> None:
        self._host, self._ways = host, {way.name: way for way in ways}
        self._closed = False

    @property
    def names(self) -> Sequence[str]:
        """Their names, in order."""
        return sorted(self._ways)

    def deliver(self, outgoing: Outgoing) -> Outcome:
        """One try, never inside a transaction: its slowness would become everybody's lock.

        Raises NotNow where the service ends meanwhile: that is no fault of the channel, and another goes on with it.
        """
        if transaction_is_open():
            raise CalledInsideTransactionError(outgoing.channel)
        way = self._ways.get(outgoing.channel)
        outcome = way.deliver(outgoing) if way else Outcome("CHANNEL_AWAY")
        if outcome.error and self._closed:
            raise NotNow("the service ends")
        return outcome

    def losses(self) -> Told:
        """The worker processes that each distribution has cost, for the time they took or otherwise."""
        return self._host.losses()

    def close(self) -> None:
        """Ends every process of a plugin, and at once what is being tried in one."""
        self._closed = True
        self._host.close()


class Way:
    """A channel with its settings. One that hangs is left alone for a while: it must not take the time of the others.

    One of ours is given up at its deadline, and no other try is begun while it hangs: threads do not pile up.
    """

    def __init__(
        self,
        host: ChannelHost,
        offered: OfferedChannel,
        stated: Stated,
        *,
        within_seconds: float = WITHIN_SECONDS,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self.name, self._host, self._offered, self._stated = offered.name, host, offered, stated
        self._within_seconds, self._deadline_seconds = within_seconds, deadline_seconds
        self._hanging: threading.Thread | None = None
        self._rests_until = 0.0

    def deliver(self, outgoing: Outgoing) -> Outcome:
        """The outcome, at the deadline at the latest; whatever a plugin does is an outcome too."""
        if (self._hanging and self._hanging.is_alive()) or time.monotonic() < self._rests_until:
            return Outcome("CHANNEL_HANGS")
        return self._contained(outgoing) if self._offered.contained else self._inside(outgoing)

    def _contained(self, outgoing: Outgoing) -> Outcome:
        begun = time.monotonic()
        outcome = self._try(outgoing)
        if outcome.error and time.monotonic() - begun > self._within_seconds:
            self._rests_until = time.monotonic() + PAUSE_SECONDS
        return outcome

    def _inside(self, outgoing: Outgoing) -> Outcome:
        ended: list[Outcome] = []
        tried = threading.Thread(target=lambda: ended.append(self._try(outgoing)), name=f"deliver-{self.name}")
        tried.daemon = True
        tried.start()
        tried.join(self._deadline_seconds)
        if ended:
            return ended[0]
        self._hanging = tried
        return Outcome("DEADLINE_PASSED")

    def _try(self, outgoing: Outgoing) -> Outcome:
        key = f"{outgoing.notice}.{outgoing.person}"
        facts = NoticeFacts(key, outgoing.language, outgoing.title, outgoing.body, outgoing.sent_at)
        try:
            self._host.deliver(
                self.name, self._stated, facts, address=outgoing.address, within_seconds=self._within_seconds
            )
        except DeliveryFailed as failed:
            sound = isinstance(failed.reason, str) and REASON.fullmatch(failed.reason)
            return Outcome(failed.reason if sound else "CHANNEL_FAILED", for_good=failed.for_good is True)
        except ChannelBroken as broken:
            self._log(broken.detail if DETAIL.fullmatch(broken.detail) else "")
            return Outcome(TOLD_AS.get(broken.reason, "CHANNEL_FAILED"))
        except BaseException as error:  # noqa: BLE001 - a plugin's fault is an outcome; its words may hold an address
            self._log(type(error).__name__)
            return Outcome("CHANNEL_FAILED")
        return Outcome()

    def _log(self, reason: str) -> None:
        log().error("delivery_failed", channel=self.name, distribution=self._offered.distribution, reason=reason)


def _begun(host: ChannelHost) -> list[tuple[OfferedChannel, Stated]]:
    """Those that something is stated of."""
    try:
        return begun(host, read_settings)
    except SettingsWrong as wrong:
        raise SettingWrong(f"设置有误 / wrong settings: {wrong}") from None
