"""Heads, human resources and an employee act on a month at the same moment: what was closed is what was reviewed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from bylaw_chassis.status import refusal_from

from tests.builders.closing import CLOSED, FEBRUARY, Months, months_of, objection_made
from tests.builders.corrections import ACCEPTED
from tests.databases import Databases

FRIDAY = "2026-02-27"


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres, "2026-03-05") as made:
        yield made


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call answers, or the reason it was refused with, all of them started together."""
    start = threading.Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except grpc.RpcError as error:
            return refusal_from(error).reason

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


@pytest.mark.postgresql15
@pytest.mark.clause("SHT-3")
def test_a_correction_that_is_accepted_while_the_month_is_closed_is_in_it_or_is_refused(months: Months) -> None:
    shop = months.shop
    asked = [shop.ask(f"{FRIDAY} 08:20", person=person) for person in (shop.anna, shop.ben)]
    months.review()
    months.hand_over()
    months.at(2026, 3, 6, 4)

    first, second, closed, again = at_once(
        lambda: shop.accept(asked[0].name).state,
        lambda: shop.accept(asked[1].name, months.human_resources).state,
        lambda: months.close().state,
        lambda: months.close().state,
    )

    assert {first, second} <= {ACCEPTED, "MONTH_CLOSED"}
    assert [closed, again].count(CLOSED) <= 1
    if CLOSED not in {closed, again}:
        assert {closed, again} <= {"SHEETS_NOT_REVIEWED", "SHEETS_CHANGED"}
        months.review()
        assert months.close().state == CLOSED
    for person, outcome in ((shop.anna, first), (shop.ben, second)):
        (version,) = months.versions(person)
        punches = shop.punches(person)
        assert len(punches) == (outcome == ACCEPTED)
        sheet = shop.attendance.sheet(person, FEBRUARY)
        assert sheet.inputs_digest == version.inputs_digest
        (friday,) = [day for day in sheet.days if day.work_date == FRIDAY]
        bound = [card.punch_time for half in friday.halves for card in half.card_points if card.punch_time]
        assert bound == [f"{FRIDAY} 08:20:00"] * len(punches), "what was accepted is in what was closed"


@pytest.mark.clause("SHT-1", "SHT-2")
def test_two_heads_hand_over_and_the_employee_objects_twice_at_once(months: Months) -> None:
    shop = months.shop
    months.review()
    outcomes = at_once(
        lambda: months.hand_over(caller=shop.head).state,
        lambda: months.hand_over(caller=months.deputy).state,
        lambda: objection_made(shop.attendance, shop.anna, FEBRUARY).name,
        lambda: objection_made(shop.attendance, shop.anna, FEBRUARY).name,
    )
    assert outcomes[:2].count("MONTH_HANDED_OVER") == 1
    assert outcomes[2:].count("OBJECTION_WAITS") == 1
    assert months.shown().waiting_objection_count == 1
