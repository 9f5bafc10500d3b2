"""Ids made by the ten thousand: version 7, in order, all different."""

from datetime import UTC, datetime
from uuid import UUID

from bylaw_attendance.store.bulk import new_ids

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_ids_of_one_moment_are_in_order_and_of_version_seven() -> None:
    made = [UUID(bytes=identifier) for identifier in new_ids(70_000, NOW)]

    assert made == sorted(set(made))
    assert {identifier.version for identifier in made} == {7}
    assert made[0].int >> 80 == int(NOW.timestamp() * 1000)


def test_no_ids_are_made_of_nothing() -> None:
    assert new_ids(0, NOW) == []
