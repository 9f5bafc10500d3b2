"""Sentences about DingTalk's and WeCom's exports: columns by name, days by position, and every fault by its name."""

import gzip
import io
import zipfile
from datetime import UTC, datetime, time

import pytest
from bylaw_attendance.formats.columns import DIRECTION_IN, DIRECTION_OUT, DIRECTION_UNCERTAIN, PunchFile
from bylaw_attendance.formats.sniff import FileFormat, opened, read_punches, recognise
from bylaw_attendance.rules.judging.punch import PunchReason, file_words
from bylaw_chassis.files.refused import FileReason, FileRefused

from tests.builders.chat_exports import (
    DINGTALK_DAILY,
    WECOM_SUB,
    WECOM_TOP,
    book,
    csv_with_mark,
    daily_row,
    dingtalk_daily,
    dingtalk_times,
    titled,
    wecom_daily,
    wecom_row,
    wecom_times,
)

PERSON = ["王五", "行政组", "商城", "1004", "店员", "012345678901234567"]
FOUR = ("08:25", "12:03", "13:52", "18:02")


def punches(file: PunchFile) -> list[tuple[str, str, int]]:
    return [(row.person_number, row.local_text[:16], row.certain_direction) for row in file.columns.rows()]


def whole(data: bytes, file_name: str = "") -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_punches(data, file_name=file_name)
    assert all(file_words(caught.value))
    return caught.value


