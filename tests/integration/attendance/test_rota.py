"""The published rota: cell by cell above every assignment, all of a batch or none, within reach, taken back again."""

import threading
from collections.abc import Iterator

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import rota_pb2
from bylaw.people.v1 import staff_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import FIXED_WEEK, cell
from tests.builders.people import reason
from tests.databases import Databases
from tests.integration.attendance.rota_office import ROTA, Office, refused, rota_office

NIGHT = [{"hours": "22:00-06:00"}]


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with rota_office(postgres, rota_gap_hours=0) as made:
        yield made


@pytest.mark.postgresql15
@pytest.mark.clause("HRS-2")
def test_a_whole_months_rota_of_a_unit_is_published_at_once_and_its_rest_days_are_off(office: Office) -> None:
    rest = {office.anna: (3, 10, 17, 24, 27), office.ben: (4, 11, 18, 25, 28)}
    cells = [
        cell(person, f"2026-02-{day:02}", "rest" if day in days else "day")
        for person, days in rest.items()
        for day in range(1, 29)
    ]

    done = office.attendance.publish(office.shop, *cells)

    assert (done.published_count, done.unchanged_count) == (56, 0)
    for person, days in rest.items():
        found = {day.work_date: day for day in office.days(person)}
        assert [found[f"2026-02-{day:02}"].clause for day in days] == ["HRS-2"] * 5
        assert not any(found[f"2026-02-{day:02}"].halves for day in days)
    assert office.days(office.anna)[3].halves
    assert not office.days(office.ben)[3].halves


@pytest.mark.clause("HRS-2")
def test_a_cell_that_names_a_pattern_decides_its_day_above_the_persons_own_assignment(office: Office) -> None:
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01", segments=[{"hours": "09:00-17:00"}])
    attendance.publish(office.shop, *(cell(office.anna, day, pattern=FIXED_WEEK, segments=NIGHT) for day in NIGHTS))

    days = office.days(office.anna)

    starts = {day.work_date: [half.start_time for half in day.halves] for day in days}
    assert starts["2026-02-09"] == ["2026-02-09 09:00"]
    assert [starts[day] for day in NIGHTS] == [[f"{day} 22:00"] for day in NIGHTS]
    assert starts["2026-02-12"] == ["2026-02-12 09:00"]
    assert {day.shift_pattern for day in days} == {FIXED_WEEK}
    assert office.days(office.ben)[9].halves[0].start_time == "2026-02-10 08:30"


NIGHTS = ("2026-02-10", "2026-02-11")


@pytest.mark.clause("HRS-2", "ATT-1")
def test_a_punch_between_a_rota_night_and_the_day_after_is_bound_once(office: Office) -> None:
    """At 08:20 Anna goes from the night and comes to the day: the windows of both patterns hold the one punch."""
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01")
    attendance.publish(office.shop, cell(office.anna, "2026-02-10", pattern=FIXED_WEEK, segments=NIGHT))
    for time in ("2026-02-10 21:50:00", "2026-02-11 08:20:00", "2026-02-11 12:01:00"):
        attendance.punch(office.anna, time)

    bound = [
        card.punch_time
        for day in office.days(office.anna)
        for half in day.halves
        for card in half.card_points
        if card.punch_time
    ]
    loose = [time for day in office.days(office.anna) for time in day.other_punch_times]

    assert sorted(bound + loose) == sorted(set(bound + loose))
    assert "2026-02-10 21:50:00" in bound


@pytest.mark.clause("HRS-2")
def test_history_is_judged_by_the_rota_as_it_stands_and_a_cell_taken_back_leaves_the_assignment(office: Office) -> None:
    before = office.attendance.sheet(office.anna, "2026-02")
    office.attendance.publish(office.shop, cell(office.anna, "2026-02-03", "rest"))
    with_rest = office.attendance.sheet(office.anna, "2026-02")

    taken = office.delete(office.anna, "2026-02-03")

    after = office.attendance.sheet(office.anna, "2026-02")
    assert with_rest.inputs_digest != before.inputs_digest == after.inputs_digest
    assert with_rest.totals.planned_days == before.totals.planned_days - 1
    assert (taken.person, taken.work_date, taken.code) == (office.anna, "2026-02-03", "rest")
    assert taken.employee_number == "A-1"
    with pytest.raises(grpc.RpcError) as error:
        office.delete(office.anna, "2026-02-03")
    assert reason(error.value) == "ROTA_CELL_NOT_FOUND"


def test_a_cell_of_the_next_month_is_heeded_where_a_night_runs_over_the_end_of_this_one(office: Office) -> None:
    """The last night ends where the next day's cards begin: with a day of rest there its window is longer."""
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01", pattern=ROTA, segments=NIGHT)
    before = attendance.sheet(office.anna, "2026-03").inputs_digest
    attendance.publish(office.shop, cell(office.anna, "2026-04-01", "rest"))
    assert attendance.sheet(office.anna, "2026-03").inputs_digest != before


def test_what_is_published_again_is_replaced_or_counted_as_unchanged(office: Office) -> None:
    first = [cell(office.anna, "2026-02-03", "rest"), cell(office.anna, "2026-02-04", "rest")]
    office.attendance.publish(office.shop, *first)

    done = office.attendance.publish(office.shop, first[0], cell(office.anna, "2026-02-04", "day"))

    assert (done.published_count, done.unchanged_count) == (1, 1)
    assert office.cells(office.anna) == [
        (office.anna, "2026-02-03", "rest"),
        (office.anna, "2026-02-04", "day"),
    ]


