"""Facts as messages of the contract."""

from bylaw.people.v1 import access_pb2, organisation_pb2, staff_pb2
from bylaw_chassis.values import resource_name

from bylaw_people.events import appointment_message, text_message
from bylaw_people.rpc.reading import SCOPES
from bylaw_people.rules.granting import Grant
from bylaw_people.rules.organisation import Position
from bylaw_people.rules.roles import Role
from bylaw_people.rules.staff import PersonView


def person_message(person: PersonView) -> staff_pb2.Person:
    """A person as of a date; without an appointment where none holds then."""
    return staff_pb2.Person(
        name=resource_name("people", person.id),
        number=person.number,
        display_name=person.display_name,
        login=person.login,
        appointment=appointment_message(person.appointment) if person.appointment else None,
        head=resource_name("people", person.head),
        etag=str(person.revision),
    )


def position_message(position: Position) -> organisation_pb2.Position:
    """A position."""
    return organisation_pb2.Position(
        name=resource_name("positions", position.id),
        code=position.code,
        title=text_message(position.title),
        unit=resource_name("units", position.unit),
        duties=text_message(position.duties),
    )


def role_message(role: Role) -> access_pb2.Role:
    """A role."""
    return access_pb2.Role(
        name=resource_name("roles", role.name), title=text_message(role.title), permissions=sorted(role.permissions)
    )


def grant_message(grant: Grant) -> access_pb2.Grant:
    """A grant."""
    return access_pb2.Grant(
        name=resource_name("grants", grant.id),
        person=resource_name("people", grant.person),
        role=resource_name("roles", grant.role),
        scope=SCOPES[grant.scope],
        unit=resource_name("units", grant.unit),
        start_date=grant.start_date.isoformat(),
        end_date=grant.end_date.isoformat() if grant.end_date else "",
        granted_by=resource_name("people", grant.granted_by),
    )
