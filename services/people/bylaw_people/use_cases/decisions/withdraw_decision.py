"""Takes a request back before it is decided; what was said stays on record."""

from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Needs
from bylaw_people.rules.decisions.content import require_short
from bylaw_people.rules.decisions.decision import AnswerKind, Decision, Said, State
from bylaw_people.use_cases.decisions.finding import decision_seen, viewer_of
from bylaw_people.use_cases.decisions.going_on import go_on


def withdraw_decision(decision_id: UUID, text: str, etag: str, *, caller: Caller, needs: Needs) -> Decision:
    """Refuses DECISION_NOT_FOUND, DECISION_NOT_OWN, DECISION_OVER, DECISION_CHANGED, FIELD_INVALID."""
    require_short(text)
    with needs.store.work(caller) as records:
        decision = decision_seen(records, decision_id, viewer_of(caller, needs), lock=True)
        decision.require_withdrawable(caller.person)
        decision.require_seen(etag)
        person = decision.requester
        now = decision.after(state=State.WITHDRAWN, decided_at=records.now, decided_by=person)
        said = Said(new_id(), person, AnswerKind.WITHDRAW, decision.round, records.now, text)
        records.decisions.say(decision.id, said)
        go_on(records, decision, now)
        return records.decisions.load(decision_id)
