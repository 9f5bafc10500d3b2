"""What people itself does once a decision is agreed, in the very transaction that decides it (SEC-2)."""

from collections.abc import Callable, Mapping

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.decision import Content, Decision, State
from bylaw_people.rules.decisions.outside_access import outside_wish
from bylaw_people.rules.decisions.shipped import OUTSIDE_ACCESS
from bylaw_people.use_cases.access.permit_outsider import permit_within


def require_askable(kind: str, subjects: tuple[str, ...], content: Content) -> None:
    """That a request says what its effect needs; refuses FIELD_INVALID."""
    if kind == OUTSIDE_ACCESS:
        outside_wish(subjects, content)


def take_effect(records: Records, decision: Decision, caller: Caller, *, needs: Needs) -> None:
    """Does what was agreed; refuses what the effect refuses, and then nothing is decided."""
    effect = _EFFECTS.get(decision.kind)
    if effect and decision.state is State.AGREED and not decision.asking_service:
        effect(records, decision, caller, needs)


def _let_in(records: Records, decision: Decision, caller: Caller, needs: Needs) -> None:
    """The head who decides is the named head who answers for the outsider: they must reach the unit (SEC-2)."""
    wish = outside_wish(decision.subjects, decision.content)
    permit_within(records, wish.person, (wish.start, wish.end), wish.reason, caller=caller, needs=needs)


_EFFECTS: Mapping[str, Callable[[Records, Decision, Caller, Needs], None]] = {OUTSIDE_ACCESS: _let_in}
