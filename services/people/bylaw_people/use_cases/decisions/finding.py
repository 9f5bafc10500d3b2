"""Finds the decision a caller names, the process that counts for a unit, and the posts that a decision depends on."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs, Records
from bylaw_people.ports.decisions import Viewer
from bylaw_people.rules.decisions.decision import Decision
from bylaw_people.rules.decisions.process import Process, nearest
from bylaw_people.rules.decisions.refusals import DecisionKindUnknown, DecisionNotFound
from bylaw_people.rules.decisions.reseating import wanted_by
from bylaw_people.rules.decisions.seats import Posts, Wanted
from bylaw_people.rules.decisions.shipped import SHIPPED

READ = "people.decisions.read"


def viewer_of(caller: Caller, needs: Needs, permission: str = READ) -> Viewer:
    """Somebody who looks at decisions today."""
    return Viewer(caller.person, caller.reach(permission), needs.today())


def decision_seen(records: Records, decision: UUID, viewer: Viewer, *, lock: bool = False) -> Decision:
    """A decision the viewer may see; refuses DECISION_NOT_FOUND."""
    found = records.decisions.find(decision, viewer, lock=lock)
    if found is None:
        raise DecisionNotFound
    return found


def process_for(records: Records, kind: str, unit: UUID, day: date) -> Process:
    """The process of a kind that counts for a unit on a day; refuses DECISION_KIND_UNKNOWN."""
    path = [*records.posts.on(day, Wanted(frozenset({unit}))).path(unit)]
    process = nearest(records.processes.on(day, kind=kind), path, SHIPPED, kind)
    if process is None:
        raise DecisionKindUnknown(kind=kind)
    return process


def posts_for(records: Records, decisions: Iterable[Decision], day: date) -> Posts:
    """The posts of a day that some decisions depend on, in one go."""
    return records.posts.on(day, wanted_by(decisions))


def acting_person(caller: Caller) -> UUID:
    """The person who calls; refuses DECISION_NOT_FOUND to a service, which has no part in any decision."""
    if caller.person is None:
        raise DecisionNotFound
    return caller.person
