"""Events of people's feed as facts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bylaw.people.v1 import staff_pb2

from bylaw_chassis.organisation.facts import Headship, PersonFacts, SiteFacts, SiteVersion, Stay, UnitFacts, UnitVersion

EMPLOYMENT_KINDS = {
    staff_pb2.EMPLOYMENT_KIND_FORMAL: "formal",
    staff_pb2.EMPLOYMENT_KIND_TEMPORARY: "temporary",
    staff_pb2.EMPLOYMENT_KIND_EXTERNAL: "external",
}


def person_facts(changed: Any) -> PersonFacts:
    """What a PersonChanged says."""
    person = identifier(changed.name)
    stays = tuple(
        Stay(
            person,
            date.fromisoformat(appointment.start_date),
            _day(appointment.end_date),
            identifier(appointment.unit),
            _optional(appointment.site),
            _optional(appointment.position),
            EMPLOYMENT_KINDS.get(appointment.employment_kind, ""),
        )
        for appointment in changed.appointments
    )
    return PersonFacts(person, changed.number, changed.display_name, stays)


def unit_facts(changed: Any) -> UnitFacts:
    """What a UnitChanged says."""
    unit = identifier(changed.name)
    heads = (*_heads(unit, changed.heads, deputy=False), *_heads(unit, changed.deputies, deputy=True))
    return UnitFacts(unit, tuple(_versions(unit, changed)), heads)


def site_facts(site: Any) -> SiteFacts:
    """What a site says; one that tells no versions, as a release before dated sites did, is ever as it is shown."""
    name, shown = identifier(site.name), site.versions or (site,)
    versions = (
        SiteVersion(
            name,
            _day(version.effective_date) or date.min,
            _day(version.last_date),
            site.code,
            version.title.zh,
            version.title.en,
            version.time_zone,
            version.calendar,
        )
        for version in shown
    )
    return SiteFacts(name, tuple(versions))


def identifier(name: str) -> UUID:
    """The id in a resource name."""
    return UUID(name.rpartition("/")[2])


def _versions(unit: UUID, changed: Any) -> Iterator[UnitVersion]:
    """Each holds until the day before the next one's; the last as long as it says."""
    starts = [date.fromisoformat(version.effective_date) for version in changed.versions]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    open_end = _day(changed.versions[-1].last_date) if changed.versions else None
    for shown, first, last in zip(changed.versions, starts, [*ends, open_end], strict=True):
        yield UnitVersion(unit, first, last, _optional(shown.parent), changed.code, shown.title.zh, shown.title.en)


def _heads(unit: UUID, heads: Iterable[Any], *, deputy: bool) -> Iterator[Headship]:
    for head in heads:
        first, last = date.fromisoformat(head.start_date), _day(head.end_date)
        yield Headship(unit, identifier(head.person), first, last, deputy)


def _optional(name: str) -> UUID | None:
    return identifier(name) if name else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
