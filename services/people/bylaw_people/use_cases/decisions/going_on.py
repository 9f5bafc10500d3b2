"""Writes how a decision goes on: the step that is opened, and whom its places ask now (DEC-1, DEC-2)."""

from collections.abc import Iterable

from bylaw_people.ports import Records
from bylaw_people.rules.decisions.decision import Decision
from bylaw_people.rules.decisions.reseating import changed_slots, reseated
from bylaw_people.rules.decisions.seats import Posts
from bylaw_people.use_cases.decisions.telling import tell_asked, tell_standing


def go_on(records: Records, before: Decision, now: Decision) -> None:
    """Writes where it stands, opens the step that is new, and tells those concerned."""
    records.decisions.stand(before, now)
    if now.step != before.step or now.state is not before.state:
        records.decisions.close_slots(now.id)
    if now.step != before.step:
        records.decisions.open_slots(now.id, now.open_slots)
        tell_asked(records, now, now.open_slots)
    if now.state is not before.state:
        tell_standing(records, now)


def reseat(records: Records, decisions: Iterable[Decision], posts: Posts) -> list[tuple[Decision, Decision]]:
    """Locked decisions ask whom the organisation of the day has; answers all of them, as they were and as they are."""
    pairs = [(decision, reseated(decision, posts)) for decision in decisions]
    records.decisions.reseat([(now.id, old, new) for before, now in pairs for old, new in changed_slots(before, now)])
    return pairs
