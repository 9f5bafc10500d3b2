"""Whether the company's own sign-in (OpenID Connect) is set up here: every sign-in page says so."""

from datetime import datetime, timedelta

from bylaw.people.v1 import sign_in_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk

NOT_SET_UP, KNOWN_FOR = "OIDC_NOT_CONFIGURED", timedelta(minutes=5)


class Provider:
    """What this process knows of it. An empty answer to finish with begins nothing, and tells it."""

    def __init__(self) -> None:
        self._is_there = False
        self._until: datetime | None = None

    def is_there(self, desk: Desk) -> bool:
        """Whether one can sign in by it."""
        now = desk.tools.clock()
        if self._until is None or self._until <= now:
            # Nobody waits behind another's question: two that ask at once are told the same.
            self._is_there, self._until = _asked(desk), now + KNOWN_FOR
        return self._is_there


def _asked(desk: Desk) -> bool:
    try:
        desk.ask(sign_in_pb2.FinishOidcSignInRequest(), "")
    except Refusal as refusal:
        return refusal.problem.reason not in {NOT_SET_UP, "UNAVAILABLE"}
    return True


PROVIDER = Provider()
