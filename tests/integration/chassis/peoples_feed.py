"""People's feed as a list in memory, and events as people tells them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bylaw.people.v1 import feed_pb2, organisation_pb2, staff_pb2
from bylaw_chassis.organisation.following import FeedPage
from bylaw_chassis.refusals import FeedRestarted, Unavailable

ANNA, BEN, SHOP, HQ, TOP = (UUID(int=number) for number in range(1, 6))
SINCE = "2026-01-01"


class FeedInMemory:
    """People's feed, two events a page; `restored` gives it another past, `away` makes it silent."""

    def __init__(self, *events: Any) -> None:
        self.incarnation, self.events, self.away = 1, list(events), False

    def after(self, cursor: str) -> FeedPage:
        """A page behind a cursor."""
        if self.away:
            raise Unavailable
        incarnation, _, position = (cursor or f"{self.incarnation}.0").partition(".")
        if incarnation != str(self.incarnation):
            raise FeedRestarted
        page: Sequence[Any] = self.events[int(position) : int(position) + 2]
        return FeedPage(page, f"{incarnation}.{int(position) + len(page)}")

    def restored(self, *events: Any) -> None:
        """Makes it the feed of another database."""
        self.incarnation, self.events = self.incarnation + 1, list(events)


def person(identifier: UUID, number: str, *stays: tuple[UUID, str, str]) -> feed_pb2.Event:
    """A person who works in units from a first to a last day (empty: open); in the shop where none is named."""
    changed = feed_pb2.PersonChanged(name=f"people/{identifier}", number=number, display_name=number)
    for unit, first, last in stays or ((SHOP, SINCE, ""),):
        changed.appointments.add(
            unit=f"units/{unit}",
            site=f"sites/{HQ}",
            start_date=first,
            end_date=last,
            employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL,
        )
    return feed_pb2.Event(person_changed=changed)


def unit(
    identifier: UUID, *parents: tuple[str, UUID | None], heads: Sequence[tuple[UUID, str]] = (), closed: str = ""
) -> feed_pb2.Event:
    """A unit with its parent from each day on, and its heads since a day, each with Ben as deputy."""
    changed = feed_pb2.UnitChanged(name=f"units/{identifier}", code=f"U{identifier.int}")
    for first, parent in parents or ((SINCE, None),):
        changed.versions.append(organisation_pb2.Unit(effective_date=first, parent=f"units/{parent}" if parent else ""))
    changed.versions[-1].last_date = closed
    for head, since in heads:
        changed.deputies.add(person=f"people/{BEN}", start_date=since)
        changed.heads.add(person=f"people/{head}", start_date=since)
    return feed_pb2.Event(unit_changed=changed)


def site(identifier: UUID = HQ, *versions: tuple[str, str, str]) -> feed_pb2.Event:
    """A site; with its zone from a first to a last day, or as a release told it that knew no versions."""
    made = organisation_pb2.Site(name=f"sites/{identifier}", code="HQ", time_zone="UTC", calendar="NONE")
    for first, last, zone in versions:
        made.versions.add(effective_date=first, last_date=last, time_zone=zone, calendar="CN")
    return feed_pb2.Event(site_changed=made)


def access_changed(identifier: UUID, revision: int) -> feed_pb2.Event:
    """What a person may do has changed."""
    return feed_pb2.Event(tokens_ended=feed_pb2.TokensEnded(person=f"people/{identifier}", below_revision=revision))


def session_ended(session: UUID) -> feed_pb2.Event:
    """Somebody signed out."""
    return feed_pb2.Event(tokens_ended=feed_pb2.TokensEnded(session=f"sessions/{session}"))


def of_a_later_version() -> feed_pb2.Event:
    """An event of a kind this contract does not have, as its bytes arrive: field 900 of the message."""
    return feed_pb2.Event.FromString(b"\xa2\x38\x05later")
