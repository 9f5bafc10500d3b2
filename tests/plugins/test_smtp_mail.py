"""Mail over SMTP, against a real server: protected, in both languages, and no way to slip a header in."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from bylaw_hooks import DeliveryFailed, NoticeFacts
from bylaw_smtp_mail import MailSettings, SmtpMail
from bylaw_smtp_mail.message import mail
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from tests.builders.mail_server import PASSWORD, USER, MailServer, mail_server

SENT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NOTICE = NoticeFacts("n.p", "zh", "停电通知", "周五全天停电。\n请提前保存。", SENT)
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted"}
MIME = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


def settings(server: MailServer, security: Any = "starttls", **more: Any) -> MailSettings:
    asked: dict[str, Any] = {"host": "localhost", "sender": "office@acme.example", "port": server.port}
    if security != "none":
        asked |= {"user": USER, "password": SecretStr(PASSWORD), "authority_file": server.authority}
    return MailSettings(**asked | {"security": security} | more)


def deliver(told: MailSettings, address: str = "wang@acme.example", seconds: float = 5.0) -> None:
    SmtpMail().deliver(NOTICE, address, settings=told, within_seconds=seconds)


def failure(told: MailSettings, address: str = "wang@acme.example", seconds: float = 5.0) -> tuple[str, bool]:
    with pytest.raises(DeliveryFailed) as failed:
        deliver(told, address, seconds)
    assert address not in str(failed.value)
    return failed.value.reason, failed.value.for_good


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as running:
        yield running


@pytest.mark.clause("PLN-2")
@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_a_notice_arrives_as_it_was_written(tmp_path: Path, security: str) -> None:
    with mail_server(tmp_path, security) as running:
        deliver(settings(running, security))
    [arrived] = running.mails
    assert running.recipients == ["wang@acme.example"]
    assert (arrived["Subject"], arrived["From"], arrived["To"]) == (
        "停电通知",
        "office@acme.example",
        "wang@acme.example",
    )
    assert arrived.get_content().replace("\r\n", "\n") == "周五全天停电。\n请提前保存。\n"
    assert arrived["Message-ID"] == mail(NOTICE, "wang@acme.example", sender="office@acme.example")["Message-ID"]
    assert arrived["Content-Language"] == "zh"
    assert arrived["Date"].datetime == SENT


def test_what_goes_wrong_has_a_stable_name_and_says_whether_another_try_helps(server: MailServer) -> None:
    server.answers = ["451 try later, wang@acme.example", "550 no such user wang@acme.example"]
    assert failure(settings(server)) == ("SMTP_REFUSED", False)
    assert failure(settings(server)) == ("SMTP_REFUSED_FOR_GOOD", True)
    assert failure(settings(server, password=SecretStr("not it"))) == ("SMTP_SIGN_IN_REFUSED", False)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert failure(settings(server, port=unused.getsockname()[1])) == ("SMTP_UNREACHABLE", False)
    deliver(settings(server))
    assert len(server.mails) == 1


def test_without_protection_nothing_is_sent(server: MailServer, tmp_path: Path) -> None:
    assert failure(settings(server, authority_file="")) == ("SMTP_PROTECTION_FAILED", False)
    assert failure(settings(server, host="127.0.0.1")) == ("SMTP_PROTECTION_FAILED", False)
    with mail_server(tmp_path, "none") as bare:
        assert failure(settings(server, port=bare.port)) == ("SMTP_PROTECTION_FAILED", False)
        assert bare.mails == []
    with pytest.raises(ValidationError):
        settings(server, "none", user=USER, password=SecretStr(PASSWORD))
    assert server.mails == []


def test_a_server_that_says_nothing_costs_no_more_than_the_time_given(server: MailServer) -> None:
    with ExitStack() as opened:
        silent = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        began = time.monotonic()
        assert failure(settings(server, port=silent.getsockname()[1]), seconds=0.5) == ("SMTP_UNREACHABLE", False)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "address",
    [
        "wang@acme.example\r\nBcc: everyone@acme.example",
        "wang@acme.example\nSubject: hello",
        "wang@acme.example, everyone@acme.example",
        "Wang <wang@acme.example>",
        "<wang@acme.example>",
        '"a b"@acme.example',
        "wang",
        "@acme.example",
        "wang@",
        "wang@acme.example ",
        "wang@äcme.example",
        f"{'w' * 65}@acme.example",
        f"w@{'a' * 250}.example",
        "",
    ],
)
def test_an_address_is_exactly_one_address(server: MailServer, address: str) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        deliver(settings(server), address)
    assert (failed.value.reason, failed.value.for_good) == ("SMTP_ADDRESS_INVALID", True)
    assert server.mails == []


@given(st.text(max_size=300), st.text(max_size=500), st.text(max_size=80))
def test_no_words_of_a_notice_become_a_header(title: str, body: str, key: str) -> None:
    notice = NoticeFacts(_sendable(key), "en", _sendable(title), _sendable(body), SENT)
    sent = mail(notice, "wang@acme.example", sender="office@acme.example").as_bytes()
    arrived = message_from_bytes(sent, EmailMessage, policy=SMTP)  # type: ignore[arg-type]
    assert set(arrived.keys()) <= HEADERS | MIME
    assert all(len(arrived.get_all(name) or []) == 1 for name in HEADERS)
    assert not arrived.is_multipart()
    assert arrived["To"] == "wang@acme.example"
    assert not set("\r\n\u2028\u202e") & set(str(arrived["Subject"]))


def test_a_title_that_would_be_headers_stays_a_title() -> None:
    title = "Friday\r\nBcc: everyone@acme.example\r\n\r\n<b>hello</b>\u202e{{7*7}}"
    notice = NoticeFacts("k", "en", title, ".\r\nDATA", SENT)
    made = mail(notice, "wang@acme.example", sender="office@acme.example")
    assert made["Subject"] == "Friday Bcc: everyone@acme.example <b>hello</b> {{7*7}}"
    assert made["Bcc"] is None


def _sendable(words: str) -> str:
    """What can be on record: the database and protobuf hold no lone surrogates."""
    return "".join(character for character in words if not "\ud800" <= character <= "\udfff")
