"""A third party's channel runs in its worker: it delivers, refuses, breaks or hangs, and the service lives."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from bylaw_hooks import DeliveryFailed, NoticeFacts
from bylaw_plugin_host.delivering import ChannelBroken, ChannelHost, start_channels
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.workers import ENVIRONMENT

from tests.plugins.host.conftest import AMPLE, SHORT, Site

NOTICE = NoticeFacts("n-1.p-1", "zh", "月表已出", "请查看。", datetime(2026, 10, 1, 9, tzinfo=UTC))
PIGEON = "acme-pigeon"
SNIPPETS = Path(__file__).parents[3] / "docs" / "how-to" / "snippets"


@pytest.fixture(params=[AMPLE], ids=[""])
def channels(site: Site, request: pytest.FixtureRequest) -> Iterator[ChannelHost]:
    site.install("acme_pigeon", "zenith_steady")
    shipped = [one for one in installed() if one.shipped]
    host = start_channels([*shipped, *site.found()], limits=request.param)
    yield host
    host.close()


def deliver(channels: ChannelHost, **stated: str) -> None:
    channels.deliver(PIGEON, stated, NOTICE, address="an@example.org", within_seconds=1)


def printed(channels: ChannelHost, last: str) -> str:
    """What the pigeon's worker has printed, once it ends so: the reader of it is a thread of its own."""
    until = time.monotonic() + 20
    while not (said := channels.outputs()["acme-pigeon 1.2"]).endswith(last) and time.monotonic() < until:
        time.sleep(0.01)
    return said


def test_channels_are_offered_by_name_with_their_settings(channels: ChannelHost) -> None:
    offered = {one.name: one for one in channels.offered()}
    assert list(offered) == [PIGEON, "smtp"]
    assert offered[PIGEON].settings == ["flights", "manner", "word"]
    assert (offered[PIGEON].title_zh, offered[PIGEON].distribution) == ("信鸽", "acme-pigeon 1.2")
    assert (offered[PIGEON].contained, offered["smtp"].contained) == (True, False)


def test_a_notice_is_handed_over_with_what_was_stated(channels: ChannelHost) -> None:
    deliver(channels, manner="plain", word="coo")
    assert printed(channels, "\n") == "月表已出 an@example.org coo 2026-10-01T09:00:00+00:00\n"
    assert "acme_pigeon" not in sys.modules


def test_a_channel_that_says_it_could_not_is_believed(channels: ChannelHost) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        deliver(channels, manner="refused")
    assert (failed.value.reason, failed.value.for_good) == ("NO_SUCH_LOFT", True)


def test_a_channel_that_breaks_is_named_without_the_address(channels: ChannelHost) -> None:
    with pytest.raises(ChannelBroken) as broken:
        deliver(channels, manner="broken")
    assert (broken.value.distribution, broken.value.reason) == ("acme-pigeon 1.2", "POLICY_FAILED")
    assert broken.value.detail.startswith("ZeroDivisionError at acme_pigeon.py:")
    assert "example.org" not in str(broken.value)


@pytest.mark.parametrize(
    ("manner", "reason", "detail"),
    [
        ("leaving", "POLICY_FAILED", "ended with status 0"),
        ("killing", "POLICY_FAILED", "ended by signal 9"),
        ("hog", "POLICY_FAILED", "MemoryError at acme_pigeon.py"),
        ("babbling", "POLICY_ANSWER_INVALID", "killed: no frame"),
        ("claiming", "POLICY_ANSWER_INVALID", "killed: nothing of the delivery"),
    ],
)
def test_a_channel_that_breaks_its_process_costs_one_try_and_the_next_is_served(
    channels: ChannelHost, manner: str, reason: str, detail: str
) -> None:
    with pytest.raises(ChannelBroken) as broken:
        deliver(channels, manner=manner)
    assert (broken.value.reason, broken.value.distribution) == (reason, "acme-pigeon 1.2")
    assert detail in broken.value.detail
    with pytest.raises(DeliveryFailed):
        deliver(channels, manner="refused")


@pytest.mark.parametrize("channels", [SHORT], indirect=True, ids=[""])
@pytest.mark.parametrize("manner", ["slow", "endless"])
def test_a_channel_that_hangs_is_ended_and_the_next_try_is_served(channels: ChannelHost, manner: str) -> None:
    with pytest.raises(ChannelBroken) as broken:
        deliver(channels, manner=manner)
    assert broken.value.reason == "POLICY_TIMED_OUT"
    assert broken.value.detail.startswith("killed at acme_pigeon.py:")
    with pytest.raises(DeliveryFailed):
        deliver(channels, manner="refused")


