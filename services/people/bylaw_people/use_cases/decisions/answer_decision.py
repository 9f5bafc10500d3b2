"""Answers the step that waits; one answer counts at a place, and who may is decided on the day (DEC-1, DEC-2)."""

from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.answering import Effect, Given, answered, applied
from bylaw_people.rules.decisions.content import require_short
from bylaw_people.rules.decisions.decision import Decision, Said
from bylaw_people.rules.decisions.refusals import DecisionStepDone
from bylaw_people.use_cases.decisions.effects import take_effect
from bylaw_people.use_cases.decisions.finding import decision_seen, posts_for, viewer_of
from bylaw_people.use_cases.decisions.going_on import go_on, reseat


def answer_decision(decision_id: UUID, given: Given, etag: str, *, caller: Caller, needs: Needs) -> Decision:
    """The decision once the answer counts.

    Refuses DECISION_NOT_FOUND, DECISION_STEP_DONE, DECISION_OWN, DECISION_NOT_ASKED, DECISION_ANSWER_UNFIT,
    DECISION_NEEDS_TEXT, DECISION_CHANGED, FIELD_INVALID, and what the effect of an agreed decision refuses.
    """
    require_short(given.text)
    with needs.store.work(caller) as records:
        seen = decision_seen(records, decision_id, viewer_of(caller, needs), lock=True)
        posts = posts_for(records, [seen], needs.today())
        decision = reseat(records, [seen], posts)[0][1]
        effect = answered(decision, given)
        decision.require_seen(etag)
        said = _said(records, decision, given, effect)
        if not records.decisions.answer_slots(decision.id, effect.slots, said.id):
            raise DecisionStepDone(step=given.step)
        records.decisions.say(decision.id, said)
        now = applied(decision, effect, said, posts)
        go_on(records, decision, now)
        take_effect(records, now, caller, needs=needs)
        return records.decisions.load(decision_id)


def _said(records: Records, decision: Decision, given: Given, effect: Effect) -> Said:
    slot, seat = effect.slots[0], effect.seat
    return Said(
        new_id(),
        given.person,
        given.kind,
        decision.round,
        records.now,
        given.text,
        given.step,
        slot.number,
        slot.place.unit,
        seat.ground.value,
        seat.in_place_of,
    )
