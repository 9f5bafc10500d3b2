"""A channel that obeys its settings: it delivers, fails, raises, or hangs."""

import time
from typing import Any

from bylaw_hooks import Both, DeliveryChannel, DeliveryFailed, NoticeFacts, Parameters, hookimpl, setting
from pydantic import SecretStr

bylaw_api = 1


class Loft(Parameters):
    """Where it flies from."""

    manner: str = setting("方式", "Manner")
    word: SecretStr = setting("口令", "Word", default=SecretStr(""))
    flights: int = setting("次数", "Flights", default=1, ge=1)


class Pigeon(DeliveryChannel[Loft]):
    """By air."""

    name, title, settings = "acme-pigeon", Both("信鸽", "Pigeon"), Loft

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Loft, within_seconds: float) -> None:
        print(notice.title, address, settings.word.get_secret_value(), notice.sent_at.isoformat())  # noqa: T201
        if settings.manner == "refused":
            raise DeliveryFailed("NO_SUCH_LOFT", for_good=True)
        if settings.manner == "broken":
            raise ZeroDivisionError(address)
        if settings.manner == "slow":
            time.sleep(60 + within_seconds)


@hookimpl
def register_delivery_channels() -> list[DeliveryChannel[Any]]:
    return [Pigeon()]
