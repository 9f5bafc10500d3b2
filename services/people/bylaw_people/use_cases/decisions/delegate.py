"""Gives a named person a head's decisions of some kinds for a time, and takes them back (DEC-2)."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.content import require_kind
from bylaw_people.rules.decisions.delegation import Delegation, require_delegation
from bylaw_people.rules.decisions.refusals import DecisionKindUnknown, DelegationNeedsHead, DelegationNotFound
from bylaw_people.rules.decisions.shipped import SHIPPED
from bylaw_people.rules.refusals import PersonNotEmployed, PersonNotFound
from bylaw_people.use_cases.decisions.finding import viewer_of
from bylaw_people.use_cases.decisions.refresh_decisions import refresh_touching


def create_delegation(wish: Delegation, caller: Caller, needs: Needs) -> Delegation:
    """The new delegation; what waits asks the delegate at once.

    Refuses DELEGATION_NEEDS_HEAD, DELEGATION_TO_SELF, PERSON_NOT_FOUND, PERSON_NOT_EMPLOYED, DECISION_KIND_UNKNOWN,
    FIELD_INVALID.
    """
    require_delegation(wish, needs.today())
    for kind in wish.kinds:
        require_kind(kind, field="delegation.kinds")
    with needs.store.work(caller) as records:
        if not records.posts.headed_by(wish.delegator, wish.start_date):
            raise DelegationNeedsHead(date=wish.start_date)
        _require_delegate(records, wish, caller, needs)
        _require_kinds(records, wish)
        records.delegations.add(wish)
        refresh_touching(records, wish.delegator, needs.today())
    return wish


def end_delegation(delegation_id: UUID, caller: Caller, needs: Needs) -> Delegation:
    """Refuses DELEGATION_NOT_FOUND, DELEGATION_ENDED."""
    with needs.store.work(caller) as records:
        found = records.delegations.find(delegation_id, caller.person) if caller.person else None
        if found is None:
            raise DelegationNotFound
        found.require_running(needs.today())
        records.delegations.end(found.id)
        refresh_touching(records, found.delegator, needs.today())
        return replace(found, ended_at=records.now)


def _require_delegate(records: Records, wish: Delegation, caller: Caller, needs: Needs) -> None:
    if not records.delegations.may_be_delegate(wish.delegate, viewer_of(caller, needs, "people.staff.read")):
        raise PersonNotFound
    if records.posts.unit_of(wish.delegate, wish.start_date) is None:
        raise PersonNotEmployed(date=wish.start_date)


def _require_kinds(records: Records, wish: Delegation) -> None:
    known = SHIPPED.keys() | {process.kind for process in records.processes.on(wish.end_date)}
    for kind in sorted(set(wish.kinds) - known):
        raise DecisionKindUnknown(kind=kind)
