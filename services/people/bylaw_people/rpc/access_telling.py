"""Roles, grants, outsiders and answers about access as messages of the contract."""

from collections.abc import Collection

from bylaw.people.v1 import access_pb2, access_review_pb2, outsiders_pb2
from bylaw_chassis.values import resource_name

from bylaw_people.events import day_text, text_message
from bylaw_people.message_values import instant_message
from bylaw_people.rpc.reading import SCOPES
from bylaw_people.rules.access.changes import AccessChange, ChangeKind
from bylaw_people.rules.access.explaining import Answer, Weighed
from bylaw_people.rules.access.granting import Grant
from bylaw_people.rules.access.holding import Standing
from bylaw_people.rules.access.outsiders import Gap, OutsideAccess
from bylaw_people.rules.access.roles import Role
from bylaw_people.use_cases.access.list_holders import Holder
from bylaw_people.use_cases.holding import Holding

GAPS = {
    Gap.NOT_HELD: access_review_pb2.ACCESS_GAP_NOT_HELD,
    Gap.OUT_OF_REACH: access_review_pb2.ACCESS_GAP_OUT_OF_REACH,
    Gap.OUTSIDER_NOT_PERMITTED: access_review_pb2.ACCESS_GAP_OUTSIDER_NOT_PERMITTED,
    Gap.NOT_EMPLOYED: access_review_pb2.ACCESS_GAP_NOT_EMPLOYED,
    Gap.ACCOUNT_STOPPED: access_review_pb2.ACCESS_GAP_ACCOUNT_STOPPED,
    None: access_review_pb2.ACCESS_GAP_UNSPECIFIED,
}
KINDS = {
    ChangeKind.GRANT_GIVEN: access_review_pb2.ACCESS_CHANGE_KIND_GRANT_GIVEN,
    ChangeKind.GRANT_ENDED: access_review_pb2.ACCESS_CHANGE_KIND_GRANT_ENDED,
    ChangeKind.HEAD: access_review_pb2.ACCESS_CHANGE_KIND_HEAD,
    ChangeKind.APPOINTMENT: access_review_pb2.ACCESS_CHANGE_KIND_APPOINTMENT,
    ChangeKind.OUTSIDER_PERMITTED: access_review_pb2.ACCESS_CHANGE_KIND_OUTSIDER_PERMITTED,
    ChangeKind.OUTSIDER_ENDED: access_review_pb2.ACCESS_CHANGE_KIND_OUTSIDER_ENDED,
    ChangeKind.ROLE: access_review_pb2.ACCESS_CHANGE_KIND_ROLE,
}


def role_message(role: Role) -> access_pb2.Role:
    """A role."""
    return access_pb2.Role(
        name=resource_name("roles", role.name),
        title=text_message(role.title),
        permissions=sorted(role.permissions),
        shipped=role.shipped,
        implicit=role.implicit,
        etag=str(role.revision or ""),
        update_time=instant_message(role.changed_at),
        updated_by=resource_name("people", role.changed_by),
    )


def grant_message(grant: Grant) -> access_pb2.Grant:
    """A grant."""
    return access_pb2.Grant(
        name=resource_name("grants", grant.id),
        person=resource_name("people", grant.person),
        position=resource_name("positions", grant.position),
        role=resource_name("roles", grant.role),
        scope=SCOPES[grant.scope],
        unit=resource_name("units", grant.unit),
        start_date=grant.start_date.isoformat(),
        end_date=day_text(grant.end_date),
        reason=grant.reason,
        granted_by=resource_name("people", grant.granted_by),
        grant_time=instant_message(grant.granted_at),
        end_time=instant_message(grant.ended_at),
        ended_by=resource_name("people", grant.ended_by),
    )


def outside_access_message(access: OutsideAccess) -> outsiders_pb2.OutsideAccess:
    """An outsider's permission."""
    return outsiders_pb2.OutsideAccess(
        name=resource_name("outsideAccesses", access.id),
        person=resource_name("people", access.person),
        permitted_by=resource_name("people", access.permitted_by),
        start_date=access.start_date.isoformat(),
        end_date=access.end_date.isoformat(),
        reason=access.reason,
        permit_time=instant_message(access.permitted_at),
        end_time=instant_message(access.ended_at),
        ended_by=resource_name("people", access.ended_by),
    )


def holdings_message(holding: Holding) -> access_review_pb2.Holdings:
    """What somebody holds on a day."""
    return access_review_pb2.Holdings(
        person=resource_name("people", holding.person.id),
        as_of_date=holding.day.isoformat(),
        may_enter=holding.gap is None,
        permissions=sorted(holding.caller.permissions),
        standings=[_standing_message(standing, standing.permissions, reaches=True) for standing in holding.standings],
        gap=GAPS[holding.gap],
    )


def holder_message(holder: Holder, permission: str) -> access_review_pb2.Holder:
    """Somebody who holds a permission."""
    standings = [_weighed_message(each, permission) for each in holder.weighed]
    return access_review_pb2.Holder(person=resource_name("people", holder.person), standings=standings)


def answer_message(answer: Answer) -> access_review_pb2.AccessAnswer:
    """Whether somebody may, and why."""
    return access_review_pb2.AccessAnswer(
        allowed=answer.allowed,
        person=resource_name("people", answer.person),
        permission=answer.permission,
        target=answer.target,
        standings=[_weighed_message(each, answer.permission) for each in answer.weighed],
        gap=GAPS[answer.gap],
        clause=answer.clause,
        sentence=text_message(answer.sentence),
    )


def change_message(change: AccessChange) -> access_review_pb2.AccessChange:
    """Something that changed."""
    return access_review_pb2.AccessChange(
        change_time=instant_message(change.changed_at),
        changed_by=resource_name("people", change.changed_by),
        kind=KINDS[change.kind],
        subject=change.subject,
        person=resource_name("people", change.person),
        position=resource_name("positions", change.position),
        role=resource_name("roles", change.role),
        unit=resource_name("units", change.unit),
        start_date=day_text(change.start_date),
        end_date=day_text(change.end_date),
    )


def _weighed_message(weighed: Weighed, permission: str) -> access_review_pb2.Standing:
    return _standing_message(weighed.standing, [permission], reaches=weighed.reaches)


def _standing_message(standing: Standing, permissions: Collection[str], *, reaches: bool) -> access_review_pb2.Standing:
    return access_review_pb2.Standing(
        source=standing.source,
        role=resource_name("roles", standing.role),
        scope=SCOPES[standing.scope],
        unit=resource_name("units", standing.unit),
        permissions=sorted(permissions),
        start_date=day_text(standing.start_date),
        end_date=day_text(standing.end_date),
        granted_by=resource_name("people", standing.granted_by),
        position=resource_name("positions", standing.position),
        reason=standing.reason,
        reaches=reaches,
        clause=standing.clause,
    )
