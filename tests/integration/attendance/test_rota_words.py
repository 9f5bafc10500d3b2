"""A rota's words: each is held against the pattern by which the person's day is judged, and an unknown one refused."""

from collections.abc import Iterator
from typing import Any

import pytest
from bylaw_fixed_week.parameters import Week

from tests.builders.attendance import FIXED_WEEK, AttendanceService, attendance_service, cell
from tests.builders.policies import Rota, brought
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused

BY_ROTA, CREWS = "shiftPatterns/rest-by-rota@1", "shiftPatterns/crews@1"
COUNTING = "shiftPatterns/counting@1"
DAY_AND_NIGHT: dict[str, Any] = {
    "shifts": [{"code": "day", "hours": ["08:00-16:00"]}, {"code": "night", "hours": ["16:00-23:00"]}],
    "cycle": ["day", "night", "rest"],
}


class Counting(Rota):
    """Says how often it was asked for its words."""

    name = "counting"
    asked = 0

    def cells(self, parameters: Week) -> tuple[str, ...]:  # noqa: ARG002
        self.asked += 1
        return ("rest",)


class Failing(Rota):
    """Cannot say its words."""

    name = "failing"

    def cells(self, parameters: Week) -> tuple[str, ...]:
        raise ZeroDivisionError(parameters.sign_in_lead_minutes)


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def office(postgres: Databases, counting: Counting) -> Iterator[Office]:
    with attendance_service(postgres, plugins=brought(counting, Failing())) as attendance:
        yield _made(attendance)


def _made(attendance: AttendanceService) -> Office:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
    cleo = people.person("C-1", store, site).name
    return Office(attendance, shop, shop, store, anna, ben, cleo, site)


def told(office: Office, *cells: Any) -> list[tuple[str, str, str]]:
    """The faults of a refused batch: field, reason, English words."""
    return [(one.field, one.reason, one.en) for one in refused(office, *cells).violations]


@pytest.mark.clause("HRS-2")
def test_a_word_that_the_day_s_pattern_does_not_know_is_refused_by_field_with_those_it_knows(office: Office) -> None:
    office.attendance.assign(office.shop, since="2026-01-01", pattern=BY_ROTA)

    faults = told(office, cell(office.anna, "2026-02-03", "rest"), cell(office.ben, "2026-02-03", "Rest"))

    assert faults == [
        (
            "rota_cells[1].code",
            "ROTA_WORD_UNKNOWN",
            "rest-by-rota@1 does not know the rota's word Rest; it knows: rest.",
        )
    ]
    assert office.cells(office.shop) == []
    assert office.attendance.publish(office.shop, cell(office.ben, "2026-02-03", "rest")).published_count == 1


@pytest.mark.clause("HRS-2")
def test_each_day_is_held_against_what_holds_for_the_person_on_it(office: Office) -> None:
    """The unit rests by rota from the tenth and has a week before; Ben's own crew knows its shifts."""
    attendance = office.attendance
    attendance.assign(office.shop, since="2026-01-01")
    attendance.assign(office.shop, since="2026-02-10", pattern=BY_ROTA)
    attendance.assign(office.ben, since="2026-01-01", pattern=CREWS, **DAY_AND_NIGHT)
    sound = [
        cell(office.anna, "2026-02-10", "rest"),
        cell(office.ben, "2026-02-09", "night"),
        cell(office.ben, "2026-02-10", "rest"),
        cell(office.anna, "2026-02-08", "day", pattern=CREWS, **DAY_AND_NIGHT),
    ]
    faulty = [
        cell(office.anna, "2026-02-09", "rest"),
        cell(office.anna, "2026-02-11", "night"),
        cell(office.ben, "2026-02-12", "early"),
        cell(office.ben, "2026-02-13", "night", pattern=BY_ROTA),
    ]

    faults = told(office, *sound, *faulty)

    assert [(field, en.rpartition(" it knows: ")[2]) for field, _, en in faults] == [
        ("rota_cells[4].code", "floating."),
        ("rota_cells[5].code", "rest."),
        ("rota_cells[6].code", "day, night, rest."),
        ("rota_cells[7].code", "rest."),
    ]
    assert attendance.publish(office.shop, *sound).published_count == 4


def test_of_a_whole_month_a_pattern_is_asked_once_for_each_of_its_parameters(
    office: Office, counting: Counting
) -> None:
    office.attendance.assign(office.shop, since="2026-01-01", pattern=COUNTING)
    office.attendance.assign(office.shop, since="2026-02-15", pattern=COUNTING, sign_in_lead_minutes=10)
    cells = [cell(who, f"2026-02-{day:02}", "rest") for who in (office.anna, office.ben) for day in range(1, 29)]

    assert office.attendance.publish(office.shop, *cells).published_count == 56

    assert counting.asked == 2


def test_where_nothing_is_assigned_and_where_no_word_is_said_there_is_nothing_to_know(office: Office) -> None:
    cells = [cell(office.anna, "2026-02-03", "later"), cell(office.ben, "2026-02-03", pattern=FIXED_WEEK)]
    assert office.attendance.publish(office.shop, *cells).published_count == 2


def test_a_pattern_that_cannot_say_its_words_is_named_and_nothing_is_published(office: Office) -> None:
    office.attendance.assign(office.shop, since="2026-01-01", pattern="shiftPatterns/failing@1")
    (fault,) = told(office, cell(office.anna, "2026-02-03", "rest"))
    assert fault[:2] == ("rota_cells[0].shift_pattern", "POLICY_FAILED")
    assert "failing@1" in fault[2]
    assert office.cells(office.shop) == []