def test_whoever_prints_megabytes_delivers_and_the_end_of_it_is_kept(channels: ChannelHost) -> None:
    deliver(channels, manner="printing")
    assert len(printed(channels, "x\n")) == 16_384


def test_settings_are_in_neither_the_environment_nor_the_arguments_of_a_worker(
    channels: ChannelHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLAW_ACME_PIGEON_WORD", "coo coo")
    deliver(channels, manner="looking", word="coo coo")
    seen = json.loads(printed(channels, "}\n").splitlines()[-1])
    assert {name: value for name, value in seen["environment"].items() if name != "LC_CTYPE"} == dict(ENVIRONMENT)
    assert Path(seen["in"]).name.startswith("bylaw-worker-")
    assert "coo" not in str(seen["arguments"])


def test_only_the_workers_that_are_needed_live_on(channels: ChannelHost, site: Site) -> None:
    assert set(workers(site)) == {"acme-pigeon"}
    channels.keep(["smtp"])
    assert workers(site) == []
    assert [one.name for one in channels.offered()] == ["smtp"]


def workers(site: Site) -> list[str]:
    """The distributions of the folder that a process runs."""
    told = [path.read_bytes().split(b"\0") for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    return [words[-3].decode() for words in told if str(site.folder).encode() in words]


def test_closing_waits_for_no_try_that_is_under_way(site: Site) -> None:
    site.install("acme_pigeon")
    channels, ended = start_channels(site.found(), limits=AMPLE), list[str]()

    def hang() -> None:
        with pytest.raises(ChannelBroken) as broken:
            deliver(channels, manner="endless")
        ended.append(broken.value.reason)

    trying = threading.Thread(target=hang)
    trying.start()
    child = int(printed_number(channels))
    begun = time.monotonic()
    channels.close()
    trying.join(30)
    assert ended == ["POLICY_FAILED"]
    assert time.monotonic() - begun < 30 < AMPLE.floor_seconds
    assert workers(site) == []
    assert not Path(f"/proc/{child}/cmdline").exists() or not Path(f"/proc/{child}/cmdline").read_bytes()
    with pytest.raises(ChannelBroken):
        deliver(channels, manner="plain")


def printed_number(channels: ChannelHost) -> str:
    until = time.monotonic() + 30
    while len(words := channels.outputs()["acme-pigeon 1.2"].splitlines()) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    return words[-1]


def test_a_check_of_settings_that_itself_fails_is_the_channels_fault(channels: ChannelHost) -> None:
    with pytest.raises(PluginRefused) as refused:
        channels.check_settings(PIGEON, {"manner": "unheard of"})
    assert (refused.value.distribution, refused.value.reason) == (PIGEON, "SETTINGS_NOT_CHECKED")
    assert "ZeroDivisionError at acme_pigeon.py" in refused.value.en
    assert "unheard" not in refused.value.zh + refused.value.en


def test_settings_are_refused_field_by_field(channels: ChannelHost) -> None:
    channels.check_settings(PIGEON, {"manner": "plain", "flights": "3"})
    with pytest.raises(ParametersRefused) as refused:
        channels.check_settings(PIGEON, {"flights": "0"})
    assert [(one["type"], one["loc"]) for one in refused.value.violations] == [
        ("missing", ["manner"]),
        ("greater_than_equal", ["flights"]),
    ]


def test_the_channel_of_the_how_to_reaches_its_chat_from_its_worker(site: Site) -> None:
    heard: list[dict[str, str]] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if self.path == "/room" else 410)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    site.add("acme-chat-room", (SNIPPETS / "acme-chat-room" / "acme_chat_room.py").read_text(encoding="utf-8"))
    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        channels = start_channels(site.found(), limits=AMPLE)
        told: dict[str, Any] = {"address": "an@example.org", "within_seconds": 20.0}
        channels.deliver("acme-chat", {"url": f"http://127.0.0.1:{server.server_port}/room"}, NOTICE, **told)
        with pytest.raises(DeliveryFailed) as failed:
            channels.deliver("acme-chat", {"url": f"http://127.0.0.1:{server.server_port}/gone"}, NOTICE, **told)
        channels.close()
        server.shutdown()
    assert [(one["key"], one["to"]) for one in heard] == [(NOTICE.key, "an@example.org")] * 2
    assert (failed.value.reason, failed.value.for_good) == ("CHAT_REFUSED", True)
