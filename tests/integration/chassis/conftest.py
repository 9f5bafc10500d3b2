"""Fixtures of the chassis's tests: a migrated database, a worker on it, and a second one beside it."""

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.integration.chassis.worlds import World, database, prepare


@pytest.fixture
def counting_url(postgres: Databases) -> Iterator[str]:
    """A fresh database of counters, as its administrator sees it."""
    url = postgres.prepared("chassis-counting", prepare)
    yield url
    postgres.drop(url)


@pytest.fixture
def world(counting_url: str) -> Iterator[World]:
    """A worker."""
    made = World(database(counting_url))
    yield made
    made.database.close()


@pytest.fixture
def second(counting_url: str, world: World) -> Iterator[World]:
    """Another worker on the same database, with an engine of its own and the same signing key."""
    made = World(database(counting_url), key=world.key)
    yield made
    made.database.close()
