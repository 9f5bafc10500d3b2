"""The organisation in a service: in step with people's feed, whoever reads it, also after people was restored."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation import queries
from bylaw_chassis.organisation.facts import Headship, KnownPerson
from bylaw_chassis.organisation.following import FeedPage, Follower, Hearer
from bylaw_chassis.organisation.hearers import HEARERS
from bylaw_chassis.organisation.place import read_place
from bylaw_chassis.organisation.tables import heads
from bylaw_chassis.refusals import Unavailable

from tests.integration.chassis import peoples_feed as told
from tests.integration.chassis.peoples_feed import ANNA, BEN, HQ, SHOP, TOP, FeedInMemory
from tests.integration.chassis.worlds import World

DAY = date(2026, 2, 1)
EVERYBODY = Reach(everyone=True)


@dataclass
class SetClock:
    """A clock that tests set."""

    now: datetime = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(world: World, clock: SetClock) -> Database:
    world.database.clock = clock
    return world.database


def known(database: Database, reach: Reach = EVERYBODY, day: date = DAY) -> list[str]:
    with database.read() as connection:
        found = queries.find_people(connection, reach, day, ids=[ANNA, BEN])
    return [one.number for one in found]


@pytest.mark.postgresql15
def test_what_is_told_last_counts_and_reading_again_changes_nothing(database: Database) -> None:
    feed = FeedInMemory(told.person(ANNA, "A"), told.site(), told.person(BEN, "B"), told.person(ANNA, "A2"))
    follow = Follower(database, feed, HEARERS)

    follow.catch_up()
    follow.catch_up()

    assert known(database) == ["A2", "B"]
    feed.events += [told.person(BEN, "B2"), told.person(BEN, "B3"), told.person(ANNA, "A3")]
    follow.catch_up()
    assert known(database) == ["A3", "B3"]


def test_after_a_restore_of_people_what_is_no_longer_told_is_forgotten(database: Database) -> None:
    feed = FeedInMemory(told.person(ANNA, "A"), told.person(BEN, "B"), told.unit(SHOP), told.site())
    follow = Follower(database, feed, HEARERS)
    follow.catch_up()
    feed.restored(told.person(BEN, "B"))

    follow.catch_up()

    assert known(database) == ["B"]
    with database.read() as connection:
        assert queries.all_sites(connection) == {}
        assert queries.unit_versions(connection, DAY, DAY) == []


def test_a_site_is_known_with_its_zone_and_calendar_on_each_day(database: Database) -> None:
    moved = told.site(SHOP, ("", "2026-05-31", "Asia/Shanghai"), ("2026-06-01", "", "Asia/Urumqi"))
    Follower(database, FeedInMemory(told.site(HQ), moved), HEARERS).catch_up()

    with database.read() as connection:
        known_sites = queries.all_sites(connection)

    moved_site, unmoved = known_sites[SHOP], known_sites[HQ]
    assert [moved_site.on(day).time_zone for day in (date(1999, 1, 1), date(2026, 5, 31), date(2026, 6, 1))] == [
        "Asia/Shanghai",
        "Asia/Shanghai",
        "Asia/Urumqi",
    ]
    assert (unmoved.on(date(1999, 1, 1)).time_zone, unmoved.on(DAY).calendar) == ("UTC", "NONE")


def test_a_restore_that_people_does_not_finish_telling_drops_nothing(database: Database) -> None:
    feed = FeedInMemory(told.person(ANNA, "A"))
    follow = Follower(database, feed, HEARERS)
    follow.catch_up()
    feed.restored(told.person(BEN, "B"), told.site(), told.site())
    whole = feed.after

    def stops_half_way(cursor: str) -> Any:
        page = whole(cursor)
        feed.away = True
        return page

    feed.after = stops_half_way  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        follow.catch_up()
    assert known(database) == ["A"]


def test_while_people_is_away_what_is_known_stays_and_its_age_grows(database: Database, clock: SetClock) -> None:
    feed = FeedInMemory(told.person(ANNA, "A"))
    follow = Follower(database, feed, HEARERS)
    assert follow.age() is None
    follow.catch_up()
    feed.away = True

    assert follow.refresh() is False
    with pytest.raises(Unavailable):
        follow.catch_up()
    assert known(database) == ["A"]
    clock.pass_time(seconds=90)
    assert follow.age() == timedelta(seconds=90)
    feed.away = False
    follow.catch_up()
    assert follow.age() == timedelta(0)


def test_its_age_is_that_of_the_last_look_that_reached_the_end(database: Database, clock: SetClock) -> None:
    feed = FeedInMemory(told.person(ANNA, "A"))
    follow = Follower(database, feed, HEARERS)
    follow.catch_up()
    clock.pass_time(seconds=30)
    feed.events += [told.person(BEN, "B"), told.site(), told.unit(SHOP)]
    page = feed.after

    def one_page_alone(cursor: str) -> Any:
        found = page(cursor)
        feed.away = True
        return found

    feed.after = one_page_alone  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        follow.catch_up()

    assert known(database) == ["A", "B"]
    assert follow.age() == timedelta(seconds=30)


@pytest.mark.postgresql15
def test_several_workers_read_the_feed_at_once_and_each_page_counts_once(world: World, second: World) -> None:
    feed = FeedInMemory(told.site())
    counted: list[str] = []
    hearers = {**HEARERS, "site_changed": Hearer(lambda _c, events: counted.extend("s" for _ in events))}
    followers = [Follower(one.database, feed, hearers) for one in (world, second, world)]
    followers[0].catch_up()
    feed.events += [*(told.person(ANNA, f"A-{number}") for number in range(40)), told.person(BEN, "B"), told.site()]
    threads = [threading.Thread(target=follower.catch_up) for follower in followers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert known(world.database) == ["A-39", "B"]
    assert counted == ["s", "s"]
    with world.database.read() as connection:
        assert read_place(connection).cursor == "1.43"


@pytest.mark.clause("SEC-1")
@pytest.mark.postgresql15
def test_a_reach_holds_who_works_in_its_units_as_they_lie_on_the_day(database: Database) -> None:
    feed = FeedInMemory(
        told.unit(TOP),
        told.unit(SHOP, ("2026-01-01", TOP), ("2026-03-01", None), heads=[(ANNA, "2026-01-15")]),
        told.person(ANNA, "A", (TOP, "2026-01-01", "2026-01-31"), (SHOP, "2026-02-01", "")),
        told.person(BEN, "B", (SHOP, "2026-01-10", "")),
    )
    Follower(database, feed, HEARERS).catch_up()
    below, there = Reach(subtrees=frozenset({TOP})), Reach(units=frozenset({TOP}))

    assert known(database, below, date(2026, 1, 5)) == ["A"]
    assert known(database, below, date(2026, 2, 5)) == ["A", "B"]
    assert known(database, below, date(2026, 3, 5)) == []
    assert known(database, there, date(2026, 2, 5)) == []
    assert known(database, Reach(own=BEN), date(2020, 1, 1)) == ["B"]
    assert known(database, Reach(), DAY) == []
    with database.read() as connection:
        posts = connection.execute(sa.select(*(heads.c[name] for name in Headship._fields)).order_by(heads.c.deputy))
        assert [Headship(*row) for row in posts] == [
            Headship(SHOP, ANNA, date(2026, 1, 15), None),
            Headship(SHOP, BEN, date(2026, 1, 15), None, deputy=True),
        ]
        by_number = queries.find_people(connection, EVERYBODY, DAY, numbers=["A"])
    assert by_number == [KnownPerson(ANNA, "A", "A")]


@pytest.mark.clause("SEC-1")
def test_a_unit_that_was_closed_lies_below_nothing_any_more(database: Database) -> None:
    feed = FeedInMemory(
        told.unit(TOP), told.unit(SHOP, ("2026-01-01", TOP), closed="2026-02-15"), told.person(BEN, "B")
    )
    Follower(database, feed, HEARERS).catch_up()
    below = Reach(subtrees=frozenset({TOP}))
    assert known(database, below, date(2026, 2, 15)) == ["B"]
    assert known(database, below, date(2026, 2, 16)) == []


def test_an_event_of_a_kind_that_this_version_does_not_know_is_skipped(database: Database) -> None:
    later = told.of_a_later_version()
    assert (later.WhichOneof("change"), later.ByteSize()) == (None, 8)
    follow = Follower(database, FeedInMemory(told.site(), later, later, later, told.person(ANNA, "A")), HEARERS)

    follow.catch_up()

    assert known(database) == ["A"]


@pytest.fixture
def seen(database: Database) -> Callable[[], list[str]]:
    """What a hearer of a service's own wrote."""

    def read() -> list[str]:
        with database.read() as connection:
            return list(connection.execute(sa.text("select said from ledger order by id")).scalars())

    return read


