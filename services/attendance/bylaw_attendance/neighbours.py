"""What attendance asks of people: its feed, turned into facts of ours."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bylaw.people.v1 import feed_pb2, feed_pb2_grpc
from bylaw_chassis.neighbours import Neighbours

from bylaw_attendance.ports import FeedPage
from bylaw_attendance.rules.organisation import (
    Change,
    Headship,
    PersonFacts,
    SiteFacts,
    Stay,
    UnitFacts,
    UnitVersion,
)

PAGE_SIZE = 1_000


class PeopleFeedOverGrpc:
    """People's feed behind its channel, read with the service's own token."""

    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = feed_pb2_grpc.FeedStub(neighbours.channels["people"])

    def after(self, cursor: str) -> FeedPage:
        """The next page; refuses what people refuses, FEED_RESTARTED among it."""
        request = feed_pb2.ListEventsRequest(after_cursor=cursor, page_size=PAGE_SIZE)
        answer = self._neighbours.ask(self._stub.ListEvents, request)
        return FeedPage([change for event in answer.events for change in changes_of(event)], answer.cursor)


def changes_of(event: Any) -> Iterator[Change]:
    """The facts of an event; one of a kind that is not known yet says nothing."""
    kind = event.WhichOneof("change")
    if kind == "person_changed":
        yield _person(event.person_changed)
    elif kind == "unit_changed":
        yield _unit(event.unit_changed)
    elif kind == "site_changed":
        yield _site(event.site_changed)


def _person(changed: Any) -> PersonFacts:
    person = _identifier(changed.name)
    stays = tuple(
        Stay(
            person,
            date.fromisoformat(appointment.start_date),
            _day(appointment.end_date),
            _identifier(appointment.unit),
            _identifier(appointment.site) if appointment.site else None,
        )
        for appointment in changed.appointments
    )
    return PersonFacts(person, changed.number, changed.display_name, stays)


def _unit(changed: Any) -> UnitFacts:
    unit = _identifier(changed.name)
    starts = [date.fromisoformat(version.effective_date) for version in changed.versions]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    versions = tuple(
        UnitVersion(
            unit,
            first,
            last,
            _identifier(shown.parent) if shown.parent else None,
            changed.code,
            shown.title.zh,
            shown.title.en,
        )
        for shown, first, last in zip(changed.versions, starts, [*ends, None], strict=True)
    )
    heads = tuple(
        Headship(unit, _identifier(head.person), date.fromisoformat(head.start_date), _day(head.end_date))
        for head in changed.heads
    )
    return UnitFacts(unit, versions, heads)


def _site(site: Any) -> SiteFacts:
    identifier = _identifier(site.name)
    return SiteFacts(identifier, site.code, site.title.zh, site.title.en, site.time_zone, site.calendar)


def _identifier(name: str) -> UUID:
    return UUID(name.rpartition("/")[2])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