@pytest.mark.clause("SEC-1")
def test_whoever_works_elsewhere_on_the_day_is_not_in_the_units_rota(office: Office) -> None:
    people = office.attendance.people
    moved = staff_pb2.Appointment(
        unit=office.store,
        site=office.site,
        start_date="2026-02-10",
        employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL,
    )
    request = staff_pb2.AppointPersonRequest(name=office.anna, appointment=moved)
    people.staff.AppointPerson(request, metadata=people.everything)

    refusal = refused(office, cell(office.anna, "2026-02-09", "rest"), cell(office.anna, "2026-02-10", "rest"))

    assert [(one.field, one.reason, one.en) for one in refusal.violations] == [
        (
            "rota_cells[1].person",
            "PERSON_ELSEWHERE",
            "A-1 does not work in this unit or below on 2026-02-10; days here: 2026-01-01 to 2026-02-09.",
        )
    ]
    assert office.attendance.publish(office.store, cell(office.anna, "2026-02-10", "rest")).published_count == 1


@pytest.mark.clause("SEC-1", "ORG-3")
def test_a_head_publishes_and_takes_back_within_the_unit_only(office: Office) -> None:
    head = office.attendance.caller(Scope.SUBTREE, unit=office.shop)
    alone = office.attendance.caller(Scope.UNIT, unit=office.shop)
    office.attendance.publish(office.store, cell(office.cleo, "2026-02-03", "rest"))

    assert office.attendance.publish(office.shop, cell(office.anna, "2026-02-03", "rest"), caller=head).published_count
    assert refused(office, cell(office.cleo, "2026-02-03", "rest"), unit=office.store, caller=head).reason == (
        "UNIT_NOT_FOUND"
    )
    assert refused(office, cell(office.ben, "2026-02-03", "rest"), caller=alone).violations[0].reason == (
        "PERSON_NOT_FOUND"
    )
    with pytest.raises(grpc.RpcError) as error:
        office.delete(office.cleo, "2026-02-03", head)
    assert reason(error.value) == "ROTA_CELL_NOT_FOUND"
    assert office.delete(office.anna, "2026-02-03", head).code == "rest"
    assert office.cells(office.store) == [(office.cleo, "2026-02-03", "rest")]


@pytest.mark.clause("SEC-1")
def test_a_person_sees_their_own_cells_and_a_head_those_of_the_unit_in_pages(office: Office) -> None:
    every = [cell(person, f"2026-02-0{day}", "rest") for person in (office.ben, office.anna) for day in (4, 3)]
    office.attendance.publish(office.shop, *every)
    own = office.attendance.caller(Scope.SELF, person=office.anna)
    head = office.attendance.caller(Scope.SUBTREE, unit=office.shop)

    in_order = [(person, f"2026-02-0{day}", "rest") for person in (office.anna, office.ben) for day in (3, 4)]
    assert office.cells(office.anna, caller=own) == in_order[:2]
    assert office.cells(office.shop, caller=head) == in_order
    assert office.cells(office.shop, "2026-03", head) == []
    for parent, caller, why in ((office.ben, own, "PERSON_NOT_FOUND"), (office.store, head, "UNIT_NOT_FOUND")):
        with pytest.raises(grpc.RpcError) as error:
            office.cells(parent, caller=caller)
        assert reason(error.value) == why
    request = rota_pb2.ListRotaCellsRequest(parent=office.shop, month="2026-02", page_size=3)
    first = office.attendance.rota.ListRotaCells(request, metadata=head)
    request.page_token = first.next_page_token
    rest = office.attendance.rota.ListRotaCells(request, metadata=head)
    assert [one.employee_number for one in (*first.rota_cells, *rest.rota_cells)] == ["A-1", "A-1", "B-1", "B-1"]
    assert [one.name for one in (*first.rota_cells, *rest.rota_cells)] == [
        f"{person}/rotaCells/{day}" for person, day, _ in in_order
    ]
    assert not rest.next_page_token


def test_the_same_wish_again_answers_the_same(office: Office) -> None:
    request = rota_pb2.PublishRotaCellsRequest(
        parent=office.shop, rota_cells=[cell(office.anna, "2026-02-03", "rest")], request_id="rota-1"
    )
    first = office.attendance.rota.PublishRotaCells(request, metadata=office.attendance.everything)
    assert office.attendance.rota.PublishRotaCells(request, metadata=office.attendance.everything) == first
    assert first.published_count == 1


@pytest.mark.postgresql15
def test_two_who_publish_the_same_cells_at_once_do_not_lock_each_other_up(office: Office) -> None:
    def cells(code: str) -> list[rota_pb2.RotaCell]:
        return [cell(who, f"2026-02-{day:02}", code) for who in (office.anna, office.ben) for day in range(1, 29)]

    failed: list[str] = []

    def publish(code: str) -> None:
        made = cells(code) if code < "m" else cells(code)[::-1]
        for _ in range(5):
            try:
                office.attendance.publish(office.shop, *made)
            except grpc.RpcError as error:
                failed.append(reason(error))

    threads = [threading.Thread(target=publish, args=(code,)) for code in ("day", "late", "night", "rest")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert len({code for _, _, code in office.cells(office.shop)}) == 1


@pytest.mark.clause("SEC-3")
def test_the_trail_says_who_published_of_whom(office: Office) -> None:
    office.attendance.publish(office.shop, cell(office.anna, "2026-02-03", "rest"))
    with office.attendance.service.database.read() as connection:
        row = connection.execute(sa.text("select targets from audit where method like '%PublishRotaCells'")).one()
    assert row.targets == [office.shop, office.anna]
