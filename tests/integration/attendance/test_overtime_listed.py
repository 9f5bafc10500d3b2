"""A list of sheets counts the overtime that each sheet by itself does, whatever of the sheets it shows (HRS-7)."""

from collections.abc import Iterator
from typing import Any

import pytest
from bylaw.attendance.v1 import sheets_pb2 as sheets

from tests.builders.leave import leave_office
from tests.builders.overtime import OvertimeOffice
from tests.databases import Databases

TOMORROW = "2026-03-03"


@pytest.fixture
def office(postgres: Databases) -> Iterator[OvertimeOffice]:
    with leave_office(postgres) as made:
        yield OvertimeOffice(made)


def _listed(office: OvertimeOffice, view: Any) -> list[int]:
    """Of each sheet of the shop, -1 for a sheet that says nothing of overtime."""
    found = office.attendance.unit_sheets(office.office.shop, "2026-03", view=view).sheets
    return [one.overtime.working_day_minutes if one.HasField("overtime") else -1 for one in found]


@pytest.mark.clause("HRS-7")
@pytest.mark.parametrize("first", [sheets.SHEET_VIEW_TOTALS, sheets.SHEET_VIEW_FULL])
def test_a_list_counts_what_the_sheet_alone_does_be_it_judged_just_now_or_before(
    office: OvertimeOffice, first: Any
) -> None:
    office.agreed(TOMORROW, "18:00-20:30")
    office.attendance.clock.pass_time(days=2)
    office.punched(TOMORROW, "08:20", "12:01", "13:50", "19:47")

    just_now = _listed(office, first)

    assert max(just_now) == 107
    assert just_now.count(-1) == len(just_now) - 1, "of whoever has none nothing is said"
    assert _listed(office, sheets.SHEET_VIEW_TOTALS) == just_now
    assert _listed(office, sheets.SHEET_VIEW_FULL) == just_now
    assert office.attendance.sheet(office.anna, "2026-03").overtime.working_day_minutes == 107
