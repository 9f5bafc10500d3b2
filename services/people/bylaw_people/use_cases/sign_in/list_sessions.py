"""Shows callers their running sessions."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.rules.sign_in.sessions import SignedInSession
from bylaw_people.use_cases.sign_in.needs import SignInNeeds


def list_sessions(caller: Caller, after: UUID | None, limit: int, means: SignInNeeds) -> list[SignedInSession]:
    """Newest first, those behind one; none for a service of the suite."""
    if caller.person is None:
        return []
    now = means.needs.clock()
    with means.needs.store.read() as records:
        return records.sessions.page(caller.person, now - means.lasting.idle, now, after=after, limit=limit)
