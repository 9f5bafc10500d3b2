"""Notices into the company's chat: one request a notice."""

import json
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bylaw_hooks import Both, DeliveryChannel, DeliveryFailed, NoticeFacts, Parameters, hookimpl, setting

bylaw_api = 1


class Room(Parameters):
    """Each is an environment variable `BYLAW_ACME_CHAT_<NAME>`; without any the channel is off."""

    url: str = setting("聊天服务地址", "Address of the chat", pattern="^https?://")


class ChatRoom(DeliveryChannel[Room]):
    """A message to whoever uses the address in the chat."""

    name: ClassVar[str] = "acme-chat"
    title: ClassVar[Both] = Both("公司聊天", "The company's chat")
    settings: type[Room] = Room

    def deliver(self, notice: NoticeFacts, address: str, *, settings: Room, within_seconds: float) -> None:
        """Posts one message; the chat drops a key that it has seen."""
        message = {"key": notice.key, "to": address, "text": f"{notice.title}\n\n{notice.body}"}
        body, kind = json.dumps(message).encode(), {"Content-Type": "application/json"}
        try:
            with urlopen(Request(settings.url, body, kind), timeout=within_seconds):
                pass
        except HTTPError as refused:
            raise DeliveryFailed("CHAT_REFUSED", for_good=refused.code in {404, 410}) from None
        except OSError:
            raise DeliveryFailed("CHAT_UNREACHABLE") from None


@hookimpl
def register_delivery_channels() -> list[DeliveryChannel[Any]]:
    """The one way out."""
    return [ChatRoom()]
