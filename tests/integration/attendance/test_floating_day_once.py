"""The floating day is one a month, by the rota or as leave: whichever came first stands (HRS-1, LVE-1)."""

from collections.abc import Iterator

import pytest

from tests.builders.attendance import cell
from tests.builders.leave import FIRST_HALF, LeaveOffice, leave_office, refusal
from tests.databases import Databases

TUESDAY, THURSDAY = "2026-03-10", "2026-03-19"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


def floated(office: LeaveOffice, person: str, day: str) -> int:
    return office.attendance.publish(office.shop, cell(person, day, "floating")).published_count


@pytest.mark.clause("HRS-1", "LVE-1")
def test_whom_the_rota_gave_the_floating_day_is_refused_it_as_leave_by_preview_and_request_alike(
    office: LeaveOffice,
) -> None:
    floated(office, office.anna, TUESDAY)

    (said,) = office.preview("floating", THURSDAY).objections
    assert (said.reason, said.clause) == ("FLOATING_DAY_IN_ROTA", "HRS-1")
    assert said.message.en == (
        "of 1 floating days a month the rota has given 2026-03-10 (HRS-1); ask for other leave, or have the head take"
        " that day of the rota back"
    )
    told = refusal(office.ask, "floating", THURSDAY)
    assert (told.reason, [one.reason for one in told.violations]) == ("LEAVE_NOT_ADMITTED", ["FLOATING_DAY_IN_ROTA"])
    assert "排班已安排在 2026-03-10（HRS-1）" in told.message_zh
    assert not office.preview("floating", "2026-04-09").objections, "the next month has its own"
    assert not office.preview("floating", THURSDAY, person=office.ben).objections, "nor is it anybody else's"


@pytest.mark.clause("HRS-1", "LVE-1")
def test_whoever_asked_for_it_as_leave_gets_none_by_the_rota_until_that_is_taken_back(office: LeaveOffice) -> None:
    asked = office.ask("floating", THURSDAY)

    (fault,) = refusal(floated, office, office.anna, TUESDAY).violations
    assert (fault.field, fault.reason) == ("rota_cells[0].shift_pattern", "ROTA_FLOATING_DAY_ON_LEAVE")
    assert fault.en == (
        f"A-1 has floating days a month: 1, and has asked for leave with it: 2026-03-19 ({asked.name}) (LVE-1); none is"
        " left for 2026-03-10. Have that leave cancelled first, or plan the day otherwise."
    )
    assert floated(office, office.anna, "2026-04-10") == 1
    office.cancel(asked.name)
    assert floated(office, office.anna, TUESDAY) == 1
    assert refusal(office.ask, "floating", THURSDAY).reason == "LEAVE_NOT_ADMITTED"


@pytest.mark.clause("HRS-1", "LVE-1")
def test_half_of_it_as_leave_leaves_no_whole_one_to_the_rota_and_the_other_half_as_leave(office: LeaveOffice) -> None:
    office.agreed("floating", THURSDAY, end_half=FIRST_HALF)

    assert refusal(floated, office, office.anna, TUESDAY).violations[0].reason == "ROTA_FLOATING_DAY_ON_LEAVE"
    assert not office.preview("floating", "2026-03-24", end_half=FIRST_HALF).objections
