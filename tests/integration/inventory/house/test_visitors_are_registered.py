"""Everyone who enters the warehouse is registered, in and out; mistakes are struck out, names forgotten (WHS-10)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from bylaw.inventory.v1 import feed_pb2
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.house import IN, OUT, Door
from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.builders.receiving import refusal_of
from tests.databases import Databases, plain
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-10")
NEVER = "018f0000-0000-7000-8000-000000000000"


def test_a_visitor_comes_in_is_inside_and_leaves(inventory: InventoryService, house: House, door: Door) -> None:
    host = inventory.people.person(f"H{house.number}", house.unit, house.site).name
    visit = door.enters("李明", company="电梯公司", purpose="修电梯", host=host)
    assert (visit.visitor_name, visit.company, visit.purpose, visit.person) == ("", "", "", "")
    shown = door.shown(visit.name)
    assert (shown.visitor_name, shown.company, shown.purpose) == ("李明", "电梯公司", "修电梯")
    assert (shown.warehouse, shown.host, shown.in_time) == (door.warehouse, host, visit.in_time)
    assert door.inside() == ["李明"]
    inventory.clock.pass_time(hours=1)
    left = door.leaves(visit.name)
    assert left.out_time.seconds - left.in_time.seconds == 3600
    assert door.inside() == []
    assert [entry.side for entry in door.shown(visit.name).entries] == [IN, OUT]
    assert_sound(inventory)


def test_somebody_of_the_house_comes_in_by_their_id(inventory: InventoryService, house: House, door: Door) -> None:
    person = inventory.people.person(f"P{house.number}", house.unit, house.site).name
    door.enters(person=person)
    assert door.inside() == [person]
    assert refusal_of(lambda: door.enters(person=person)) == "VISITOR_INSIDE"
    assert refusal_of(lambda: door.enters(person=f"people/{NEVER}")) == "PERSON_NOT_FOUND"
    assert refusal_of(lambda: door.enters("Li", host=f"people/{NEVER}")) == "PERSON_NOT_FOUND"


def test_nobody_is_in_twice(inventory: InventoryService, door: Door) -> None:
    now = inventory.clock.now
    first = door.enters("Li Ming", now - timedelta(hours=5), company="Lifts")
    assert refusal_of(lambda: door.enters("li ming", company="LIFTS")) == "VISITOR_INSIDE"
    door.enters("Li Ming", company="Other")
    door.leaves(first.name, now - timedelta(hours=3))
    assert refusal_of(lambda: door.enters("Li Ming", now - timedelta(hours=4), company="Lifts")) == "VISITOR_INSIDE"
    again = door.enters("Li Ming", now - timedelta(hours=3), company="Lifts")
    assert refusal_of(lambda: door.strike(first.name, OUT)) == "VISITOR_INSIDE"
    door.leaves(again.name)
    assert_sound(inventory)


def test_of_many_at_the_door_at_once_one_is_let_in(door: Door) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: refusal_of(lambda: door.enters("Li")), range(8)))
    assert sorted(said) == ["", *["VISITOR_INSIDE"] * 7]
    assert door.inside() == ["Li"]


def test_what_cannot_have_been_is_refused(inventory: InventoryService, door: Door) -> None:
    now = inventory.clock.now
    later, before = now + timedelta(seconds=1), now - timedelta(seconds=1)
    assert refusal_of(lambda: door.enters("Li", later)) == "VISIT_NOT_YET"
    visit = door.enters("Li", now).name
    assert refusal_of(lambda: door.leaves(visit, later)) == "VISIT_NOT_YET"
    assert refusal_of(lambda: door.leaves(visit, before)) == "OUT_BEFORE_IN"
    assert door.inside() == ["Li"]
    door.leaves(visit)
    assert refusal_of(lambda: door.leaves(visit)) == "VISIT_OVER"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "Li", "person": f"people/{NEVER}"},
        {"person": f"people/{NEVER}", "company": "Lifts"},
        {"name": "Li", "purpose": ""},
        {"name": " Li"},
        {"name": "L" * 101},
        {"name": "Li", "company": "C" * 101},
        {"name": "Li", "purpose": "P" * 201},
        {"name": "Li", "host": "units/x"},
        {"person": "Li"},
    ],
)
def test_a_form_filled_in_wrong_is_refused(door: Door, said: dict[str, Any]) -> None:
    assert refusal_of(lambda: door.enters(**said)) == "FIELD_INVALID"
    assert door.listed() == []


def test_what_is_not_there_is_refused(door: Door) -> None:
    elsewhere = Door(door.inventory, f"warehouses/{NEVER}")
    assert refusal_of(lambda: elsewhere.enters("Li")) == "WAREHOUSE_NOT_FOUND"
    assert refusal_of(elsewhere.listed) == "WAREHOUSE_NOT_FOUND"
    asked: list[Callable[[], Any]] = [
        lambda: door.shown(f"visits/{NEVER}"),
        lambda: door.leaves(f"visits/{NEVER}"),
        lambda: door.strike(f"visits/{NEVER}", IN),
    ]
    assert [refusal_of(one) for one in asked] == ["VISIT_NOT_FOUND"] * 3


def test_a_mistake_is_struck_out_by_a_further_row(inventory: InventoryService, door: Door) -> None:
    visit = door.enters("Li").name
    assert refusal_of(lambda: door.strike(visit, OUT)) == "VISIT_NOT_OUT"
    door.leaves(visit)
    assert refusal_of(lambda: door.strike(visit, IN)) == "VISIT_OUT_STANDS"
    assert not door.strike(visit, OUT, "it was another").HasField("out_time")
    assert door.inside() == ["Li"]
    door.leaves(visit)
    door.strike(visit, OUT)
    assert door.strike(visit, IN, "never came").struck_out
    assert door.inside() == []
    entries = door.shown(visit).entries
    assert [(one.side, one.strike_reason) for one in entries] == [
        (IN, "never came"),
        (OUT, "it was another"),
        (OUT, "a slip of the pen"),
    ]
    assert all(one.HasField("strike_time") and one.struck_by for one in entries)
    for act in (lambda: door.strike(visit, IN), lambda: door.strike(visit, OUT), lambda: door.leaves(visit)):
        assert refusal_of(act) == "VISIT_STRUCK_OUT"
    door.enters("Li")
    assert refusal_of(lambda: door.strike(visit, IN, "")) == "FIELD_INVALID"
    assert_sound(inventory)


def test_visits_are_listed_by_day(inventory: InventoryService, door: Door) -> None:
    now = inventory.clock.now
    stayed = door.enters("Night", now - timedelta(days=2)).name
    door.leaves(stayed, now - timedelta(days=1))
    door.enters("Today")

    def on(days: int) -> list[str]:
        day = (now - timedelta(days=days)).date().isoformat()
        return [one.visitor_name for one in door.listed(visit_date=day)]

    assert [on(days) for days in (0, 1, 2, 3)] == [["Today"], ["Night"], ["Night"], []]
    assert refusal_of(lambda: door.listed(visit_date="today")) == "FIELD_INVALID"


def test_a_visit_is_registered_once_however_often_it_is_sent(door: Door) -> None:
    key = "018f0000-0000-7000-8000-0000000000aa"
    assert door.enters("Li", request_id=key).name == door.enters("Li", request_id=key).name
    assert door.inside() == ["Li"]


def test_who_came_is_told_to_nobody_else(postgres: Databases, inventory: InventoryService, door: Door) -> None:
    visit = door.enters("Secret Person", company="Secret Company", purpose="Secret Purpose").name
    door.leaves(visit)
    door.strike(visit, OUT, "Secret Reason")
    events = inventory.feed.ListEvents(feed_pb2.ListEventsRequest(page_size=1000), metadata=inventory.everything).events
    assert not [one for one in events if "Secret" in str(one)]
    address = plain(url_of_admin(postgres, inventory.url))
    kept = set()
    with psycopg.connect(address, options="-csearch_path=inventory") as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'inventory'").fetchall()
        for (table,) in tables:
            found = connection.execute(f"select 1 from {table} as t where t::text like '%Secret%'").fetchone()  # noqa: S608
            kept |= {table} if found else set()
    assert kept == {"visits"}
    reader = inventory.people.as_caller(HeldGrant(Scope.COMPANY, None, frozenset({"inventory.stock.read"})))
    other = Door(inventory, door.warehouse, reader)
    assert refusal_of(other.listed) == "PERMISSION_MISSING"


def test_who_it_was_is_forgotten_but_not_that_somebody_was_there(inventory: InventoryService, door: Door) -> None:
    left, struck, inside = (door.enters(name).name for name in ("Left", "Struck", "Inside"))
    door.leaves(left)
    door.strike(left, OUT, "Left was another")
    door.leaves(left)
    door.strike(struck, IN)
    inventory.clock.pass_time(days=6)
    forget(inventory)
    assert door.shown(left).visitor_name == "Left"
    inventory.clock.pass_time(days=2)
    forget(inventory)
    gone = door.shown(left)
    assert (gone.visitor_name, gone.company, gone.purpose, gone.person, gone.host) == ("", "", "", "", "")
    assert gone.HasField("forget_time")
    assert gone.HasField("out_time")
    assert [one.strike_reason for one in gone.entries] == ["", "", ""]
    assert door.shown(struck).visitor_name == ""
    assert door.shown(inside).visitor_name == "Inside"
    assert refusal_of(lambda: door.strike(left, OUT)) == "VISIT_FORGOTTEN"
    forget(inventory)
    assert_sound(inventory)


def forget(inventory: InventoryService) -> None:
    """What the timer does every hour."""
    timers = {timer.kind: timer.function for timer in inventory.service.runner.timers}

    class Lease:
        def hold(self, connection: object) -> None:
            """Nobody else works."""

    timers["forget-visitors"](Lease())  # type: ignore[arg-type]
