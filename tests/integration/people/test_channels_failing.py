"""Whatever a delivery channel does, it is a failure that is tried again, and the service lives (PLN-2)."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import ClassVar

import pytest
from bylaw.people.v1 import notices_pb2 as messages
from bylaw_chassis.caller import NOBODY
from bylaw_chassis.neighbours import CalledInsideTransactionError
from bylaw_hooks import Both, DeliveryChannel, DeliveryFailed, NoticeFacts, Parameters
from bylaw_people.policies import DeliveryChannels, Way
from bylaw_people.rules.notices.delivering import MOST_TRIES
from bylaw_people.store.work import Store
from bylaw_plugin_host.delivering import ChannelHost
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.registering import RegisteredChannel, Registration

from tests.builders.notices import to
from tests.integration.people.conftest import Shop
from tests.integration.people.test_deliveries import KINDS, shown, worker

GIVEN_UP = messages.DELIVERY_STATE_GIVEN_UP


class Odd(DeliveryChannel[Parameters]):
    """A channel that does what a test tells it to."""

    name: ClassVar[str] = "odd"
    title: ClassVar[Both] = Both("怪", "Odd")
    settings: type[Parameters] = Parameters

    def __init__(self, does: Callable[[NoticeFacts], None]) -> None:
        self.does = does

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Parameters, within_seconds: float) -> None:
        assert address == "wang@acme.example"
        assert settings == Parameters()
        assert within_seconds > 0
        self.does(notice)


def odd(does: Callable[[NoticeFacts], None], seconds: float = 5.0) -> DeliveryChannels:
    brought = Registration([], [RegisteredChannel(Odd(does), "acme-odd", "1.0")])
    host = ChannelHost([Loaded("acme-odd", "1.0", brought)])
    return DeliveryChannels(host, [Way(host, host.offered()[0], {}, deadline_seconds=seconds)])


def leave(_notice: NoticeFacts) -> None:
    raise SystemExit(1)


def stumble(_notice: NoticeFacts) -> None:
    raise RuntimeError("wang@acme.example is unwell")


def tell_too_much(_notice: NoticeFacts) -> None:
    raise DeliveryFailed("wang@acme.example is unknown")


def tell_no_word(_notice: NoticeFacts) -> None:
    raise DeliveryFailed(["wang@acme.example"])  # type: ignore[arg-type]


def interrupt(_notice: NoticeFacts) -> None:
    raise KeyboardInterrupt("wang@acme.example")


@pytest.mark.parametrize("does", [leave, stumble, tell_too_much, tell_no_word, interrupt])
def test_whatever_a_plugin_raises_is_a_failure_that_is_tried_again_and_the_service_lives(
    shop: Shop, does: Callable[[NoticeFacts], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with worker(shop, odd(does)) as office:
        office.has_mail(shop.wang.name, "wang@acme.example")
        office.send(office.people.everything, to=to(people=[shop.wang.name]))
        for _ in range(MOST_TRIES + 1):
            office.run_jobs(*KINDS)
            office.later(hours=6)
        assert shown(office) == [(shop.wang.name, GIVEN_UP, MOST_TRIES, "CHANNEL_FAILED")]
    said = capsys.readouterr()
    assert "wang@acme" not in said.out + said.err


def test_a_plugin_that_hangs_costs_its_deadline_and_no_more_threads(shop: Shop) -> None:
    free, begun = threading.Event(), SimpleNamespace(count=0)

    def hang(_notice: NoticeFacts) -> None:
        begun.count += 1
        free.wait(20)

    with worker(shop, odd(hang, seconds=0.1)) as office:
        office.has_mail(shop.wang.name, "wang@acme.example")
        for number in range(3):
            office.send(office.people.everything, f"第{number}号", to=to(people=[shop.wang.name]))
        office.run_jobs(*KINDS)
        errors = sorted(error for _, _, _, error in shown(office))
        assert errors == ["CHANNEL_HANGS", "CHANNEL_HANGS", "DEADLINE_PASSED"]
        assert begun.count == 1
        free.set()


def test_no_channel_is_asked_inside_a_transaction(shop: Shop) -> None:
    channels = odd(stumble)
    store = Store(shop.service.service.database)
    with store.work(NOBODY), pytest.raises(CalledInsideTransactionError):
        channels.deliver(SimpleNamespace(channel="odd"))  # type: ignore[arg-type]
