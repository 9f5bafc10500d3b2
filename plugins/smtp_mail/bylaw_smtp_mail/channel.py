"""Mail over SMTP: one connection a mail, protected by TLS, ended by the deadline."""

import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from bylaw_hooks import Both, DeliveryChannel, DeliveryFailed, NoticeFacts

from bylaw_smtp_mail.message import mail
from bylaw_smtp_mail.settings import MailSettings

PORTS = {"tls": 465, "starttls": 587, "none": 25}
FOR_GOOD = 500
"""From this reply on a server says that another try of the same mail is in vain."""


class SmtpMail(DeliveryChannel[MailSettings]):
    """Sends a notice as a mail in plain text."""

    name: ClassVar[str] = "smtp"
    title: ClassVar[Both] = Both("电子邮件", "Mail")
    settings: type[MailSettings] = MailSettings

    def deliver(self, notice: NoticeFacts, address: str, *, settings: MailSettings, within_seconds: float) -> None:
        """Sends one mail.

        Raises DeliveryFailed with SMTP_ADDRESS_INVALID, SMTP_UNREACHABLE, SMTP_SIGN_IN_REFUSED, SMTP_REFUSED,
        SMTP_REFUSED_FOR_GOOD or SMTP_PROTECTION_FAILED.
        """
        message = mail(notice, address, sender=settings.sender)
        with _failures_named(), _connected(settings, within_seconds) as server:
            server.send_message(message, settings.sender, [address])


@contextmanager
def _connected(settings: MailSettings, within_seconds: float) -> Iterator[smtplib.SMTP]:
    """A session that is ready to send. What a step leaves of the time is what the next one gets."""
    ends = time.monotonic() + within_seconds
    port = settings.port or PORTS[settings.security]
    with _opened(settings, port, within_seconds) as server:
        if settings.security == "starttls":
            server.starttls(context=_trust(settings))
        if settings.user:
            _bound(server, ends)
            server.login(settings.user, settings.password.get_secret_value())
        _bound(server, ends)
        yield server


def _opened(settings: MailSettings, port: int, seconds: float) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, port, timeout=seconds, context=_trust(settings))
    return smtplib.SMTP(settings.host, port, timeout=seconds)


def _trust(settings: MailSettings) -> ssl.SSLContext:
    """Certificates are checked, by the machine's authorities or by the one that is named."""
    context = ssl.create_default_context(cafile=settings.authority_file or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _bound(server: smtplib.SMTP, ends: float) -> None:
    remaining = ends - time.monotonic()
    if remaining <= 0:
        raise TimeoutError
    if server.sock is not None:
        server.sock.settimeout(remaining)


@contextmanager
def _failures_named() -> Iterator[None]:
    """What goes wrong, as a stable word: what a server says may hold the address."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(max(code for code, _ in error.recipients.values())) from None
    except smtplib.SMTPAuthenticationError:
        raise DeliveryFailed("SMTP_SIGN_IN_REFUSED") from None
    except smtplib.SMTPNotSupportedError:
        raise DeliveryFailed("SMTP_PROTECTION_FAILED") from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code) from None
    except ssl.SSLError:
        raise DeliveryFailed("SMTP_PROTECTION_FAILED") from None
    except (smtplib.SMTPException, OSError):
        raise DeliveryFailed("SMTP_UNREACHABLE") from None


def _refused(code: int) -> DeliveryFailed:
    if code >= FOR_GOOD:
        return DeliveryFailed("SMTP_REFUSED_FOR_GOOD", for_good=True)
    return DeliveryFailed("SMTP_REFUSED")
