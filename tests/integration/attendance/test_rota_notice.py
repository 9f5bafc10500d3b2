"""Rota at short notice: what comes or changes too late is marked, and its people are told by a notice, once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from bylaw.attendance.v1 import rota_pb2
from bylaw.people.v1 import notices_pb2, notices_pb2_grpc
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.attendance import cell
from tests.builders.people import identifier
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, rota_office


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """Three days ahead is what notice of a rota is given."""
    with rota_office(postgres) as made:
        yield made


def day(office: Office, ahead: int) -> str:
    """A date so many days from today on."""
    return f"{(office.attendance.clock() + timedelta(ahead)).date()}"


def marked(office: Office, person: str) -> dict[str, bool]:
    """The cells of the months around today by day, and whether each came at short notice."""
    months = {day(office, ahead)[:7] for ahead in (-5, 0, 10)}
    found: dict[str, bool] = {}
    for month in months:
        request = rota_pb2.ListRotaCellsRequest(parent=person, month=month)
        listed = office.attendance.rota.ListRotaCells(request, metadata=office.attendance.everything)
        found |= {one.work_date: one.short_notice for one in listed.rota_cells}
    return found


def told(office: Office, person: str) -> list[notices_pb2.Notice]:
    """Somebody's notices, when all that is due was sent."""
    attendance, people = office.attendance, office.attendance.people
    while attendance.service.runner.run_one(["tell-people"]):
        pass
    grant = HeldGrant(Scope.SELF, None, frozenset())
    reader = people.as_caller(grant, person=identifier(person))
    stub = notices_pb2_grpc.NoticesStub(people.channel)
    return list(stub.ListNotices(notices_pb2.ListNoticesRequest(), metadata=reader).notices)


@pytest.mark.clause("HRS-2", "PLN-2")
def test_a_day_that_comes_later_than_notice_is_given_is_marked_and_its_person_is_told_once(office: Office) -> None:
    done = office.attendance.publish(
        office.shop, cell(office.anna, day(office, 2), "rest"), cell(office.ben, day(office, 9), "rest")
    )

    assert (done.published_count, done.short_notice_count) == (2, 1)
    assert marked(office, office.anna) == {day(office, 2): True}
    assert marked(office, office.ben) == {day(office, 9): False}
    (notice,) = told(office, office.anna)
    assert notice.title.en == "Your rota was changed at short notice"
    assert (notice.title.zh, notice.sender) == ("您的排班有临时变动", "")
    assert day(office, 2) in notice.body.en
    assert day(office, 2) in notice.body.zh
    assert told(office, office.ben) == []


@pytest.mark.clause("HRS-2")
def test_what_was_published_in_time_and_changes_later_is_marked_and_told_and_so_is_what_is_taken_back(
    office: Office,
) -> None:
    office.attendance.publish(office.shop, cell(office.anna, day(office, 5), "rest"))
    assert marked(office, office.anna) == {day(office, 5): False}
    office.attendance.clock.pass_time(days=4)

    office.attendance.publish(office.shop, cell(office.anna, day(office, 1), "day"))

    assert marked(office, office.anna) == {day(office, 1): True}
    assert len(told(office, office.anna)) == 1
    office.delete(office.anna, day(office, 1))
    assert len(told(office, office.anna)) == 2


def test_to_put_the_past_in_order_tells_nobody_but_to_change_what_was_published_of_it_does(office: Office) -> None:
    assert office.attendance.publish(office.shop, cell(office.anna, day(office, -4), "rest")).short_notice_count == 1
    assert told(office, office.anna) == []

    office.attendance.publish(office.shop, cell(office.anna, day(office, -4), "day"))

    assert len(told(office, office.anna)) == 1


def test_who_has_left_meanwhile_keeps_nobody_else_from_being_told(office: Office) -> None:
    people = office.attendance.people
    dora = people.person("D-1", office.shop, office.site, until=day(office, 3)).name
    office.attendance.publish(office.shop, *(cell(one, day(office, 1), "rest") for one in (office.anna, dora)))
    office.attendance.clock.pass_time(days=8)

    assert len(told(office, office.anna)) == 1
