"""Tells those concerned how a decision goes, in the transaction in which it goes so."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_people.events import decision_changed
from bylaw_people.ports import Records
from bylaw_people.rules.decisions.decision import Decision, Slot
from bylaw_people.rules.decisions.wording import ASKED, OUTCOMES, several
from bylaw_people.rules.organisation import Wording
from bylaw_people.use_cases.notices.notify import NoticeText, Telling, notify_each


def tell_standing(records: Records, decision: Decision) -> None:
    """The feed says where it stands, and the requester learns an outcome."""
    records.publish(decision_changed(decision))
    outcome = OUTCOMES.get(decision.state)
    if outcome:
        notify_each(records, [telling(decision.id, [decision.requester], outcome, kind=decision.kind)])


def tell_asked(records: Records, decision: Decision, slots: Iterable[Slot]) -> None:
    """Those who are asked learn that something waits for them."""
    asked = {seat.person for slot in slots for seat in slot.seats}
    notify_each(records, [telling(decision.id, asked, ASKED, kind=decision.kind)])


def tell_newly_asked(records: Records, places: Mapping[UUID, Iterable[Slot]]) -> None:
    """Whoever is asked at several places at once, as a new head is, gets one notice and not one each."""
    asked: dict[UUID, set[UUID]] = defaultdict(set)
    for decision, slots in places.items():
        for slot in slots:
            for seat in slot.seats:
                asked[seat.person].add(decision)
    notify_each(records, [_all_of(person, decisions) for person, decisions in sorted(asked.items())])


def _all_of(person: UUID, decisions: Collection[UUID]) -> Telling:
    if len(decisions) == 1:
        return telling(next(iter(decisions)), [person], ASKED)
    return Telling([person], NoticeText(ASKED, several(len(decisions))))


def telling(decision: UUID, people: Collection[UUID], title: Wording, *, kind: str = "") -> Telling:
    """A notice about a decision; what it is about is read there, by whoever may."""
    body = Wording(f"事项类别：{kind}。", f"Kind: {kind}.") if kind else title
    return Telling(people, NoticeText(title, body), resource_name("decisions", decision))