def second(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_each_card_point_of_a_day_is_a_punch_and_its_heading_says_which_way() -> None:
    file = read_punches(dingtalk_daily([daily_row("1004", "26-02-02 星期一", *FOUR)]))

    assert punches(file) == [
        ("1004", "2026-02-02 08:25", DIRECTION_IN),
        ("1004", "2026-02-02 12:03", DIRECTION_OUT),
        ("1004", "2026-02-02 13:52", DIRECTION_IN),
        ("1004", "2026-02-02 18:02", DIRECTION_OUT),
    ]
    assert set(file.columns.devices.values) == {"dingtalk"}
    assert file.refusals == ()


@pytest.mark.parametrize("nothing", ["", "--", "未打卡", "缺卡"])
def test_an_empty_card_point_is_no_punch_and_no_fault(nothing: str) -> None:
    rows = [daily_row("1004", "26-02-02 星期一", "08:25", nothing, nothing, nothing)]
    file = read_punches(dingtalk_daily(rows))

    assert (punches(file), file.refusals) == ([("1004", "2026-02-02 08:25", DIRECTION_IN)], ())


@pytest.mark.parametrize("late", ["次日 00:30", "次日00:30", "00:30(次日)", "00:30（+1）", "00:30+1", "24:30"])
def test_a_mark_of_the_next_day_moves_a_time_behind_midnight(late: str) -> None:
    rows = [daily_row("1004", "26-02-02 星期一", "13:55", late, "", "")]

    assert punches(read_punches(dingtalk_daily(rows)))[1][1] == "2026-02-03 00:30"


@pytest.mark.parametrize("day", ["26-02-02 星期一", "2026-02-02", "2026/2/2", "2026/02/02 星期一", "2026年2月2日"])
def test_a_day_is_read_however_it_is_written(day: str) -> None:
    file = read_punches(dingtalk_daily([daily_row("1004", day, "08:25", "", "", "")]))

    assert punches(file) == [("1004", "2026-02-02 08:25", DIRECTION_IN)]


def test_cells_that_excel_made_dates_times_and_numbers_are_read_alike() -> None:
    row: list[object] = list(daily_row("", "", *FOUR))
    row[3], row[6], row[8] = 1004, datetime(2026, 2, 2, tzinfo=UTC).replace(tzinfo=None), time(8, 25, 31)

    assert punches(read_punches(dingtalk_daily([row])))[0] == ("1004", "2026-02-02 08:25", DIRECTION_IN)


def test_an_export_with_other_columns_and_in_another_order_is_read_by_the_names() -> None:
    chosen = [6, 0, 10, 8, 3]
    heading = [DINGTALK_DAILY[place] for place in chosen]
    row = daily_row("1004", "26-02-02 星期一", *FOUR)
    data = dingtalk_daily([[row[place] for place in chosen]], heading=heading)

    assert [when for _, when, _ in punches(read_punches(data))] == ["2026-02-02 08:25", "2026-02-02 12:03"]


def test_a_csv_with_its_byte_order_mark_is_the_same_export() -> None:
    rows = [DINGTALK_DAILY, daily_row("1004", "2026-02-02", *FOUR), daily_row("1005", "2026-02-02", "", "", "", "")]
    data = csv_with_mark(rows)

    assert recognise(opened(data)) is FileFormat.DINGTALK
    assert len(punches(read_punches(data))) == 4
    assert punches(read_punches(gzip.compress(data))) == punches(read_punches(data))


def test_an_export_is_complete_until_it_was_made_or_its_last_day_ended() -> None:
    rows = [daily_row("1004", "26-02-02 星期一", *FOUR)]
    until = [
        read_punches(dingtalk_daily(rows, made=f"报表生成时间：{made}")).complete_until
        for made in ("2026-02-05 09:30", "2026-02-03 09:30")
    ]

    assert until == [{"dingtalk": second("2026-02-05 00:00")}, {"dingtalk": second("2026-02-03 09:30")}]


def test_an_export_that_does_not_say_when_it_was_made_is_complete_to_its_last_punch() -> None:
    file = read_punches(dingtalk_daily([daily_row("1004", "26-02-02 星期一", *FOUR)], made="商城"))

    assert file.complete_until == {"dingtalk": second("2026-02-02 18:02")}


def test_the_days_of_a_month_follow_from_their_position_for_sundays_have_no_number() -> None:
    file = read_punches(dingtalk_times([[*PERSON, "", "08:25\n12:03\n13:52\n18:02", "08:26  ", "13:59 次日00:10"]]))

    assert punches(file) == [
        ("1004", f"2026-02-{when}", DIRECTION_UNCERTAIN)
        for when in ("02 08:25", "02 12:03", "02 13:52", "02 18:02", "03 08:26", "04 13:59", "05 00:10")
    ]


def test_where_a_workbook_has_both_the_sheet_with_all_times_is_read() -> None:
    days = [[titled("每日统计")], DINGTALK_DAILY, daily_row("1004", "26-02-02", "08:25", "", "", "18:02")]
    times = [[titled("打卡时间")], ["姓名", "工号", "日", 2, 3, 4], ["王五", "1004", "", "08:25 08:31 18:02"]]

    assert len(punches(read_punches(book({"每日统计": days, "打卡时间": times})))) == 3


def test_headings_of_two_lines_name_the_card_points_of_wecom() -> None:
    every = "08:25、12:03、12:40(外勤)、次日00:10"
    file = read_punches(wecom_daily([
        wecom_row("1004", "2026/02/02 星期一", "08:25", "12:03", "--", "次日00:10", every=every),
        wecom_row("1005", "2026/02/02 星期一", "--", "未打卡", "--", "--"),
    ]))  # fmt: skip

    assert recognise(opened(wecom_daily([]))) is FileFormat.WECOM
    assert punches(file) == [
        ("1004", "2026-02-02 08:25", DIRECTION_IN),
        ("1004", "2026-02-02 12:03", DIRECTION_OUT),
        ("1004", "2026-02-02 12:40", DIRECTION_UNCERTAIN),
        ("1004", "2026-02-03 00:10", DIRECTION_OUT),
    ]
    assert file.complete_until == {"wecom": second("2026-02-05 00:00")}


def test_a_day_of_wecom_holds_all_its_times_and_the_file_name_may_say_which_month() -> None:
    rows = [["王五", "1004", "--", "08:25、12:03(补卡)，18:02", "", "08:31,次日 00:10"]]
    file = read_punches(wecom_times(rows, above="商城"), file_name="打卡时间记录_20260201-20260204.xlsx")

    assert [when[5:] for _, when, _ in punches(file)] == [
        "02-02 08:25", "02-02 12:03", "02-02 18:02", "02-04 08:31", "02-05 00:10"
    ]  # fmt: skip


def test_a_faulty_cell_is_named_by_line_and_heading_and_the_others_are_taken() -> None:
    file = read_punches(
        dingtalk_daily([
            daily_row("1004", "26-02-02 星期一", "08:25", "迟到", "13:52", "18:02"),
            daily_row("1004", "26-02-03 星期二", *FOUR),
            daily_row("1004", "26-02-30 星期一", *FOUR),
            daily_row("", "26-02-04 星期三", "08:25", "", "", ""),
            daily_row("1004", "26-02-04 星期三", "08:25", "25:99", "", ""),
        ])
    )  # fmt: skip

    assert [(refusal.line_number, refusal.column, refusal.reason) for refusal in file.refusals] == [
        (5, "下班1打卡时间", PunchReason.LINE_MALFORMED),
        (7, "日期", PunchReason.DATE_IMPOSSIBLE),
        (8, "employee_number", PunchReason.PERSON_MISSING),
        (9, "下班1打卡时间", PunchReason.DATE_IMPOSSIBLE),
    ]
    assert len(file.columns) == 3 + 4 + 1


@pytest.mark.parametrize("lost", ["工号", "日期", "上班1打卡时间", "下班2打卡时间"])
@pytest.mark.parametrize("renamed", ["", "别的"])
def test_a_column_that_is_missing_or_renamed_is_refused_by_its_name(lost: str, renamed: str) -> None:
    heading = [renamed if name == lost else name for name in DINGTALK_DAILY]
    said = whole(dingtalk_daily([daily_row("1004", "26-02-02 星期一", *FOUR)], heading=heading))

    assert (said.reason, said.variables["line_number"]) == (FileReason.HEADER_WRONG, "3")
    assert lost in file_words(said).zh
    assert lost in file_words(said).en


def test_a_column_that_is_there_twice_is_refused() -> None:
    said = whole(dingtalk_daily([], heading=[*DINGTALK_DAILY, "工号"]))

    assert (said.reason, said.variables["column_number"]) == (FileReason.HEADER_WRONG, "19")


@pytest.mark.parametrize(("shift", "heading"), [(1, "日期"), (-1, "日期")])
def test_rows_that_stand_beside_their_headings_are_refused_whole(shift: int, heading: str) -> None:
    rows = [daily_row("1004", f"26-02-0{day}", *FOUR) for day in (1, 2, 3)]
    moved = [["", *row] if shift > 0 else row[1:] for row in rows]
    said = whole(dingtalk_daily(moved))

    assert (said.reason, said.variables["heading"], said.variables["line_number"]) == (
        FileReason.COLUMN_SHIFTED, heading, "5",
    )  # fmt: skip


def test_verdicts_under_the_headings_of_times_are_refused_whole() -> None:
    swapped = list(DINGTALK_DAILY)
    swapped[8], swapped[9] = swapped[9], swapped[8]
    said = whole(dingtalk_daily([daily_row("1004", "26-02-02", *FOUR)], heading=swapped))

    assert (said.reason, said.variables["heading"], said.variables["seen"]) == (
        FileReason.COLUMN_SHIFTED, "上班1打卡时间", "正常",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "column"),
    [
        (("日", 2, 3), 10),
        ((2, 3, 4, "日"), 7),
        (("日", 2, 2, 4), 9),
        (("六", 2, 3, 4), 7),
        (("日", 2, 3, 4, 5), 11),
    ],
)
def test_days_that_are_not_those_of_the_title_are_refused_by_their_place(days: tuple[object, ...], column: int) -> None:
    said = whole(dingtalk_times([[*PERSON, "", "08:25"]], days=days))

    assert (said.reason, said.variables["column_number"]) == (FileReason.HEADER_WRONG, str(column))


