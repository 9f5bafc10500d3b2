"""Asks again for what was sent back, from the first step; what was asked and said before stays on record."""

from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.content import require_content
from bylaw_people.rules.decisions.decision import AnswerKind, Content, Decision, Said
from bylaw_people.rules.decisions.opening import opened, require_somebody
from bylaw_people.rules.decisions.process import Weight
from bylaw_people.rules.decisions.refusals import DecisionNeedsHead
from bylaw_people.use_cases.decisions.effects import require_askable
from bylaw_people.use_cases.decisions.finding import decision_seen, posts_for, viewer_of
from bylaw_people.use_cases.decisions.going_on import go_on


def resubmit_decision(
    decision_id: UUID, content: Content, etag: str, *, asking_service: str, caller: Caller, needs: Needs
) -> Decision:
    """The decision in its next round.

    Refuses DECISION_NOT_FOUND, DECISION_NOT_OWN, DECISION_NOT_SENT_BACK, DECISION_OF_SERVICE, DECISION_CHANGED,
    DECISION_HAS_NOBODY, DECISION_NEEDS_HEAD, FIELD_INVALID.
    """
    with needs.store.work(caller) as records:
        decision = decision_seen(records, decision_id, viewer_of(caller, needs), lock=True)
        require_content(decision.subjects, content)
        require_askable(decision.kind, decision.subjects, content)
        decision.require_resubmittable(caller.person, content, asking_service)
        decision.require_seen(etag)
        _require_still_head(records, decision, needs)
        now = _asked_again(records, decision, content, needs)
        records.decisions.add_round(now)
        said = Said(new_id(), decision.requester, AnswerKind.RESUBMIT, now.round, records.now, content.text)
        records.decisions.say(decision.id, said)
        go_on(records, decision, now)
        return records.decisions.load(decision_id)


def _require_still_head(records: Records, decision: Decision, needs: Needs) -> None:
    major = decision.weight is Weight.MAJOR
    if major and decision.unit not in records.posts.headed_by(decision.requester, needs.today()):
        raise DecisionNeedsHead


def _asked_again(records: Records, decision: Decision, content: Content, needs: Needs) -> Decision:
    asked = decision.asked_again(content)
    now = opened(asked, 0, posts_for(records, [asked], needs.today()), records.now)
    require_somebody(now)
    return now
