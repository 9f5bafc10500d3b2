"""What somebody may do on a day: what they were granted, and what comes with being employed and heading units."""

from datetime import date

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.roles import held
from bylaw_people.rules.staff import PersonRecord


def caller_for(records: Records, person: PersonRecord, day: date, *, needs: Needs) -> Caller:
    """A person as a caller, with everything they hold on the day; nothing where they may not sign in."""
    if not person.may_sign_in(day):
        return Caller(person=person.id)
    grants = held(
        records.grants.granted(person.id, day),
        employed=person.on(day) is not None,
        headed_units=records.grants.headed_units(person.id, day),
        known=needs.roles,
    )
    return Caller(person=person.id, grants=grants, access_revision=records.people.access_revision(person.id))
