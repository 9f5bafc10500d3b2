"""The rules of delivery channels are proved by mutants, and the channel that ships keeps every one of them."""

# ruff: noqa: ARG002 - a mutant takes what the surface hands it
import os
import socket
import time
from typing import Any

import pytest
from bylaw_hooks import Both, DeliveryChannel, DeliveryFailed, NoticeFacts, Parameters, setting
from bylaw_kit.delivery_conformance import DELIVERY_CHECKS, channels_of, delivery_broken, keep_delivery
from bylaw_kit.outside import Manner, outside
from bylaw_kit.rules import DELIVERY
from bylaw_kit.subject import RuleBroken


class Post(Parameters):
    """Where it posts to."""

    host: str = setting("服务器", "Server", examples=["post.example.com"])
    port: int = setting("端口", "Port", default=25, ge=1)


class SoundPost(DeliveryChannel[Post]):
    """A line a notice, answered by a line."""

    name, title, settings = "acme-post", Both("信使", "Post"), Post

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Post, within_seconds: float) -> None:
        if address.count("@") != 1 or any(not letter.isprintable() or letter in " ,<>" for letter in address):
            raise DeliveryFailed("POST_ADDRESS_INVALID", for_good=True)
        try:
            with socket.create_connection((settings.host, settings.port), timeout=within_seconds) as line:
                line.sendall(f"{address} {notice.title!r}\n".encode())
                taken = line.recv(16)
        except OSError:
            raise DeliveryFailed("POST_UNREACHABLE") from None
        if not taken:
            raise DeliveryFailed("POST_HUNG_UP")


class Failing(SoundPost):
    """A mutant that changes how a sound channel fails."""

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Post, within_seconds: float) -> None:
        try:
            super().deliver(notice, address, settings=settings, within_seconds=within_seconds)
        except DeliveryFailed as failed:
            self.spoil(failed, address)

    def spoil(self, failed: DeliveryFailed, address: str) -> None:
        """What the mutant makes of it."""
        raise AssertionError(failed)


class Untold(Parameters):
    """It has no example to be tried with."""

    host: str = setting("服务器", "Server")


class Exampleless(SoundPost):
    settings: Any = Untold


class Nameless(SoundPost):
    name = "Acme Post"


class Nested(Parameters):
    """No text can say it."""

    host: str = setting("服务器", "Server", examples=["post.example.com"])
    more: dict[str, int] = setting("其他", "More", default={"port": 25})


class Wordless(SoundPost):
    settings: Any = Nested


class Credulous(SoundPost):
    """Whatever the address, it knocks first."""

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Post, within_seconds: float) -> None:
        try:
            socket.create_connection((settings.host, settings.port), timeout=within_seconds).close()
        except OSError:
            raise DeliveryFailed("POST_UNREACHABLE") from None
        super().deliver(notice, address, settings=settings, within_seconds=within_seconds)


class Swallowing(Failing):
    def spoil(self, failed: DeliveryFailed, address: str) -> None:
        if failed.for_good:
            raise failed


class Gossiping(Failing):
    def spoil(self, failed: DeliveryFailed, address: str) -> None:
        raise failed if failed.for_good else DeliveryFailed(f"{address} is not reached")


class GivingUp(Failing):
    def spoil(self, failed: DeliveryFailed, address: str) -> None:
        raise DeliveryFailed(failed.reason, for_good=True)


class Raising(Failing):
    def spoil(self, failed: DeliveryFailed, address: str) -> None:
        raise failed if failed.for_good else ConnectionError(address)


class Patient(SoundPost):
    def deliver(self, notice: NoticeFacts, address: str, *, settings: Post, within_seconds: float) -> None:
        super().deliver(notice, address, settings=settings, within_seconds=within_seconds + 4)


class Reading(SoundPost):
    def deliver(self, notice: NoticeFacts, address: str, *, settings: Post, within_seconds: float) -> None:
        os.environ.get("ACME_POST_TOKEN")
        super().deliver(notice, address, settings=settings, within_seconds=within_seconds)


MUTANTS: dict[str, tuple[type[SoundPost], ...]] = {
    "D1": (Nameless, Exampleless),
    "D2": (Wordless,),
    "D3": (Credulous,),
    "D4": (Swallowing, Gossiping, GivingUp, Raising),
    "D5": (Patient,),
    "D6": (Reading,),
}


@pytest.mark.parametrize("rule", MUTANTS)
def test_a_mutant_that_breaks_a_rule_is_named_by_that_rule(rule: str) -> None:
    for mutant in MUTANTS[rule]:
        with pytest.raises(RuleBroken) as found:
            keep_delivery(mutant(), rule)
        assert found.value.rule == rule
        assert str(found.value).startswith(f"{rule} {DELIVERY[rule].en} / {DELIVERY[rule].zh}")


def test_every_rule_has_its_mutant() -> None:
    assert list(DELIVERY) == list(DELIVERY_CHECKS) == list(MUTANTS)


def test_a_sound_channel_keeps_every_rule() -> None:
    assert [str(found) for found in delivery_broken(SoundPost())] == []


@pytest.mark.clause("PLN-2")
def test_mail_over_smtp_keeps_every_rule() -> None:
    (channel,) = channels_of("bylaw-smtp-mail")
    assert [str(found) for found in delivery_broken(channel)] == []


def test_the_outside_of_a_rule_is_gone_with_it_and_nobody_is_asked_on_the_network() -> None:
    before = socket.getaddrinfo, socket.socket.connect
    with outside(Manner.ABSENT) as tried, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("nowhere.example", 25), timeout=1)
    assert [port for _, port in tried] == [25]
    with outside(Manner.SILENT), socket.create_connection(("nowhere.example", 25), timeout=0.1) as line:
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            line.recv(1)
        assert time.monotonic() - begun < 5
    assert (socket.getaddrinfo, socket.socket.connect) == before
