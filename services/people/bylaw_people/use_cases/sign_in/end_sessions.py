"""Signs out: here, everywhere, or somebody else everywhere; every service refuses their tokens within seconds."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.rules.sign_in.refusals import SessionNotFound
from bylaw_people.use_cases.finding import person_within
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import end_sessions, end_sessions_of, require_session

SIGNED_OUT, ENDED = "signed_out", "ended_by_another"


def delete_session(session: UUID | None, caller: Caller, means: SignInNeeds) -> None:
    """Ends a session of the caller's, the present one where none is named; refuses SESSION_NOT_FOUND."""
    named = session or caller.session
    with means.needs.store.work(caller) as records:
        found = records.sessions.find(named, caller.person) if named and caller.person else None
        if found is None or not found.runs(records.now, means.lasting):
            raise SessionNotFound
        end_sessions(records, [found.id], SIGNED_OUT)


def end_all_sessions(caller: Caller, means: SignInNeeds) -> int:
    """Ends the caller's sessions, the present one included; refuses SESSION_NEEDED."""
    with means.needs.store.work(caller) as records:
        return end_sessions_of(records, require_session(records, caller).person, SIGNED_OUT)


def end_sessions_of_person(person: UUID, caller: Caller, means: SignInNeeds) -> int:
    """Ends somebody's sessions; refuses PERSON_NOT_FOUND."""
    reach = caller.reach("people.sessions.end")
    with means.needs.store.work(caller) as records:
        found = person_within(records, person, reach, today=means.needs.today())
        return end_sessions_of(records, found.id, ENDED)
