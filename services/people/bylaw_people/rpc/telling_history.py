"""What is on record, with who recorded it when, as messages of the contract."""

from datetime import date
from typing import TypeVar

from bylaw.people.v1 import organisation_pb2, staff_pb2
from bylaw_chassis.values import resource_name

from bylaw_people.events import day_text, position_message, site_message, unit_message
from bylaw_people.message_values import instant_message
from bylaw_people.rpc.telling import reasoned_message
from bylaw_people.rules.organisation import Headship, PositionVersion, Post, SiteVersion, UnitVersion, UnitView
from bylaw_people.rules.recording import Change, Kind, Recorded, Recording
from bylaw_people.rules.requirements import Qualification
from bylaw_people.rules.staff import Appointment
from bylaw_people.rules.versions import Dated, Version, View

AnyVersion = TypeVar("AnyVersion", bound=Version)

CHANGE_KINDS = {
    Kind.UNIT: organisation_pb2.CHANGE_KIND_UNIT,
    Kind.HEAD: organisation_pb2.CHANGE_KIND_HEAD,
    Kind.DEPUTY: organisation_pb2.CHANGE_KIND_DEPUTY,
    Kind.APPOINTMENT: organisation_pb2.CHANGE_KIND_APPOINTMENT,
    Kind.POSITION: organisation_pb2.CHANGE_KIND_POSITION,
    Kind.SITE: organisation_pb2.CHANGE_KIND_SITE,
}
OWNERS = {
    Kind.UNIT: "units",
    Kind.HEAD: "units",
    Kind.DEPUTY: "units",
    Kind.APPOINTMENT: "people",
    Kind.POSITION: "positions",
    Kind.SITE: "sites",
}


def recording_message(recording: Recording) -> organisation_pb2.Recording:
    """Who recorded something when, and who put something in its place when."""
    return organisation_pb2.Recording(
        record_time=instant_message(recording.at),
        recorded_by=resource_name("people", recording.by),
        supersede_time=instant_message(recording.superseded_at),
        superseded_by=resource_name("people", recording.superseded_by),
    )


def unit_version_message(unit: Dated[UnitVersion], recorded: Recorded[UnitVersion]) -> organisation_pb2.UnitVersion:
    """A version of a unit."""
    version, last = recorded.fact, _last(unit, recorded)
    shown = unit_message(UnitView(unit.id, unit.code, unit.revision, version, last))
    recording = recording_message(recorded.recording)
    return organisation_pb2.UnitVersion(unit=shown, closed=version.closed, recording=recording)


def position_version_message(
    position: Dated[PositionVersion], recorded: Recorded[PositionVersion]
) -> organisation_pb2.PositionVersion:
    """A version of a position."""
    version, last = recorded.fact, _last(position, recorded)
    shown = position_message(View(position.id, position.code, position.revision, version, last))
    recording = recording_message(recorded.recording)
    return organisation_pb2.PositionVersion(position=shown, closed=version.closed, recording=recording)


def site_version_message(site: Dated[SiteVersion], recorded: Recorded[SiteVersion]) -> organisation_pb2.SiteVersion:
    """A version of a site."""
    version, last = recorded.fact, _last(site, recorded)
    shown = site_message(View(site.id, site.code, site.revision, version, last))
    recording = recording_message(recorded.recording)
    return organisation_pb2.SiteVersion(site=shown, closed=version.closed, recording=recording)


def headship_message(post: Post, recorded: Recorded[Headship]) -> organisation_pb2.UnitHeadship:
    """Somebody's time as head or deputy."""
    held = recorded.fact
    return organisation_pb2.UnitHeadship(
        person=resource_name("people", held.person),
        deputy=post is Post.DEPUTY,
        start_date=held.start_date.isoformat(),
        end_date=day_text(held.end_date),
        recording=recording_message(recorded.recording),
    )


def recorded_appointment_message(recorded: Recorded[Appointment]) -> staff_pb2.Appointment:
    """An appointment with who recorded it."""
    shown = reasoned_message(recorded.fact)
    shown.recording.CopyFrom(recording_message(recorded.recording))
    return shown


def qualification_message(recorded: Recorded[Qualification]) -> staff_pb2.Qualification:
    """Something that somebody can do."""
    return staff_pb2.Qualification(
        skill=recorded.fact.skill,
        experience_months=recorded.fact.experience_months,
        evidence=recorded.fact.evidence,
        since_date=day_text(recorded.fact.since),
        recording=recording_message(recorded.recording),
    )


def change_message(change: Change) -> organisation_pb2.OrganisationChange:
    """Something that was recorded."""
    return organisation_pb2.OrganisationChange(
        kind=CHANGE_KINDS[change.kind],
        name=resource_name(OWNERS[change.kind], change.owner),
        person=resource_name("people", change.person),
        effective_date=day_text(change.first),
        last_date=day_text(change.last),
        recording=recording_message(change.recording),
    )


def _last(record: Dated[AnyVersion], recorded: Recorded[AnyVersion]) -> date | None:
    """Until when a version holds; nothing for one that counts no more."""
    return recorded.while_it_counts(record.last_day)
