"""A third party's channel runs in its worker: it delivers, refuses, breaks or hangs, and the service lives."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bylaw_hooks import DeliveryFailed, NoticeFacts
from bylaw_plugin_host.delivering import ChannelBroken, ChannelHost, start_channels
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.outcomes import ParametersRefused

from tests.plugins.host.conftest import SHORT, Site

NOTICE = NoticeFacts("n-1.p-1", "zh", "月表已出", "请查看。", datetime(2026, 10, 1, 9, tzinfo=UTC))
PIGEON = "acme-pigeon"


@pytest.fixture
def channels(site: Site) -> Iterator[ChannelHost]:
    site.install("acme_pigeon", "zenith_steady")
    shipped = [one for one in installed() if one.shipped]
    host = start_channels([*shipped, *site.found()], limits=SHORT)
    yield host
    host.close()


def deliver(channels: ChannelHost, **stated: str) -> None:
    channels.deliver(PIGEON, stated, NOTICE, address="an@example.org", within_seconds=1)


def test_channels_are_offered_by_name_with_their_settings(channels: ChannelHost) -> None:
    offered = {one.name: one for one in channels.offered()}
    assert list(offered) == [PIGEON, "smtp"]
    assert offered[PIGEON].settings == ["flights", "manner", "word"]
    assert (offered[PIGEON].title_zh, offered[PIGEON].distribution) == ("信鸽", "acme-pigeon 1.2")


def test_a_notice_is_handed_over_with_what_was_stated(channels: ChannelHost) -> None:
    deliver(channels, manner="plain", word="coo")
    time.sleep(0.2)
    (runner,) = [one for one in channels._runners if one.manifest.distribution == PIGEON]
    assert runner.output() == "月表已出 an@example.org coo 2026-10-01T09:00:00+00:00\n"
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


def test_a_channel_that_hangs_is_ended_and_the_next_try_is_served(channels: ChannelHost) -> None:
    with pytest.raises(ChannelBroken) as broken:
        deliver(channels, manner="slow")
    assert broken.value.reason == "POLICY_TIMED_OUT"
    with pytest.raises(DeliveryFailed):
        deliver(channels, manner="refused")


def test_settings_are_refused_field_by_field(channels: ChannelHost) -> None:
    channels.check_settings(PIGEON, {"manner": "plain", "flights": "3"})
    with pytest.raises(ParametersRefused) as refused:
        channels.check_settings(PIGEON, {"flights": "0"})
    assert [(one["type"], one["loc"]) for one in refused.value.violations] == [
        ("missing", ["manner"]),
        ("greater_than_equal", ["flights"]),
    ]
