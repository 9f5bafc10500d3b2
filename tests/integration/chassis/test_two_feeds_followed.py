"""A service follows a second neighbour's feed beside people's: each has its own place, kinds and age."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.organisation import queries
from bylaw_chassis.organisation.following import Follower, Hearer
from bylaw_chassis.organisation.hearers import HEARERS
from bylaw_chassis.organisation.place import Place, read_place
from bylaw_chassis.refusals import Unavailable

from tests.integration.chassis import peoples_feed as told
from tests.integration.chassis.peoples_feed import ANNA, BEN, SHOP, FeedInMemory
from tests.integration.chassis.test_organisation import SetClock, clock, database, known
from tests.integration.chassis.worlds import World

__all__ = ["clock", "database"]
OTHER = "inventory"


@dataclass
class Heard:
    """What a hearer of several kinds was told, in its order, and how often it had to forget."""

    kinds: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    forgotten: int = 0

    def hearer(self) -> Hearer:
        """One hearer, to stand under several kinds."""

        def apply(_connection: sa.Connection, events: Sequence[Any]) -> None:
            self.kinds += [event.WhichOneof("change") for event in events]
            self.pages.append(len(events))

        def forget(_connection: sa.Connection) -> None:
            self.forgotten += 1
            self.kinds.clear()

        return Hearer(apply, forget)


def follower(database: Database, feed: FeedInMemory, *kinds: str, heard: Heard) -> Follower:
    """Follows the other feed, with one hearer for all of its kinds."""
    return Follower(database, feed, dict.fromkeys(kinds, heard.hearer()), OTHER)


@pytest.mark.postgresql15
def test_each_feed_has_its_own_place_kinds_and_age(database: Database, clock: SetClock) -> None:
    peoples, others, heard = FeedInMemory(told.person(ANNA, "A")), FeedInMemory(told.site()), Heard()
    people = Follower(database, peoples, HEARERS)
    other = follower(database, others, "site_changed", heard=heard)
    people.catch_up()
    assert (people.age(), other.age()) == (timedelta(0), None)
    clock.pass_time(seconds=30)
    other.catch_up()
    assert (people.age(), other.age()) == (timedelta(seconds=30), timedelta(0))
    with database.read() as connection:
        assert read_place(connection).kinds == HEARERS.keys()
        assert read_place(connection, OTHER).kinds == {"site_changed"}
        assert read_place(connection, OTHER).cursor == "1.1"
        assert queries.all_sites(connection) == {}  # the other's hearer does nothing of people's


def test_one_feed_that_is_away_or_was_restored_does_not_touch_the_other(database: Database) -> None:
    peoples, others, heard = FeedInMemory(told.person(ANNA, "A")), FeedInMemory(told.site(), told.unit(SHOP)), Heard()
    people = Follower(database, peoples, HEARERS)
    other = follower(database, others, "site_changed", "unit_changed", heard=heard)
    people.catch_up()
    other.catch_up()
    others.restored(told.unit(SHOP))
    peoples.away = True
    other.catch_up()
    assert (heard.kinds, heard.forgotten) == (["unit_changed"], 2)
    assert known(database) == ["A"]
    with pytest.raises(Unavailable):
        people.catch_up()
    peoples.away, others.away = False, True
    peoples.events += [told.person(BEN, "B")]
    people.catch_up()
    assert (known(database), other.refresh()) == (["A", "B"], False)


def test_a_hearer_of_several_kinds_takes_them_in_the_order_they_have_among_each_other(database: Database) -> None:
    events = [told.site(), told.unit(SHOP), told.person(ANNA, "A"), told.site(), told.unit(SHOP)]
    heard, feed = Heard(), FeedInMemory(*events)
    other = follower(database, feed, "unit_changed", "site_changed", heard=heard)
    other.catch_up()
    assert heard.kinds == ["site_changed", "unit_changed", "site_changed", "unit_changed"]
    assert (heard.pages, heard.forgotten) == ([4], 1)
    feed.events += [told.unit(SHOP), told.site()]
    other.catch_up()
    assert heard.kinds[4:] == ["unit_changed", "site_changed"]


def test_a_version_that_takes_more_kinds_of_it_reads_that_feed_anew_alone(database: Database, world: World) -> None:
    peoples, others = FeedInMemory(told.person(ANNA, "A")), FeedInMemory(told.site(), told.unit(SHOP))
    people, older, newer = Follower(database, peoples, HEARERS), Heard(), Heard()
    people.catch_up()
    before = place_of(world.database)
    follower(database, others, "site_changed", heard=older).catch_up()
    follower(database, others, "site_changed", "unit_changed", heard=newer).catch_up()
    assert older.kinds == ["site_changed"]
    assert newer.kinds == ["site_changed", "unit_changed"]
    others.events += [told.site()]
    follower(database, others, "site_changed", heard=older).catch_up()  # leaves it to the newer one
    assert older.kinds == ["site_changed"]
    assert place_of(world.database) == before


def place_of(database: Database) -> Place:
    """Where people's feed is read up to."""
    with database.read() as connection:
        return read_place(connection)
