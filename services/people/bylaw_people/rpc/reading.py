"""Messages of the contract as facts: what they may hold, and where they are wrong."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bylaw.people.v1 import access_pb2, organisation_pb2, staff_pb2
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.caller import Scope
from bylaw_chassis.values import civil_date, new_id, optional_date, optional_id, resource_id

from bylaw_people.events import EMPLOYMENT_KINDS, UNIT_KINDS
from bylaw_people.files.headers import FileKind
from bylaw_people.rules.fields import LONGEST_REASON, Fields, both_languages
from bylaw_people.rules.organisation import (
    PositionRecord,
    PositionVersion,
    Post,
    SiteRecord,
    SiteVersion,
    UnitVersion,
    Wording,
)
from bylaw_people.rules.requirements import Qualification, Requirement
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord
from bylaw_people.rules.versions import EVER, Dated
from bylaw_people.use_cases.forms import as_of, one_of

SCOPES = {
    Scope.SELF: access_pb2.SCOPE_SELF,
    Scope.UNIT: access_pb2.SCOPE_UNIT,
    Scope.SUBTREE: access_pb2.SCOPE_SUBTREE,
    Scope.COMPANY: access_pb2.SCOPE_COMPANY,
}
POSTS = {False: Post.HEAD, True: Post.DEPUTY}
FILE_KINDS = {
    FileKind.SITES: organisation_pb2.ORGANISATION_FILE_KIND_SITES,
    FileKind.UNITS: organisation_pb2.ORGANISATION_FILE_KIND_UNITS,
    FileKind.POSITIONS: organisation_pb2.ORGANISATION_FILE_KIND_POSITIONS,
    FileKind.PEOPLE: organisation_pb2.ORGANISATION_FILE_KIND_PEOPLE,
    FileKind.SERVICE_RECORDS: organisation_pb2.ORGANISATION_FILE_KIND_SERVICE_RECORDS,
}


def wording(message: LocalizedText) -> Wording:
    """A text in both languages."""
    return Wording(message.zh, message.en)


def unit_version(unit: organisation_pb2.Unit, today: date) -> UnitVersion:
    """A new unit's first version."""
    return UnitVersion(
        as_of(unit.effective_date, today, field="unit.effective_date"),
        both_languages(wording(unit.title)),
        one_of(UNIT_KINDS, unit.kind, field="unit.kind"),
        optional_id(unit.parent, "units", field="unit.parent"),
        both_languages(wording(unit.duties)),
    )


def position(message: organisation_pb2.Position) -> PositionRecord:
    """A new position; without a date as long as its unit exists."""
    version = PositionVersion(
        both_languages(wording(message.title)),
        resource_id(message.unit, "units", field="position.unit"),
        wording(message.duties),
        wording(message.work),
        requirements(message.requirements),
        effective_date=optional_date(message.effective_date, field="position.effective_date") or EVER,
    )
    return Dated(new_id(), message.code, revision=1, versions=(version,))


def requirements(messages: Iterable[organisation_pb2.Requirement]) -> tuple[Requirement, ...]:
    """What a position asks of people."""
    return tuple(Requirement(one.skill.strip(), one.experience_months, one.optional) for one in messages)


def qualifications(messages: Iterable[staff_pb2.Qualification], *, field: str) -> tuple[Qualification, ...]:
    """What somebody can do."""
    return tuple(
        Qualification(
            one.skill.strip(),
            one.experience_months,
            one.evidence,
            optional_date(one.since_date, field=f"{field}[{place}].since_date"),
        )
        for place, one in enumerate(messages)
    )


def site(message: organisation_pb2.Site) -> SiteRecord:
    """A new site; without a date since ever."""
    since = optional_date(message.effective_date, field="site.effective_date") or EVER
    title = both_languages(wording(message.title))
    version = SiteVersion(title, message.time_zone, message.calendar, effective_date=since)
    return Dated(new_id(), message.code, revision=1, versions=(version,))


def post(*, deputy: bool) -> Post:
    """Which post is meant."""
    return POSTS[deputy]


def appointment(message: staff_pb2.Appointment, *, field: str) -> Appointment:
    """An appointment; its kind of employment and first day are needed."""
    return Appointment(
        resource_id(message.unit, "units", field=f"{field}.unit"),
        optional_id(message.position, "positions", field=f"{field}.position"),
        resource_id(message.site, "sites", field=f"{field}.site"),
        employment_kind(message.employment_kind, field=f"{field}.employment_kind"),
        civil_date(message.start_date, field=f"{field}.start_date"),
        optional_date(message.end_date, field=f"{field}.end_date"),
        reason=_reason(message.reason, field=f"{field}.reason"),
    )


def _reason(text: str, *, field: str) -> str:
    fields = Fields()
    fields.text(field, text, LONGEST_REASON)
    fields.require()
    return text.strip()


def employment_kind(value: int, *, field: str) -> EmploymentKind:
    """How somebody is employed (ORG-4)."""
    return one_of(EMPLOYMENT_KINDS, value, field=field)


def new_person(message: staff_pb2.Person) -> PersonRecord:
    """A new person with the first appointment."""
    first = appointment(message.appointment, field="person.appointment")
    can = qualifications(message.qualifications, field="person.qualifications")
    texts = (message.number, message.display_name, message.login)
    return PersonRecord(new_id(), *texts, revision=1, appointments=(first,), qualifications=can)


def unit_id(name: str, *, field: str = "name") -> UUID:
    """The id in `units/{unit}`."""
    return resource_id(name, "units", field=field)


def person_id(name: str, *, field: str = "name") -> UUID:
    """The id in `people/{person}`."""
    return resource_id(name, "people", field=field)