def remember(connection: sa.Connection, events: Sequence[Any]) -> None:
    """A hearer of a service's own."""
    for event in events:
        connection.execute(sa.text("insert into ledger (said) values (:code)"), {"code": event.site_changed.code})


def test_a_service_takes_further_kinds_in_the_transaction_that_moves_the_cursor(
    database: Database, seen: Callable[[], list[str]]
) -> None:
    feed = FeedInMemory(told.person(ANNA, "A"))
    Follower(database, feed, {"person_changed": HEARERS["person_changed"]}).catch_up()
    feed.events += [told.site()]

    def fails(connection: sa.Connection, events: Sequence[Any]) -> None:
        remember(connection, events)
        raise ZeroDivisionError

    for hears in (fails, remember):
        follow = Follower(database, feed, {**HEARERS, "site_changed": Hearer(hears)})
        try:
            follow.catch_up()
        except ZeroDivisionError:
            assert seen() == []
    assert seen() == ["HQ"]


def test_a_version_that_takes_more_kinds_reads_the_feed_anew_and_misses_nothing(
    database: Database, seen: Callable[[], list[str]], clock: SetClock
) -> None:
    feed = FeedInMemory(told.site(), told.person(ANNA, "A"))
    older = Follower(database, feed, {"person_changed": HEARERS["person_changed"]})
    newer = Follower(database, feed, {**older.hearers, "site_changed": Hearer(remember)})
    older.catch_up()

    newer.catch_up()
    newer.catch_up()
    assert seen() == ["HQ"]

    feed.events += [told.site(), told.person(BEN, "B")]
    older.catch_up()  # still running beside it: what it cannot take it leaves to the newer one
    assert known(database) == ["A"]
    newer.catch_up()
    assert (known(database), seen()) == (["A", "B"], ["HQ", "HQ"])

    feed.events += [told.person(BEN, "B2")]
    clock.pass_time(minutes=1)  # the newer one was taken back
    older.catch_up()
    assert known(database) == ["A", "B2"]
    newer.catch_up()
    assert seen() == ["HQ", "HQ", "HQ", "HQ"]


def test_more_people_than_a_statement_has_parameters_are_told_at_once(database: Database) -> None:
    count = 66_000
    everybody = [told.unit(SHOP), *(told.person(UUID(int=number + 100), str(number)) for number in range(count))]
    feed = FeedInMemory()
    feed.after = lambda cursor: FeedPage([] if cursor else everybody, "1.66001")  # type: ignore[method-assign]
    Follower(database, feed, HEARERS).catch_up()
    with database.read() as connection:
        assert len(queries.people_between(connection, EVERYBODY, (DAY, DAY), unit=SHOP)) == count
