"""The workbook of a replay, read back by another library: what it says, and that nothing in it is a formula."""

import io
import zipfile

import grpc
import pytest
from bylaw.attendance.v1 import replays_pb2
from openpyxl import load_workbook

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason
from tests.builders.what_if import WhatIf

FORMULAS = ("=1+1", "+A1", "-2+3", "@SUM(A1)", '=HYPERLINK("https://bylaw.example","x")')
NO_SATURDAY = {"working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    site, shop = people.site().name, people.unit("shop").name
    for name in FORMULAS:
        people.person(name, shop, site, since="2026-01-05", until="2026-01-10")
    attendance.assign(since="2026-01-01")
    attendance.follow_people()


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> WhatIf:
    """People whose names and numbers begin as formulas do, in a week of January."""
    return WhatIf(attendance)


def test_the_sheets_are_headed_in_both_languages_and_say_what_the_replay_says(office: WhatIf) -> None:
    done = office.done("", **NO_SATURDAY)

    rows = office.workbook(done.name)

    assert list(rows) == ["summary", "by person", "changes"]
    assert [rows["summary"][number][1:] for number in (0, 1)] == [
        ("现行", "试算", "差额"),
        ("before", "after", "difference"),
    ]
    said = {row[0]: row[1:] for row in rows["summary"]}
    assert said["应出勤天数 Days planned"] == (30, 25, -5)
    assert said["计划小时 Hours planned"] == (225, 187.5, -37.5)
    assert said["变化 Changes"][0] == done.change_count == len(rows["changes"]) - 2
    assert [rows["by person"][number][:3] for number in (0, 1)] == [
        ("工号", "姓名", "变化"),
        ("Employee number", "Name", "Changes"),
    ]
    assert {row[0] for row in rows["by person"][2:]} == set(FORMULAS)
    assert [row[2:6] for row in rows["by person"][2:]] == [(6, 6, 5, -1)] * len(FORMULAS)


def test_each_change_has_its_row_with_both_sides(office: WhatIf) -> None:
    done = office.done("", **NO_SATURDAY)

    head, english, *rows = office.workbook(done.name)["changes"]

    assert head[:5] == ("工号", "姓名", "日期", "半天", "卡点")
    assert english[5:9] == ("before: shift pattern", "before: finding", "before: minutes", "before: clause")
    listed = office.changes(done.name)
    assert [(row[0], row[2], row[3]) for row in rows] == [
        (one.employee_number, one.work_date, one.half) for one in listed
    ]
    assert [row[10] for row in rows] == [one.before.explanation.en for one in listed]
    assert {row[11] for row in rows} == {None}, "Saturday is not planned any more"


def test_what_begins_like_a_formula_is_a_text(office: WhatIf) -> None:
    done = office.done("", **NO_SATURDAY)
    request = replays_pb2.GetReplayWorkbookRequest(name=done.name)
    body = office.attendance.replays.GetReplayWorkbook(request, metadata=office.attendance.everything)

    assert body.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = load_workbook(io.BytesIO(body.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in FORMULAS]
    assert {cell.value for cell in cells} == set(FORMULAS)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells), "a text still when somebody edits it"
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(body.data)) as parts:
        texts = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(texts) == 3
    assert not any(b"<f>" in text for text in texts)


def test_a_replay_that_is_not_done_has_no_workbook(office: WhatIf) -> None:
    waiting = office.start("")

    with pytest.raises(grpc.RpcError) as error:
        office.workbook(waiting.name)

    assert reason(error.value) == "REPLAY_NOT_DONE"


def test_who_could_not_be_compared_is_named_in_the_summary(attendance: AttendanceService) -> None:
    people, office = attendance.people, WhatIf(attendance)
    people.person("B-1", people.unit("shop").name, people.site().name)
    attendance.follow_people()

    rows = office.workbook(office.done("").name)["summary"]

    assert rows[-1][0] == "B-1 2026-01 NO_POLICY"
    assert "assign one" in rows[-1][2]
