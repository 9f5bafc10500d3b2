"""Delivery channels, wherever they run: whether settings fit, and one try at handing a notice over (PLN-2)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bylaw_hooks import NoticeFacts

from bylaw_plugin_host.discovery import Found, PluginRefused, installed
from bylaw_plugin_host.losses import Told, losses_of
from bylaw_plugin_host.outcomes import CallFailed, Runner
from bylaw_plugin_host.remote import Remote
from bylaw_plugin_host.starting import introduced
from bylaw_plugin_host.workers import Limits

LIMITS = Limits()


class OfferedChannel(NamedTuple):
    """A channel that a distribution ("name version") brings, and the names of its settings.

    Where it is `contained` it runs in a worker, which is ended a moment after the time of a try.
    """

    name: str
    title_zh: str
    title_en: str
    settings: Sequence[str]
    distribution: str
    contained: bool


class ChannelBroken(Exception):  # noqa: N818
    """A channel failed otherwise than by saying so: `detail` names the kind of error, never an address."""

    def __init__(self, name: str, distribution: str, *, reason: str, detail: str) -> None:
        self.name, self.distribution, self.reason, self.detail = name, distribution, reason, detail
        super().__init__(f"{name} of {distribution}: {reason} {detail}")


class ChannelHost:
    """All channels installed here. Those we ship run inside; every other in its distribution's worker."""

    def __init__(self, runners: Iterable[Runner]) -> None:
        self._runners = list(runners)
        self._by_name = {offer.name: one for one in self._runners for offer in one.manifest.channels}

    def offered(self) -> list[OfferedChannel]:
        """Every channel, by name."""
        found = [
            OfferedChannel(
                offer.name,
                offer.title_zh,
                offer.title_en,
                offer.settings,
                one.manifest.titled,
                isinstance(one, Remote),
            )
            for one in self._runners
            for offer in one.manifest.channels
        ]
        return sorted(found, key=lambda one: one.name)

    def check_settings(self, name: str, stated: Mapping[str, str]) -> None:
        """Whether settings, each as text, fit; raises ParametersRefused with each fault.

        Raises PluginRefused where the channel cannot even tell.
        """
        try:
            self._by_name[name].check_settings(name, stated)
        except CallFailed as failed:
            how = failed.failure.detail or failed.failure.reason
            raise PluginRefused(
                self._by_name[name].manifest.distribution,
                "SETTINGS_NOT_CHECKED",
                zh=f"检查 {name} 的设置时出错({how})；请修复或卸载",
                en=f"it failed while checking the settings of {name} ({how}); repair or uninstall it",
            ) from failed

    def deliver(
        self, name: str, stated: Mapping[str, str], notice: NoticeFacts, *, address: str, within_seconds: float
    ) -> None:
        """One try; raises DeliveryFailed where the channel says so, or ChannelBroken.

        A channel in a worker is ended a moment after `within_seconds`; one of ours is trusted to keep to it.
        """
        try:
            self._by_name[name].deliver(name, stated, notice, address=address, within_seconds=within_seconds)
        except CallFailed as failed:
            raise self._broken(name, failed) from failed

    def keep(self, names: Collection[str]) -> None:
        """Ends the workers of distributions that bring none of these channels: nobody is going to ask them."""
        needed = {id(one) for name, one in self._by_name.items() if name in names}
        for one in self._runners:
            if id(one) not in needed:
                one.close()
        self._runners = [one for one in self._runners if id(one) in needed]
        self._by_name = {name: one for name, one in self._by_name.items() if id(one) in needed}

    def outputs(self) -> dict[str, str]:
        """The end of what each distribution in a worker printed, by "name version": for operators, not for logs."""
        return {one.manifest.titled: one.output() for one in self._runners}

    def losses(self) -> Told:
        """What each distribution in a worker has cost since the start."""
        return losses_of(self._runners)

    def close(self) -> None:
        """Ends every process, and at once whatever is being tried."""
        for one in self._runners:
            one.close()

    def _broken(self, name: str, failed: CallFailed) -> ChannelBroken:
        distribution = self._by_name[name].manifest.titled
        return ChannelBroken(name, distribution, reason=failed.failure.reason, detail=failed.failure.detail)


def start_channels(found: Iterable[Found] | None = None, *, limits: Limits = LIMITS) -> ChannelHost:
    """A host over the channels of all that is installed, or of these; PluginRefused names the distribution at fault."""
    kept = []
    for one in introduced(installed() if found is None else list(found), limits):
        if one.manifest.channels:
            kept.append(one)
        else:
            one.close()
    return ChannelHost(kept)
