"""What others may learn: the whole unit, the whole person or the site, after each change."""

from uuid import UUID

from bylaw.people.v1 import feed_pb2, organisation_pb2, staff_pb2
from bylaw.types.v1 import localized_text_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_people.rules.organisation import Headship, Site, UnitKind, UnitRecord, UnitView, Wording
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord

UNIT_KINDS = {
    UnitKind.COMPANY: organisation_pb2.UNIT_KIND_COMPANY,
    UnitKind.DEPARTMENT: organisation_pb2.UNIT_KIND_DEPARTMENT,
    UnitKind.TEAM: organisation_pb2.UNIT_KIND_TEAM,
}
EMPLOYMENT_KINDS = {
    EmploymentKind.FORMAL: staff_pb2.EMPLOYMENT_KIND_FORMAL,
    EmploymentKind.TEMPORARY: staff_pb2.EMPLOYMENT_KIND_TEMPORARY,
    EmploymentKind.EXTERNAL: staff_pb2.EMPLOYMENT_KIND_EXTERNAL,
}


def person_changed(person: PersonRecord) -> Fact:
    """A person changed: the person with every appointment."""
    changed = feed_pb2.PersonChanged(
        name=resource_name("people", person.id),
        number=person.number,
        display_name=person.display_name,
        appointments=[appointment_message(appointment) for appointment in person.appointments],
    )
    return Fact("person_changed", str(person.id), feed_pb2.Event(person_changed=changed).SerializeToString())


def unit_changed(unit: UnitRecord) -> Fact:
    """A unit changed: every version of it and every head it had."""
    views = [UnitView(unit.id, unit.code, unit.revision, version, head=None) for version in unit.versions]
    changed = feed_pb2.UnitChanged(
        name=resource_name("units", unit.id),
        code=unit.code,
        versions=[unit_message(view) for view in views],
        heads=[_headship_message(headship) for headship in unit.heads],
    )
    return Fact("unit_changed", str(unit.id), feed_pb2.Event(unit_changed=changed).SerializeToString())


def site_changed(site: Site) -> Fact:
    """A site was added."""
    event = feed_pb2.Event(site_changed=site_message(site))
    return Fact("site_changed", str(site.id), event.SerializeToString())


def session_ended(session: UUID) -> Fact:
    """A session was signed out or ended: none of its tokens counts."""
    ended = feed_pb2.TokensEnded(session=resource_name("sessions", session))
    return Fact("tokens_ended", str(session), feed_pb2.Event(tokens_ended=ended).SerializeToString())


def access_changed(person: UUID, revision: int) -> Fact:
    """What a person may do has changed: only tokens made since count."""
    ended = feed_pb2.TokensEnded(person=resource_name("people", person), below_revision=revision)
    return Fact("tokens_ended", str(person), feed_pb2.Event(tokens_ended=ended).SerializeToString())


def unit_message(unit: UnitView) -> organisation_pb2.Unit:
    """A unit as of a date."""
    version = unit.version
    return organisation_pb2.Unit(
        name=resource_name("units", unit.id),
        code=unit.code,
        title=text_message(version.title),
        kind=UNIT_KINDS[version.kind],
        parent=resource_name("units", version.parent),
        duties=text_message(version.duties),
        head=resource_name("people", unit.head),
        effective_date=version.effective_date.isoformat(),
        etag=str(unit.revision),
    )


def site_message(site: Site) -> organisation_pb2.Site:
    """A site."""
    return organisation_pb2.Site(
        name=resource_name("sites", site.id),
        code=site.code,
        title=text_message(site.title),
        time_zone=site.time_zone,
        calendar=site.calendar,
    )


def appointment_message(appointment: Appointment) -> staff_pb2.Appointment:
    """An appointment."""
    return staff_pb2.Appointment(
        unit=resource_name("units", appointment.unit),
        position=resource_name("positions", appointment.position),
        site=resource_name("sites", appointment.site),
        employment_kind=EMPLOYMENT_KINDS[appointment.employment_kind],
        start_date=appointment.start_date.isoformat(),
        end_date=appointment.end_date.isoformat() if appointment.end_date else "",
    )


def text_message(text: Wording) -> localized_text_pb2.LocalizedText:
    """A text in both languages."""
    return localized_text_pb2.LocalizedText(zh=text.zh, en=text.en)


def _headship_message(headship: Headship) -> feed_pb2.Headship:
    return feed_pb2.Headship(
        person=resource_name("people", headship.person),
        start_date=headship.start_date.isoformat(),
        end_date=headship.end_date.isoformat() if headship.end_date else "",
    )
