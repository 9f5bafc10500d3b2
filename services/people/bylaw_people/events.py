"""What others may learn: the whole unit, the whole person or the site, after each change."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TypeVar
from uuid import UUID

from bylaw.people.v1 import decisions_pb2, feed_pb2, organisation_pb2, rulebook_pb2, service_records_pb2, staff_pb2
from bylaw.types.v1 import clause_wording_pb2, localized_text_pb2
from bylaw_chassis.database import Fact
from bylaw_chassis.values import resource_name

from bylaw_people.duty_messages import duty_message, told_occurrence
from bylaw_people.rules.decisions.decision import Decision, State
from bylaw_people.rules.duties.duty import Duty, Occurrence
from bylaw_people.rules.notices.notice import Notice
from bylaw_people.rules.organisation import (
    Headship,
    PositionRecord,
    PositionView,
    SiteRecord,
    SiteView,
    UnitKind,
    UnitRecord,
    UnitView,
    Wording,
)
from bylaw_people.rules.rulebook.clauses import ClauseKind, ClauseRecord, Revision
from bylaw_people.rules.service_record import ServiceRecord
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord
from bylaw_people.rules.versions import EVER, Dated, Version, View

AnyVersion = TypeVar("AnyVersion", bound=Version)

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
DECISION_STATES = {
    State.WAITING: decisions_pb2.DECISION_STATE_WAITING,
    State.SENT_BACK: decisions_pb2.DECISION_STATE_SENT_BACK,
    State.AGREED: decisions_pb2.DECISION_STATE_AGREED,
    State.REFUSED: decisions_pb2.DECISION_STATE_REFUSED,
    State.WITHDRAWN: decisions_pb2.DECISION_STATE_WITHDRAWN,
}
CLAUSE_KINDS = {
    ClauseKind.RULE: rulebook_pb2.CLAUSE_KIND_RULE,
    ClauseKind.RECORD: rulebook_pb2.CLAUSE_KIND_RECORD,
    ClauseKind.DUTY: rulebook_pb2.CLAUSE_KIND_DUTY,
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


def service_record_changed(person: UUID, record: ServiceRecord) -> Fact:
    """Somebody's cumulative service or birthday was put on record or taken off it."""
    changed = service_records_pb2.ServiceRecordChanged(
        person=resource_name("people", person),
        service_since_date=day_text(record.since),
        birthday=birthday_text(record.birthday),
    )
    payload = feed_pb2.Event(service_record_changed=changed).SerializeToString()
    return Fact("service_record_changed", str(person), payload)


def unit_changed(unit: UnitRecord) -> Fact:
    """A unit changed: every version of it, every head and every deputy it had."""
    views = [UnitView(*_shown(unit, version)) for version in unit.versions if not version.closed]
    changed = feed_pb2.UnitChanged(
        name=resource_name("units", unit.id),
        code=unit.code,
        versions=[unit_message(view) for view in views],
        heads=[_headship_message(headship) for headship in unit.heads],
        deputies=[_headship_message(headship) for headship in unit.deputies],
    )
    return Fact("unit_changed", str(unit.id), feed_pb2.Event(unit_changed=changed).SerializeToString())


def position_changed(position: PositionRecord) -> Fact:
    """A position was added or changed: every version of it."""
    changed = feed_pb2.PositionChanged(
        name=resource_name("positions", position.id),
        code=position.code,
        versions=[position_message(view) for view in _views(position)],
    )
    return Fact("position_changed", str(position.id), feed_pb2.Event(position_changed=changed).SerializeToString())


def site_changed(site: SiteRecord, today: date) -> Fact:
    """A site was added or changed: as it is today, or first will be, or last was, with every version."""
    views = list(_views(site))
    begun = [view for view in views if view.version.effective_date <= today]
    message = site_message((begun or views[:1])[-1])
    message.versions.extend(site_message(view) for view in views)
    return Fact("site_changed", str(site.id), feed_pb2.Event(site_changed=message).SerializeToString())


def clause_changed(clause: ClauseRecord) -> Fact:
    """A clause was worded anew, added or retired: every wording that counts."""
    changed = feed_pb2.ClauseChanged(
        name=resource_name("clauses", clause.id),
        service=clause.service,
        kind=CLAUSE_KINDS[clause.kind],
        wordings=[_wording_message(clause, revision) for revision in clause.timeline()],
    )
    return Fact("clause_changed", clause.id, feed_pb2.Event(clause_changed=changed).SerializeToString())


def duty_changed(duty: Duty, closed: Occurrence | None = None) -> Fact:
    """A duty was given, changed or ended, or something due of it was done or excused."""
    changed = feed_pb2.DutyChanged(duty=duty_message(duty), occurrence=told_occurrence(closed) if closed else None)
    key = closed.id if closed else duty.id
    return Fact("duty_changed", str(key), feed_pb2.Event(duty_changed=changed).SerializeToString())