def test_days_without_a_month_are_refused_and_said_where_it_should_stand() -> None:
    said = whole(dingtalk_times([[*PERSON, "08:25"]], title="打卡时间"))

    assert said.reason is FileReason.HEADER_WRONG
    assert "2026-03-01 至 2026-03-31" in file_words(said).en


def test_group_headings_that_lost_their_cards_are_refused_by_the_card_point() -> None:
    top = ["" if name == "下班1" else name for name in WECOM_TOP]
    said = whole(wecom_daily([wecom_row("1004", "2026/02/02", *FOUR)], top=top, sub=WECOM_SUB))

    assert said.reason is FileReason.HEADER_WRONG
    assert "上班1打卡时间" in file_words(said).zh or "下班1打卡时间" in file_words(said).zh


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (book({"月度汇总": [[titled("月度汇总")], ["姓名", "工号", "出勤天数", "1"], ["王五", "1004", "21", "正常"]]}),
         FileReason.NOT_RECOGNISED),
        (book({"员工": [["姓名", "工号", "部门"], ["王五", "1004", "商城"]]}), FileReason.NOT_RECOGNISED),
        (book({"Sheet": []}), FileReason.NOT_RECOGNISED),
        (b"PK\x03\x04" + bytes(60), FileReason.DAMAGED),
        (dingtalk_daily([])[:-60], FileReason.DAMAGED),
    ],
    ids=["only the sums", "a list of people", "nothing", "no zip", "cut off"],
)  # fmt: skip
def test_a_workbook_without_punches_is_refused(data: bytes, reason: FileReason) -> None:
    assert whole(data).reason is reason


def test_a_workbook_that_unpacks_to_a_flood_is_refused_before_it_is_unpacked() -> None:
    flood = io.BytesIO()
    with zipfile.ZipFile(flood, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 2_000_000)
    with pytest.raises(FileRefused) as caught:
        read_punches(flood.getvalue(), size_limit_bytes=1_000_000)

    assert caught.value.reason is FileReason.TOO_LARGE


def test_a_zip_that_is_no_workbook_is_not_recognised() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("letter.txt", b"hello")

    assert whole(other.getvalue()).variables["seen"] == "zip"
