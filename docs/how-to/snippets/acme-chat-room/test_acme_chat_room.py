"""The channel against a chat on this machine; nothing but `bylaw-hooks` is installed."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from acme_chat_room import ChatRoom, Room
from bylaw_hooks import DeliveryFailed, NoticeFacts

NOTICE = NoticeFacts("n1.p1", "en", "No power on Friday", "Save your work.", datetime(2026, 3, 6, tzinfo=UTC))


class Chat(BaseHTTPRequestHandler):
    """Takes what is posted to /room and knows no other place."""

    heard: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200 if self.path == "/room" else 404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def chat() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_notice_is_posted_to_its_address(chat: str) -> None:
    ChatRoom().deliver(NOTICE, "wu.nian@acme.example", settings=Room(url=f"{chat}/room"), within_seconds=5)
    assert Chat.heard[-1]["to"] == "wu.nian@acme.example"
    assert Chat.heard[-1]["text"] == "No power on Friday\n\nSave your work."


def test_a_room_that_is_gone_is_not_tried_again(chat: str) -> None:
    with pytest.raises(DeliveryFailed, match="CHAT_REFUSED") as failed:
        ChatRoom().deliver(NOTICE, "wu.nian@acme.example", settings=Room(url=f"{chat}/gone"), within_seconds=5)
    assert failed.value.for_good


def test_a_chat_that_is_away_is_tried_again() -> None:
    with pytest.raises(DeliveryFailed, match="CHAT_UNREACHABLE") as failed:
        ChatRoom().deliver(NOTICE, "wu.nian@acme.example", settings=Room(url="http://127.0.0.1:9"), within_seconds=5)
    assert not failed.value.for_good
