"""Which channels people starts with, whom it refuses by name, and that it ends with no plugin left running."""

import signal
import subprocess
import sys

import grpc
import pytest
from bylaw_chassis.settings import SettingWrong
from bylaw_people.policies import set_up
from bylaw_plugin_host.delivering import start_channels
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.starting import start

from tests.integration.people.pigeon_loft import SECRET, Pigeons, pigeons, site, workers
from tests.integration.people.test_process import environment
from tests.plugins.host.conftest import AMPLE, Site

__all__ = ["environment", "pigeons", "site"]
BOTH_KINDS = """
from bylaw_hooks import Both, DeliveryChannel, Parameters, hookimpl, setting
from ordinary import Ordinary

bylaw_api = 1


class Room(Parameters):
    url: str = setting("地址", "Address", default="")


class Mornings(Ordinary):
    name = "acme-mornings"


class Chat(DeliveryChannel[Room]):
    name, title, settings = "acme-chat", Both("聊天", "Chat"), Room

    def deliver(self, notice, address, *, settings, within_seconds):
        pass


@hookimpl
def register_shift_patterns():
    return [Mornings()]


@hookimpl
def register_delivery_channels():
    return [Chat()]
"""


@pytest.mark.parametrize("module", ["acme_import_exits", "acme_import_leaves", "acme_import_crashes"])
def test_whoever_ends_its_process_at_import_is_refused_by_name_and_people_lives(
    pigeons: Pigeons, site: Site, module: str
) -> None:
    site.install(module)
    with pytest.raises(PluginRefused) as refused:
        pigeons()
    assert refused.value.distribution == module.replace("_", "-")
    assert workers(site) == []


def test_wrong_settings_stop_the_start_with_their_names_and_leave_no_process(
    pigeons: Pigeons, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLAW_ACME_PIGEON_FLIGHTS", "0")
    with pytest.raises(SettingWrong) as wrong:
        pigeons()
    assert str(wrong.value).endswith(": BYLAW_ACME_PIGEON_FLIGHTS")
    assert SECRET not in str(wrong.value)
    assert workers(site) == []


def test_a_check_of_settings_that_fails_stops_the_start_by_the_distributions_name(pigeons: Pigeons, site: Site) -> None:
    with pytest.raises(PluginRefused) as refused:
        pigeons("unheard of")
    assert (refused.value.distribution, refused.value.reason) == ("acme-pigeon", "SETTINGS_NOT_CHECKED")
    assert "unheard" not in refused.value.en
    assert workers(site) == []


def test_each_service_starts_only_what_it_needs(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.add("acme-both", BOTH_KINDS)
    site.install("zenith_steady", "acme_pigeon")
    monkeypatch.setenv("BYLAW_ACME_CHAT_URL", "https://chat.acme.example")
    channels = set_up(start_channels(site.found(), limits=AMPLE))
    assert channels.names == ["acme-chat"]
    assert _distributions(site) == {"acme-both"}
    channels.close()
    patterns = start(lambda _clause, _day: True, site.found(), limits=AMPLE)
    assert [one.identity for one in patterns.offered()] == ["acme-mornings@1", "zenith-steady@1"]
    assert _distributions(site) == {"acme-both", "zenith-steady"}
    patterns.close()


def test_where_no_third_partys_channel_is_set_up_no_process_lives_on(site: Site) -> None:
    site.add("acme-both", BOTH_KINDS)
    site.install("zenith_steady", "acme_pigeon")
    channels = set_up(start_channels([*installed(), *site.found()], limits=AMPLE))
    assert (list(channels.names), workers(site)) == ([], [])


def _distributions(site: Site) -> set[str]:
    return {words[-3] for words in workers(site)}


def test_a_fault_of_the_patterns_stops_people_too_for_all_are_checked_together(site: Site) -> None:
    site.add("acme-both", BOTH_KINDS)
    site.add("acme-more", BOTH_KINDS.replace("acme-chat", "acme-talk"))
    with pytest.raises(PluginRefused) as refused:
        start_channels(site.found(), limits=AMPLE)
    assert (refused.value.distribution, refused.value.reason) == ("acme-more", "PATTERN_TWICE")
    assert workers(site) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_process_that_is_told_to_end_leaves_no_plugin_running(
    environment: dict[str, str], site: Site, number: signal.Signals
) -> None:
    site.install("acme_pigeon")
    known = {**environment, "PYTHONPATH": str(site.folder), "BYLAW_ACME_PIGEON_MANNER": "plain"}
    command = [sys.executable, "-m", "bylaw_people"]
    subprocess.run([*command, "migrate"], env=known, check=True)
    process = subprocess.Popen(command, env=known)
    try:
        with grpc.insecure_channel(known["BYLAW_LISTEN"]) as channel:
            grpc.channel_ready_future(channel).result(timeout=120)
        assert _distributions(site) == {"acme-pigeon"}
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()
    assert workers(site) == []


def test_a_process_with_a_plugin_at_fault_ends_at_once_and_names_it(environment: dict[str, str], site: Site) -> None:
    site.install("acme_import_exits")
    known = {**environment, "PYTHONPATH": str(site.folder)}
    command = [sys.executable, "-m", "bylaw_people"]
    subprocess.run([*command, "migrate"], env=known, check=True)
    said = subprocess.run(command, env=known, check=False, capture_output=True, text=True, timeout=60)
    assert said.returncode == 78
    assert "插件 acme-import-exits 被拒" in said.stderr
    assert "plugin acme-import-exits refused" in said.stderr
    assert "Traceback" not in said.stderr
