"""Opens sessions and ends them, in the transaction of whatever is the reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Records
from bylaw_people.rules.sign_in.opaque import Opaque
from bylaw_people.rules.sign_in.refusals import SessionNeeded
from bylaw_people.rules.sign_in.sessions import LONGEST_DEVICE, SignedInSession
from bylaw_people.use_cases.sign_in.admitting import Proof, admit
from bylaw_people.use_cases.sign_in.minting import Opened
from bylaw_people.use_cases.sign_in.needs import SignInNeeds, new_opaque


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody signs in: what their device calls itself, its address, and the session it had before."""

    device: str = ""
    address: str = ""
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """By what methods somebody proved who they are, and when, as far as it is known."""

    methods: Collection[str]
    at: datetime | None


def open_session(records: Records, person: UUID, shown: Shown, place: Place, means: SignInNeeds) -> Opened | None:
    """A new session with its first refresh token, in the place of the one before; nothing where nobody is admitted."""
    records.people.hold(person)
    admitted = admit(records, person, Proof(new_id(), shown.methods, records.now, shown.at), needs=means.needs)
    if admitted is None or admitted.caller.session is None:
        return None
    now, lasting = records.now, means.lasting
    device = "".join(character if character.isprintable() else " " for character in place.device[:LONGEST_DEVICE])
    said = (tuple(shown.methods), device, place.address)
    session = SignedInSession(
        admitted.caller.session, person, *said, now, now, now + lasting.longest, proved_at=shown.at
    )
    records.sessions.add(session)
    token, digest = new_opaque(Opaque.REFRESH)
    records.sessions.add_token(session.id, digest)
    if place.before:
        end_sessions(records, [place.before], "replaced")
    return Opened(admitted, token, session.end(lasting))


def end_sessions(records: Records, sessions: Collection[UUID], reason: str) -> int:
    """Ends sessions here and in every service; answers how many had not ended before."""
    ended = records.sessions.end(sessions, reason)
    if ended:
        records.end_sessions(ended)
    return len(ended)


def end_sessions_of(records: Records, person: UUID, reason: str, *, but: UUID | None = None) -> int:
    """Ends somebody's sessions, but for one; whoever signs in at this moment is waited for, and signed out too."""
    records.people.hold(person, alone=True)
    running = [session.id for session in records.sessions.running(person) if session.id != but]
    return end_sessions(records, running, reason)


def require_session(records: Records, caller: Caller) -> SignedInSession:
    """The session of a caller who signed in themselves; refuses SESSION_NEEDED to an access token.

    And to a session that has ended, whose token another process may take for a moment yet.
    """
    found = records.sessions.find(caller.session, caller.person) if caller.session and caller.person else None
    if found is None or found.ended_at:
        raise SessionNeeded
    return found
