"""Exports of DingTalk and WeCom as imports: taken once, complete as far as they say, refused with nothing stored."""

import pytest
from bylaw.attendance.v1 import punches_pb2

from tests.builders.attendance import AttendanceService
from tests.builders.chat_exports import daily_row, dingtalk_daily, dingtalk_times, wecom_daily, wecom_row
from tests.builders.corrections import refusal

DAY = "26-02-02 星期一"
FOUR = ("08:25", "12:03", "13:52", "18:02")
DINGTALK, WECOM = punches_pb2.PUNCH_FILE_FORMAT_DINGTALK, punches_pb2.PUNCH_FILE_FORMAT_WECOM
REFUSED = punches_pb2.IMPORT_STATE_REFUSED


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    people.person("A-1", unit.name, site.name)


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> AttendanceService:
    """A-1 works at HQ."""
    return attendance


def stored(office: AttendanceService) -> list[tuple[str, str]]:
    with office.service.database.read() as connection:
        found = connection.exec_driver_sql("select local_text, source from punches order by instant")
        return [(row.local_text, row.source) for row in found]


@pytest.mark.clause("ATT-1")
def test_an_export_of_dingtalk_is_taken_once_and_its_other_sheet_is_a_repeat(office: AttendanceService) -> None:
    made = office.imported(dingtalk_daily([daily_row("A-1", DAY, *FOUR), daily_row("B-9", DAY, *FOUR)]), "HQ")
    person = ["王五", "行政组", "商城", "A-1", "店员", "012345678901234567"]
    again = office.imported(dingtalk_times([[*person, "", "08:25 12:03 12:40 13:52 18:02"]]), "HQ", format=DINGTALK)

    assert (made.taken_count, made.refused_count) == (4, 4)
    assert office.refused_lines(made.name) == [(6, "employee_number", "PERSON_NOT_FOUND")] * 4
    assert (again.taken_count, again.repeated_count) == (1, 4)
    assert stored(office)[2] == ("2026-02-02 12:40:00", "dingtalk")


def test_an_export_reports_for_its_clock_up_to_when_it_was_made(office: AttendanceService) -> None:
    office.imported(wecom_daily([wecom_row("A-1", "2026/02/02 星期一", *FOUR)]), "HQ", format=WECOM)

    (clock,) = office.punches.ListClocks(punches_pb2.ListClocksRequest(), metadata=office.everything).clocks
    assert (clock.device, clock.report_time.ToJsonString()) == ("wecom", "2026-02-04T16:00:00Z")


def test_rows_beside_their_headings_make_the_import_refused_and_nothing_is_stored(office: AttendanceService) -> None:
    made = office.imported(dingtalk_daily([daily_row("A-1", DAY, *FOUR)[1:], daily_row("A-1", DAY, *FOUR)[1:]]), "HQ")

    assert (made.state, made.refusal.reason) == (REFUSED, "FILE_COLUMN_SHIFTED")
    assert "日期" in made.refusal.message.zh
    assert stored(office) == []


def test_an_export_of_one_maker_is_not_taken_for_that_of_the_other(office: AttendanceService) -> None:
    told = refusal(office.hand_in, dingtalk_daily([]), "HQ", format=WECOM)
    assert (told.reason, told.variables["seen"]) == ("FILE_FORMAT_DIFFERS", "dingtalk")
    assert "it looks like an export of DingTalk" in told.message_en
    assert "您说文件是企业微信导出，但它看起来是钉钉导出" in told.message_zh
