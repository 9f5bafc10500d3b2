"""Whoever has customers' data shown is there: they proved who they are a short while ago (CUS-1)."""

from datetime import datetime, timedelta

from bylaw_orders.rules.privacy.refusals import SignInAgain

MINUTE = timedelta(minutes=1)


def check_present(proved_at: datetime | None, now: datetime, within: timedelta) -> None:
    """Refuses SIGN_IN_AGAIN to whoever signed in longer ago, and to an access token, which proves nobody's presence."""
    if proved_at is None or now - proved_at > within:
        raise SignInAgain(minutes=within // MINUTE)
