"""Puts a different opinion or a remark in writing; it stays on record, before and after the decision (DEC-3)."""

from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Needs
from bylaw_people.rules.decisions.answering import require_text
from bylaw_people.rules.decisions.content import require_short
from bylaw_people.rules.decisions.decision import AnswerKind, Decision, Said
from bylaw_people.rules.refusals import PersonNotEmployed
from bylaw_people.use_cases.decisions.finding import acting_person, decision_seen, viewer_of


def add_statement(decision_id: UUID, kind: AnswerKind, text: str, *, caller: Caller, needs: Needs) -> Decision:
    """Refuses DECISION_NOT_FOUND, DECISION_NEEDS_TEXT, DECISION_FULL, PERSON_NOT_EMPLOYED, FIELD_INVALID."""
    require_short(text)
    require_text(text)
    with needs.store.work(caller) as records:
        decision = decision_seen(records, decision_id, viewer_of(caller, needs), lock=True)
        person = acting_person(caller)
        if records.posts.unit_of(person, needs.today()) is None:
            raise PersonNotEmployed(date=needs.today())
        decision.require_room()
        said = Said(new_id(), person, kind, decision.round, records.now, text)
        records.decisions.say(decision.id, said)
        return records.decisions.load(decision_id)
