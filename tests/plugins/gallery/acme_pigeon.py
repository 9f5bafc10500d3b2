"""A channel that obeys its settings: it delivers, or misbehaves in every way that a channel can."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bylaw_hooks import Both, DeliveryChannel, DeliveryFailed, NoticeFacts, Parameters, hookimpl, setting
from line import line
from pydantic import SecretStr, field_validator

bylaw_api = 1
EMPTY_FRAME = b'bylaw\x00\x00\x01\x0e\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00{"columns":[]}'
"""A sound frame that says nothing of the delivery."""


class Loft(Parameters):
    """Where it flies from."""

    manner: str = setting("方式", "Manner")
    word: SecretStr = setting("口令", "Word", default=SecretStr(""))
    flights: int = setting("次数", "Flights", default=1, ge=1)

    @field_validator("manner")
    @classmethod
    def _known(cls, manner: str) -> str:
        if manner == "unheard of":
            raise ZeroDivisionError(manner)
        return manner


class Pigeon(DeliveryChannel[Loft]):
    """By air."""

    name, title, settings = "acme-pigeon", Both("信鸽", "Pigeon"), Loft

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Loft, within_seconds: float) -> None:
        told(notice.title, address, settings.word.get_secret_value(), notice.sent_at.isoformat())
        if settings.manner == "slow":
            time.sleep(60 + within_seconds)
        if settings.manner in MANNERS:
            MANNERS[settings.manner](address)


def refuse(_: str) -> None:
    raise DeliveryFailed("NO_SUCH_LOFT", for_good=True)


def tell(address: str) -> None:
    raise DeliveryFailed(f"{address} is unknown")


def stumble(address: str) -> None:
    raise ZeroDivisionError(address)


def never_end(_: str) -> None:
    told(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid)
    while True:
        pass


def look(_: str) -> None:
    told(json.dumps({"environment": dict(os.environ), "arguments": sys.orig_argv, "in": str(Path.cwd())}))


MANNERS: dict[str, Callable[[str], object]] = {
    "refused": refuse,
    "telling": tell,
    "broken": stumble,
    "endless": never_end,
    "leaving": lambda _: os._exit(0),
    "killing": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "babbling": lambda _: os.write(line(), b"GET / HTTP/1.1" * 40),
    "claiming": lambda _: os.write(line(), EMPTY_FRAME),
    "printing": lambda _: told("x" * 4_000_000),
    "hog": lambda _: bytearray(1 << 30),
    "looking": look,
}


def told(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201


@hookimpl
def register_delivery_channels() -> list[DeliveryChannel[Any]]:
    return [Pigeon()]
