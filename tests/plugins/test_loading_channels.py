"""How delivery channels are taken in: found by their entry point, and each fault refused by the distribution's name."""

from importlib.metadata import entry_points
from pathlib import Path

import pytest
from bylaw_plugin_host.registering import GROUP, PluginRefused, load_channels, load_plugins

from tests.plugins.test_loading import GOOD as PATTERN_PLUGIN
from tests.plugins.test_loading import entries, install, site

__all__ = ["site"]

CHANNEL = """
from bylaw_hooks import Both, DeliveryChannel, Parameters, hookimpl
bylaw_api = 1
class Pigeon(DeliveryChannel[Parameters]):
    name, title, settings = "pigeon", Both("信鸽", "Pigeon"), Parameters
    def deliver(self, notice, address, *, settings, within_seconds):
        pass
@hookimpl
def register_delivery_channels():
    return [Pigeon()]
"""


def refusal(folder: Path) -> PluginRefused:
    with pytest.raises(PluginRefused) as refused:
        load_channels(entries(folder))
    return refused.value


def test_mail_is_found_by_its_entry_point_beside_the_fixed_week() -> None:
    installed = entry_points(group=GROUP)
    assert load_channels(installed)["smtp"].distribution == "bylaw-smtp-mail"
    assert "fixed-week@1" in load_plugins(installed)


def test_a_distribution_may_bring_only_channels_and_another_only_patterns(site: Path) -> None:
    install(site, "acme-pigeon", CHANNEL)
    install(site, "acme-patterns", PATTERN_PLUGIN)
    found = load_channels(entries(site))
    assert [(name, one.distribution, one.distribution_version) for name, one in found.items()] == [
        ("pigeon", "acme-pigeon", "1.2")
    ]
    assert list(load_plugins(entries(site))) == ["never@1"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (CHANNEL + "\n@hookimpl\ndef register_mailboxes():\n    return []\n", "UNKNOWN_HOOK"),
        (CHANNEL.replace("bylaw_api = 1", "bylaw_api = 2"), "WRONG_API_VERSION"),
        (CHANNEL.replace("@hookimpl", ""), "NOTHING_REGISTERED"),
        (CHANNEL.replace("return [Pigeon()]", "return [Pigeon]"), "NOTHING_REGISTERED"),
        (CHANNEL.replace('"pigeon", Both', "5, Both"), "CHANNEL_INCOMPLETE"),
        (CHANNEL.replace("return [Pigeon()]", "raise RuntimeError('no licence')"), "REGISTRATION_RAISED"),
        (CHANNEL.replace("return [Pigeon()]", "return [Pigeon(), Pigeon()]"), "CHANNEL_TWICE"),
        ("import a_module_that_nobody_has", "IMPORT_RAISED"),
    ],
)
def test_a_channel_at_fault_is_refused_by_name(site: Path, source: str, reason: str) -> None:
    install(site, "acme-pigeon", source)
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-pigeon", reason)
    assert "acme-pigeon" in refused.zh
    assert "acme-pigeon" in refused.en


def test_a_name_that_another_distribution_has_is_refused_and_both_are_named(site: Path) -> None:
    install(site, "acme-pigeon", CHANNEL)
    install(site, "zenith-pigeon", CHANNEL)
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("zenith-pigeon", "CHANNEL_TWICE")
    assert "acme-pigeon" in refused.en