def notice_sent(notice: Notice, addressee_count: int) -> Fact:
    """A notice was sent; its words and the people it reached stay here."""
    sent = feed_pb2.NoticeSent(
        name=resource_name("notices", notice.id),
        about=notice.about,
        unit=resource_name("units", notice.to.unit),
        corrects=resource_name("notices", notice.corrects),
        addressee_count=addressee_count,
    )
    return Fact("notice_sent", str(notice.id), feed_pb2.Event(notice_sent=sent).SerializeToString())


def session_ended(session: UUID) -> Fact:
    """A session was signed out or ended: none of its tokens counts."""
    ended = feed_pb2.TokensEnded(session=resource_name("sessions", session))
    return Fact("tokens_ended", str(session), feed_pb2.Event(tokens_ended=ended).SerializeToString())


def access_changed(person: UUID, revision: int) -> Fact:
    """What a person may do has changed: only tokens made since count."""
    ended = feed_pb2.TokensEnded(person=resource_name("people", person), below_revision=revision)
    return Fact("tokens_ended", str(person), feed_pb2.Event(tokens_ended=ended).SerializeToString())


def decision_changed(decision: Decision) -> Fact:
    """Where a decision stands; nothing that was said of it, and no facts of what was asked."""
    changed = feed_pb2.DecisionChanged(
        name=resource_name("decisions", decision.id),
        kind=decision.kind,
        state=DECISION_STATES[decision.state],
        subjects=decision.subjects,
        asking_service=decision.asking_service,
        requester=resource_name("people", decision.requester),
        decided_by=resource_name("people", decision.decided_by),
        clause=decision.clause,
        round=decision.round,
    )
    if decision.decided_at:
        changed.decide_time.FromDatetime(decision.decided_at)
    event = feed_pb2.Event(decision_changed=changed)
    return Fact("decision_changed", str(decision.id), event.SerializeToString())


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
        deputy=resource_name("people", unit.deputy),
        last_date=day_text(unit.last_date),
    )


def position_message(position: PositionView) -> organisation_pb2.Position:
    """A position as of a date."""
    version = position.version
    return organisation_pb2.Position(
        name=resource_name("positions", position.id),
        code=position.code,
        title=text_message(version.title),
        unit=resource_name("units", version.unit),
        duties=text_message(version.duties),
        work=text_message(version.work),
        requirements=[organisation_pb2.Requirement(**asdict(asked)) for asked in version.requirements],
        effective_date=day_text(version.effective_date),
        etag=str(position.revision),
        last_date=day_text(position.last_date),
    )


def site_message(site: SiteView) -> organisation_pb2.Site:
    """A site as of a date."""
    version = site.version
    return organisation_pb2.Site(
        name=resource_name("sites", site.id),
        code=site.code,
        title=text_message(version.title),
        time_zone=version.time_zone,
        calendar=version.calendar,
        effective_date=day_text(version.effective_date),
        etag=str(site.revision),
        last_date=day_text(site.last_date),
    )


def appointment_message(appointment: Appointment) -> staff_pb2.Appointment:
    """An appointment; why somebody was appointed who lacks what is asked for stays here."""
    return staff_pb2.Appointment(
        unit=resource_name("units", appointment.unit),
        position=resource_name("positions", appointment.position),
        site=resource_name("sites", appointment.site),
        employment_kind=EMPLOYMENT_KINDS[appointment.employment_kind],
        start_date=appointment.start_date.isoformat(),
        end_date=day_text(appointment.end_date),
    )


def text_message(text: Wording) -> localized_text_pb2.LocalizedText:
    """A text in both languages."""
    return localized_text_pb2.LocalizedText(zh=text.zh, en=text.en)


def birthday_text(birthday: tuple[int, int] | None) -> str:
    """Month and day, `MM-DD`; empty for none."""
    return "{:02}-{:02}".format(*birthday) if birthday else ""


def day_text(day: date | None) -> str:
    """A date; empty for none, and for what holds since ever."""
    return "" if day is None or day == EVER else day.isoformat()


def _views(record: Dated[AnyVersion]) -> Iterator[View[AnyVersion]]:
    """Each version that says something, with its last day."""
    return (View(*_shown(record, version)) for version in record.versions if not version.closed)


def _shown(record: Dated[AnyVersion], version: AnyVersion) -> tuple[UUID, str, int, AnyVersion, date | None]:
    return record.id, record.code, record.revision, version, record.last_day(version)


def _headship_message(headship: Headship) -> feed_pb2.Headship:
    return feed_pb2.Headship(
        person=resource_name("people", headship.person),
        start_date=headship.start_date.isoformat(),
        end_date=day_text(headship.end_date),
    )


def _wording_message(clause: ClauseRecord, revision: Revision) -> clause_wording_pb2.ClauseWording:
    return clause_wording_pb2.ClauseWording(
        clause=clause.id,
        effective_date=revision.effective_date.isoformat(),
        wording=text_message(revision.wording),
        retired=revision.retired,
    )
