"""Shows whom a request for a decision would ask today; nothing is kept and nobody is told (DEC-1, DEC-2)."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.decisions.content import require_amount, require_kind
from bylaw_people.rules.decisions.decision import Decision
from bylaw_people.rules.decisions.opening import foreseen
from bylaw_people.rules.decisions.wanted import require_wanted
from bylaw_people.use_cases.decisions.create_decision import Asking, to_be_asked
from bylaw_people.use_cases.decisions.finding import posts_for


def preview_decision(asking: Asking, caller: Caller, needs: Needs) -> Decision:
    """The decision as it would be, with the places of every step that would be opened.

    Refuses DECISION_KIND_UNKNOWN, DECISION_NEEDS_HEAD, DECISION_PLAN_OF_SERVICE, PERSON_NOT_EMPLOYED, UNIT_NOT_FOUND,
    FIELD_INVALID.
    """
    require_kind(asking.kind, field="kind")
    require_amount(asking.content.amount)
    require_wanted(asking.wanted, asking.asking_service, field="plan")
    today = needs.today()
    with needs.store.read() as records:
        asked = to_be_asked(records, asking, caller, today)
        return asked.seated(foreseen(asked, posts_for(records, [asked], today), records.now))
