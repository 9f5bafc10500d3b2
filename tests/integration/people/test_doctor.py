"""The doctor of people: a foreign master key and histories that overlap are found."""

from collections.abc import Mapping

import psycopg
import pytest
from bylaw_chassis.doctor import Examined, Finding, examine
from bylaw_people.doctor import MIGRATIONS, checks

from tests.builders.organisation import Changes
from tests.builders.people import MASTER_KEY, PeopleService, url_of_admin
from tests.databases import Databases, plain
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


def found(people: PeopleService, master_key: str = MASTER_KEY, *, running: bool = False) -> Mapping[str, Finding]:
    """What the doctor says, by check."""
    findings = examine(Examined(people.service.database, MIGRATIONS, running=running), checks(master_key))
    return {finding.check: finding for finding in findings}


def tampered(postgres: Databases, people: PeopleService, *statements: str) -> None:
    """Does something as the database's administrator."""
    with psycopg.connect(plain(url_of_admin(postgres, people.url)), options="-csearch_path=people") as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_an_organisation_in_order_is_found_well(shop: Shop) -> None:
    shop.service.keys.current()
    assert [name for name, finding in found(shop.service).items() if not finding.holds] == []
    assert found(shop.service)["appointments"].seen.en == "4 count, 0 pairs overlap."


def test_a_master_key_of_another_installation_is_found(people: PeopleService) -> None:
    people.keys.current()
    finding = found(people, "a key of quite another installation, long enough")["signing keys"]
    assert not finding.holds
    assert "master.key" in finding.cure.zh


def test_two_appointments_of_one_person_on_one_day_are_found(shop: Shop, postgres: Databases) -> None:
    again = "insert into appointments select gen_random_uuid(), person, unit, position, site, employment_kind,"
    tampered(
        postgres,
        shop.service,
        "alter table appointments drop constraint appointments_apart",
        f"{again} start_date + 30, null, recorded_at, null, null, null from appointments limit 1",
    )
    assert found(shop.service)["appointments"].seen.en == "5 count, 1 pairs overlap."
    assert not found(shop.service)["appointments"].holds


def test_two_heads_of_one_unit_on_one_day_are_found(shop: Shop, postgres: Databases) -> None:
    tampered(
        postgres,
        shop.service,
        "alter table headships drop constraint headships_apart",
        "insert into headships select gen_random_uuid(), unit, person, start_date, null, recorded_at, null, null, null"
        " from headships limit 1",
    )
    assert not found(shop.service)["headships"].holds


def test_an_entry_deleted_from_peoples_feed_is_found(shop: Shop, postgres: Databases) -> None:
    assert shop.service.events()
    tampered(postgres, shop.service, "delete from feed where position = 2")
    assert not found(shop.service)["feed"].holds


def test_two_deputies_of_one_unit_on_one_day_are_found(shop: Shop, postgres: Databases) -> None:
    Changes(shop.service).deputy(shop.sales.name, shop.wang.name, "2026-01-01")
    tampered(
        postgres,
        shop.service,
        "alter table deputyships drop constraint deputyships_apart",
        "insert into deputyships select gen_random_uuid(), unit, person, start_date, null, recorded_at, null, null,"
        " null from deputyships limit 1",
    )
    assert not found(shop.service)["deputyships"].holds


def test_units_that_are_shown_otherwise_than_their_versions_say_are_found(shop: Shop, postgres: Databases) -> None:
    tampered(postgres, shop.service, "update unit_spans set valid_from = valid_from + 1")
    assert found(shop.service)["units as of a date"].seen.en == "4 spans, 8 differ from the versions."
