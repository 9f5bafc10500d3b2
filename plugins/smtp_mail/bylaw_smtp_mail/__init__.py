"""The distribution's entry point: registers mail over SMTP."""

from typing import Any

from bylaw_hooks import DeliveryChannel, hookimpl

from bylaw_smtp_mail.channel import SmtpMail
from bylaw_smtp_mail.settings import MailSettings

__all__ = ["MailSettings", "SmtpMail", "bylaw_api", "register_delivery_channels"]
bylaw_api = 1


@hookimpl
def register_delivery_channels() -> list[DeliveryChannel[Any]]:
    """Mail over SMTP."""
    return [SmtpMail()]
