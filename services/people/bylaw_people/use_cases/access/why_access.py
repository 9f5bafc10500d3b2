"""Says whether somebody may, and names what gives it or what is missing: the evaluation every call makes (SEC-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.access import AccessRule
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.refusals import FieldInvalid, PermissionMissing

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.explaining import Answer, Weighed
from bylaw_people.rules.access.granting import Place, takes_in
from bylaw_people.rules.access.outsiders import Gap
from bylaw_people.rules.access.refusals import PermissionUnknown
from bylaw_people.rules.fields import shown
from bylaw_people.rules.refusals import PersonNotFound
from bylaw_people.use_cases.access.finding import READ, person_asked_about
from bylaw_people.use_cases.access.targets import Target, place_of_target, reached, require_reached
from bylaw_people.use_cases.holding import Holding, holdings_of


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: whether a person (nobody named: the caller) may do this there."""

    person: UUID | None
    permission: str
    method: str
    target: Target


def why_access(asked: Question, caller: Caller, needs: Needs, *, calls: Mapping[str, AccessRule]) -> Answer:
    """Refuses PERSON_NOT_FOUND, UNIT_NOT_FOUND, PERMISSION_UNKNOWN, FIELD_INVALID."""
    rule, day = _rule(asked, calls), needs.today()
    person_id = asked.person or caller.person
    if person_id is None:
        raise PersonNotFound  # a service of the suite, which asks about nobody
    with needs.store.read() as records:
        person = person_asked_about(records, person_id, caller, day=day)
        if person_id != caller.person:
            require_reached(records, asked.target, caller.reach(READ), day=day)
        holding = holdings_of(records, [person], day, needs=needs)[person.id]
        place = place_of_target(records, asked.target, day=day)
        gap = None if rule.public else _gap(records, rule, holding, asked.target)
    weighed = _weighed(rule, holding, place if asked.target.name or rule.everywhere else None)
    return Answer(
        person.id, rule.permission, asked.target.name, gap, weighed, public=rule.public, everywhere=rule.everywhere
    )


def _rule(asked: Question, calls: Mapping[str, AccessRule]) -> AccessRule:
    """The rule of the call, or of any call with the permission."""
    if bool(asked.permission) == bool(asked.method):
        raise FieldInvalid(
            field="permission", zh="须填写 permission 或 method 之一", en="state either the permission or the method"
        )
    if asked.method:
        found = calls.get(asked.method.strip("/").replace("/", "."))
    else:
        found = next((rule for rule in calls.values() if rule.permission == asked.permission), None)
    if found is None:
        raise PermissionUnknown(permission=shown(asked.permission or asked.method))
    return found


def _gap(records: Records, rule: AccessRule, holding: Holding, target: Target) -> Gap | None:
    """What keeps the person from it: first at the door, then at the call, then at what it is about."""
    if holding.gap:
        return holding.gap
    caller = holding.caller
    try:
        rule.admit(caller)
    except PermissionMissing:
        return Gap.OUT_OF_REACH if rule.permission in caller.permissions else Gap.NOT_HELD
    reach = caller.reach(rule.permission) if rule.permission else Reach(own=caller.person)
    return None if reached(records, target, reach, day=holding.day) else Gap.OUT_OF_REACH


def _weighed(rule: AccessRule, holding: Holding, place: Place | None) -> list[Weighed]:
    """What gives the permission, and whether it reaches the place; without one, anything at all will do."""
    held = [standing for standing in holding.standings if rule.permission in standing.permissions]
    reaches = [Caller(holding.person.id, grants=(standing.held,)).reach(rule.permission) for standing in held]
    return [
        Weighed(standing, place is None or takes_in(reach, place))
        for standing, reach in zip(held, reaches, strict=True)
    ]
