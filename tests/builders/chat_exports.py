"""Exports as DingTalk and WeCom write them, made from scratch: title lines, merged headings, rows of text."""

import csv
import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

DINGTALK_DAILY = (
    "姓名", "考勤组", "部门", "工号", "职位", "UserId", "日期", "班次",
    "上班1打卡时间", "上班1打卡结果", "下班1打卡时间", "下班1打卡结果",
    "上班2打卡时间", "上班2打卡结果", "下班2打卡时间", "下班2打卡结果", "关联的审批单", "工作时长(分钟)",
)  # fmt: skip
DINGTALK_PERSON = ("姓名", "考勤组", "部门", "工号", "职位", "UserId")
MADE = "报表生成时间：2026-02-05 09:30"
WECOM_MADE = "统计时间:2026.02.01~2026.02.04    制表时间:2026.02.05 09:30(UTC+8)"
WECOM_TOP = (
    "时间", "姓名", "账号", "部门", "职务", "所属规则", "概况", "", "", "假勤统计", "",
    "上班1", "", "下班1", "", "上班2", "", "下班2", "", "打卡时间记录",
)  # fmt: skip
WECOM_SUB = (
    "", "", "", "", "", "", "最早", "最晚", "打卡次数", "补卡", "年假",
    "打卡时间", "打卡状态", "打卡时间", "打卡状态", "打卡时间", "打卡状态", "打卡时间", "打卡状态", "",
)  # fmt: skip


def titled(kind: str) -> str:
    return f"{kind} 统计日期：2026-02-01 至 2026-02-04"


def daily_row(number: str, day: str, *times: str) -> list[str]:
    """A row of 每日统计: four times, "" for a missing card."""
    results = [cell for time in times for cell in (time, "正常" if time else "缺卡")]
    return ["王五", "行政组", "商城", number, "店员", "012345678901234567", day, "A 08:30-18:00", *results, "", "450"]


def wecom_row(number: str, day: str, *times: str, every: str = "--") -> list[str]:
    """A row of 上下班打卡_日报: four times, "--" for a missing card, and all times of the day."""
    results = [cell for time in times for cell in (time, "正常")]
    return [day, "王五", number, "商城", "店员", "早班", "08:25", "18:02", "4", "--", "--", *results, every]


def dingtalk_daily(rows: Rows, *, heading: Sequence[str] = DINGTALK_DAILY, made: str = MADE) -> bytes:
    """A workbook as DingTalk writes it: the month's sums first, which hold no punches, then the days."""
    sums = [["月度汇总 " + MADE], [made], [*DINGTALK_PERSON, "出勤天数", "1"], [], ["王五"]]
    days = [[titled("每日统计")], [made], heading, [""] * len(heading), *rows]
    return book({"月度汇总": sums, "每日统计": days})


def dingtalk_times(rows: Rows, *, days: Sequence[object] = ("日", 2, 3, 4), title: str = "") -> bytes:
    """The sheet 打卡时间: a column a day, of which Sundays are headed by their name."""
    head = [[title or titled("打卡时间")], [MADE], [*DINGTALK_PERSON, *days]]
    return book({"打卡时间": [*head, *rows]})


def wecom_daily(rows: Rows, *, top: Sequence[str] = WECOM_TOP, sub: Sequence[str] = WECOM_SUB) -> bytes:
    """上下班打卡_日报: headings of two lines, groups over their columns."""
    head = [["上下班打卡_日报"], [WECOM_MADE], top, sub]
    return book({"概况统计与打卡明细": [*head, *rows], "打卡详情": [["别的"]]})


def wecom_times(rows: Rows, *, above: str = WECOM_MADE) -> bytes:
    """打卡时间记录: a column a day."""
    days = ["1 星期日", "2 星期一", "3 星期二", "4 星期三"]
    return book({"打卡时间记录": [["打卡时间记录"], [above], [], ["姓名", "账号", *days], *rows]})


def book(sheets: Mapping[str, Rows]) -> bytes:
    """An xlsx file of these sheets; "" is an empty cell."""
    made = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def csv_with_mark(rows: Rows) -> bytes:
    """The same as CSV in UTF-8 with its byte order mark."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
