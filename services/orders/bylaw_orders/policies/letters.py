"""The service's only caller of delivery channels: customers are told by the channels that are set up (ORD-2)."""

from collections.abc import Sequence

from bylaw_chassis.call import transaction_is_open
from bylaw_chassis.neighbours import CalledInsideTransactionError
from bylaw_chassis.observe import log
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_hooks import DeliveryFailed, NoticeFacts
from bylaw_plugin_host.delivering import ChannelBroken, ChannelHost
from bylaw_plugin_host.stated import SettingsWrong, Stated, begun

from bylaw_orders.policies.couriers import DETAIL, REASON
from bylaw_orders.ports.couriers import Letter, LetterOutcome

WITHIN_SECONDS = 20.0
NO_WAY, BROKEN = LetterOutcome("NO_WAY_OUT", for_good=True), "CHANNEL_FAILED"


def set_up_letters(host: ChannelHost, *, within_seconds: float = WITHIN_SECONDS) -> "CustomerLetters":
    """The channels that something is stated of; raises SettingWrong or PluginRefused."""
    try:
        found = begun(host, read_settings)
    except SettingsWrong as wrong:
        host.close()
        raise SettingWrong(f"设置有误 / wrong settings: {wrong}") from None
    except BaseException:
        host.close()
        raise
    host.keep([one.name for one, _ in found])
    return CustomerLetters(host, [(one.name, stated) for one, stated in found], within_seconds)


class CustomerLetters:
    """See `Letters`. Closing them ends their processes."""

    def __init__(self, host: ChannelHost, ways: Sequence[tuple[str, Stated]], within_seconds: float) -> None:
        self._host, self._ways, self._within = host, ways, within_seconds

    def send(self, letter: Letter) -> LetterOutcome:
        """See `Letters`."""
        if transaction_is_open():
            raise CalledInsideTransactionError("letters")
        outcome = NO_WAY
        for name, stated in self._ways:
            outcome = self._tried(name, stated, letter)
            if not outcome.reason:
                return outcome
        return outcome

    def close(self) -> None:
        """Ends every process of a plugin."""
        self._host.close()

    def _tried(self, name: str, stated: Stated, letter: Letter) -> LetterOutcome:
        facts = NoticeFacts(letter.key, letter.language, letter.title, letter.body, letter.sent_at)
        try:
            self._host.deliver(name, stated, facts, address=letter.address, within_seconds=self._within)
        except DeliveryFailed as failed:
            sound = isinstance(failed.reason, str) and REASON.fullmatch(failed.reason)
            return LetterOutcome(failed.reason if sound else BROKEN, for_good=failed.for_good is True)
        except ChannelBroken as broken:
            said = broken.detail if DETAIL.fullmatch(broken.detail) else ""
            log().error("letter_failed", channel=name, distribution=broken.distribution, reason=said)
            return LetterOutcome(BROKEN)
        return LetterOutcome()
