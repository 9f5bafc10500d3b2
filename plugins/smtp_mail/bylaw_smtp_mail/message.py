"""A notice as a mail in plain text: no header takes a line break, whoever wrote the title."""

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bylaw_hooks import DeliveryFailed, NoticeFacts

# One address and nothing more: no list, no name, no route, no control character, no header behind a line break.
ONE_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
LONGEST_ADDRESS = 254
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Controls, line breaks of every script, and marks that turn the direction of what is read."""


def mail(notice: NoticeFacts, address: str, *, sender: str) -> EmailMessage:
    """The mail; raises DeliveryFailed (SMTP_ADDRESS_INVALID) for what is not exactly one address."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender)
    message["To"] = _address(address)
    message["Subject"] = UNSEEN.sub(" ", notice.title).strip()
    message["Date"] = format_datetime(notice.sent_at)
    message["Message-ID"] = f"<{_key(notice.key)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.body)
    message["Content-Language"] = notice.language  # behind the content, which takes such headers away
    return message


def _address(text: str) -> Address:
    if len(text) > LONGEST_ADDRESS or not ONE_ADDRESS.fullmatch(text):
        raise DeliveryFailed("SMTP_ADDRESS_INVALID", for_good=True)
    return Address(addr_spec=text)


def _key(key: str) -> str:
    """The same of every try, and nothing that a header could stumble over."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
