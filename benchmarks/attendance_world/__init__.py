"""An attendance service with people in it for benchmarks: its own embedded PostgreSQL, no network."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from bylaw_attendance.app import MIGRATIONS
from bylaw_chassis.database import Database
from bylaw_chassis.migrate import migrate
from bylaw_chassis.organisation.facts import PersonFacts, SiteFacts, SiteVersion, Stay, UnitFacts, UnitVersion
from bylaw_chassis.organisation.place import Place, move
from bylaw_chassis.organisation.writing import write_people, write_sites, write_units
from bylaw_chassis.values import new_id
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from sqlalchemy import make_url

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MONTH = date(2026, 1, 1)
CARD_TIMES = ("08:21", "12:02", "13:52", "18:03")


class Nobody:
    """Stands for people's feed where nothing new is in it."""

    def catch_up(self) -> None:
        """There is nothing to read."""

    def refresh(self) -> bool:
        """What is known is all there is."""
        return True


@dataclass(frozen=True)
class World:
    """A database with a unit, teams below it if wished, a site, and people who are numbered from 1."""

    database: Database
    admin_url: str
    unit: UUID
    site: UUID
    people: dict[str, UUID]
    teams: tuple[UUID, ...] = ()
    """To which people belong in turn; without any they belong to the unit."""

    def of_team(self, place: int) -> list[UUID]:
        """The people of a team."""
        return list(self.people.values())[place :: len(self.teams)]


@contextmanager
def world(count: int, *, teams: int = 0) -> Iterator[World]:
    """The world with so many people, in so many teams."""
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder))
        try:
            yield _filled(postgres.start(), count, teams)
        finally:
            postgres.stop()


def _filled(admin_url: str, count: int, teams: int) -> World:
    migrate(admin_url, MIGRATIONS, password="benchmark")  # noqa: S106 - of a database that is gone in a minute
    url = make_url(admin_url).set(username="bylaw_attendance", password="benchmark")  # noqa: S106
    database = Database(url.render_as_string(hide_password=False), "attendance", lambda: NOW)
    unit, site, first = new_id(), new_id(), date(2020, 1, 1)
    people = {str(number): new_id() for number in range(1, count + 1)}
    below = tuple(new_id() for _ in range(teams))
    with database.work() as work:
        move(work.connection, Place(), "benchmark", kinds=(), ended_at=NOW)
        version = SiteVersion(site, first, None, "HQ", "HQ", "HQ", "Asia/Shanghai", "CN")
        write_sites(work.connection, [SiteFacts(site, (version,))])
        versions = [UnitVersion(unit, first, None, None, "U")]
        versions += [UnitVersion(team, first, None, unit, f"U{place}") for place, team in enumerate(below)]
        write_units(work.connection, [UnitFacts(one.unit, (one,), ()) for one in versions])
        places = zip(people.values(), itertools.cycle(below or (unit,)), strict=False)
        stays = {one: (Stay(one, first, None, place, site),) for one, place in places}
        write_people(work.connection, (PersonFacts(one, n, n, stays[one]) for n, one in people.items()))
    return World(database, admin_url, unit, site, people, below)


def clock_file(numbers: list[str], days: list[date]) -> bytes:
    """An attlog of everybody's four card points a day, device by device as clocks write them: in order of time."""
    lines = [
        f"{number}\t{day} {card}:{(int(number) * 7) % 60:02}\t1\t0\t1\t0"
        for day in days
        for card in CARD_TIMES
        for number in numbers
    ]
    return "\n".join(lines).encode()


def working_days(count: int) -> list[date]:
    """So many days from the month's beginning, Sundays left out."""
    days = (MONTH + timedelta(days=number) for number in range(31))
    return [day for day in days if day.weekday() < 6][:count]
