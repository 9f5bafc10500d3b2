"""Two at once: one head, one appointment, one effect for one key; threads on a real database decide."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import NOBODY
from bylaw_people.rules.versions import Rewriting
from bylaw_people.store.work import Store
from bylaw_people.use_cases.finding import EVERYONE
from sqlalchemy.exc import IntegrityError

from tests.builders.organisation import Changes
from tests.builders.people import PeopleService, identifier, reason
from tests.integration.people.conftest import Shop
from tests.integration.people.test_access_review import queries
from tests.integration.people.test_positions_and_sites import position

pytestmark = pytest.mark.postgresql15


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Answers, or reasons of refusals, of calls that begin at the same moment."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except grpc.RpcError as error:
            return reason(error)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.clause("ORG-3")
def test_of_three_heads_appointed_at_once_only_one_heads_the_unit(shop: Shop) -> None:
    answers = at_once(
        lambda: shop.service.head(shop.stock.name, shop.qian.name, "2026-03-01"),
        lambda: shop.service.head(shop.stock.name, shop.wang.name, "2026-03-01"),
        lambda: shop.service.head(shop.stock.name, shop.zhao.name, "2026-03-01"),
    )
    assert {getattr(answer, "head", answer) for answer in answers} == {
        shop.qian.name,
        shop.wang.name,
        shop.zhao.name,
    }
    with shop.service.service.database.read() as connection:
        found = connection.execute(
            sa.text("select count(*) from headships where unit = :unit and superseded_at is null"),
            {"unit": identifier(shop.stock.name)},
        )
        assert found.scalar() == 1


@pytest.mark.clause("ORG-4")
def test_of_two_appointments_at_once_both_are_on_record_and_one_holds(shop: Shop) -> None:
    people = shop.service

    def appoint(unit: org.Unit) -> staff.Person:
        wish = staff.Appointment(
            unit=unit.name,
            site=shop.site.name,
            employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
            start_date="2026-04-01",
        )
        request = staff.AppointPersonRequest(name=shop.wang.name, appointment=wish)
        return people.staff.AppointPerson(request, metadata=people.everything)

    answers = at_once(lambda: appoint(shop.stock), lambda: appoint(shop.online))
    assert not [answer for answer in answers if isinstance(answer, str)]
    history = people.staff.ListAppointments(
        staff.ListAppointmentsRequest(parent=shop.wang.name), metadata=people.everything
    ).appointments
    assert [(row.start_date, row.end_date) for row in history] == [("2026-01-01", "2026-03-31"), ("2026-04-01", "")]


@pytest.mark.parametrize("table", ["appointments", "headships", "deputyships"])
def test_the_database_itself_refuses_an_overlap(shop: Shop, table: str) -> None:
    copy = {
        "appointments": "person, unit, site, employment_kind",
        "headships": "unit, person",
        "deputyships": "unit, person",
    }[table]
    Changes(shop.service).deputy(shop.sales.name, shop.wang.name, "2026-01-01")
    statement = sa.text(
        f"insert into {table} (id, {copy}, start_date, recorded_at) "  # noqa: S608
        f"select gen_random_uuid(), {copy}, start_date + 30, recorded_at from {table}"
    )
    with (
        pytest.raises(IntegrityError, match=f"{table}_apart"),
        shop.service.service.database.engine.begin() as connection,
    ):
        connection.execute(statement)


def test_the_same_key_at_once_takes_one_person_on(shop: Shop) -> None:
    people = shop.service
    first = staff.Appointment(
        unit=shop.sales.name,
        site=shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date="2026-03-01",
    )
    person = staff.Person(number="2001", display_name="Sun", appointment=first)
    request = staff.CreatePersonRequest(person=person, request_id="one wish")
    answers = at_once(*[lambda: people.staff.CreatePerson(request, metadata=people.everything)] * 3)
    assert all(answer == answers[0] for answer in answers), [str(answer)[:60] for answer in answers]
    found = people.staff.ListPeople(staff.ListPeopleRequest(number="2001"), metadata=people.everything).people
    assert [found_person.name for found_person in found] == [answers[0].name]


def test_one_number_at_once_is_taken_once_and_the_other_is_told(shop: Shop) -> None:
    people = shop.service
    take = lambda: people.person("2002", shop.sales.name, shop.site.name)  # noqa: E731
    answers = at_once(take, take, take)
    assert sorted(answer for answer in answers if isinstance(answer, str)) == ["PERSON_NUMBER_TAKEN"] * 2


@pytest.mark.clause("ORG-1")
def test_a_move_that_is_not_committed_yet_is_waited_for_so_that_no_circle_is_made(people: PeopleService) -> None:
    top = people.unit("TOP")
    left, right = people.unit("LEFT", top.name), people.unit("RIGHT", top.name)
    below_left, below_right = people.unit("LEFT-1", left.name), people.unit("RIGHT-1", right.name)
    day = date(2026, 5, 1)

    def move() -> Any:
        wish = org.Unit(name=right.name, parent=below_left.name, effective_date=day.isoformat())
        return people.organisation.UpdateUnit(org.UpdateUnitRequest(unit=wish), metadata=people.everything)

    with ThreadPoolExecutor(1) as pool, Store(people.service.database).work(NOBODY) as records:
        records.units.lock_tree()
        unit = records.units.find(identifier(left.name), EVERYONE, day)
        assert unit
        version = replace(unit.versions[-1], effective_date=day, parent=identifier(below_right.name))
        records.units.rewrite([(unit.with_version(version), Rewriting((version,)))])
        waiting = pool.submit(at_once, move)
        assert not wait([waiting], timeout=1).done
    assert waiting.result() == ["UNIT_CYCLE"]


@pytest.mark.clause("ORG-1")
def test_nobody_is_appointed_to_a_unit_that_is_being_closed(shop: Shop) -> None:
    change = Changes(shop.service)
    change.appoint(shop.zhao.name, shop.sales.name, shop.site.name, "2026-02-01")
    answers = at_once(
        lambda: change.close(shop.online.name, "2026-03-31"),
        lambda: change.appoint(shop.wang.name, shop.online.name, shop.site.name, "2026-04-01"),
    )
    refused = [answer for answer in answers if isinstance(answer, str)]
    assert refused in (["UNIT_IN_USE"], ["UNIT_NOT_FOUND"], ["UNIT_CLOSED"]), answers


@pytest.mark.clause("POS-2")
@pytest.mark.parametrize("kind", ["position", "site"])
def test_nobody_is_taken_on_for_a_position_or_a_site_whose_closing_is_not_committed_yet(shop: Shop, kind: str) -> None:
    people, day = shop.service, date(2026, 4, 1)
    clerk = position(people, shop.sales.name)
    wish = staff.Appointment(
        unit=shop.sales.name,
        position=clerk,
        site=shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date=day.isoformat(),
    )
    person = staff.Person(number="2001", display_name="Sun", appointment=wish)
    with ThreadPoolExecutor(1) as pool, Store(people.service.database).work(NOBODY) as records:
        store: Any = records.positions if kind == "position" else records.sites
        found = store.held(identifier(clerk if kind == "position" else shop.site.name))
        store.find(found.id, *([EVERYONE, day] if kind == "position" else []), lock=True)
        closing = Rewriting((replace(found.versions[-1], effective_date=day, closed=True),))
        store.rewrite(found.rewritten(closing), closing)
        request = staff.CreatePersonRequest(person=person)
        waiting = pool.submit(at_once, lambda: people.staff.CreatePerson(request, metadata=people.everything))
        assert not wait([waiting], timeout=1).done
    assert waiting.result() == [f"{kind.upper()}_CLOSED"]


def test_taking_somebody_on_asks_for_each_place_once(shop: Shop) -> None:
    wish = staff.Appointment(
        unit=shop.sales.name,
        position=position(shop.service, shop.sales.name),
        site=shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date="2026-04-01",
    )
    person = staff.Person(number="2001", display_name="Sun", appointment=wish)
    with queries(shop.service) as made:
        shop.service.staff.CreatePerson(staff.CreatePersonRequest(person=person), metadata=shop.service.everything)
    asked = Counter(words[words.index("FROM") + 1] for words in map(str.split, made) if words[0] == "SELECT")
    assert {name: asked[name] for name in ("positions", "sites", "units")} == {"positions": 1, "sites": 1, "units": 2}
