"""Reading a DingTalk export of 500 people's month to punches, beside openpyxl that only walks the same cells."""

import io
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bylaw_attendance.formats.sniff import read_punches
from openpyxl import Workbook, load_workbook

from benchmarks.attendance_world import CARD_TIMES, working_days

PEOPLE, DAYS, REPEATS = 500, 27, 3
SIDES = ("上班1", "下班1", "上班2", "下班2")
HEADING = ("姓名", "考勤组", "部门", "工号", "职位", "UserId", "日期", "班次")


def measure() -> list[dict[str, Any]]:
    """By the processor time of this process, in turns; how many times faster."""
    content = _export()
    turns = [(_spent(lambda: _walked(content)), _spent(lambda: _read(content))) for _ in range(REPEATS)]
    limit, seconds = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
    detail = f"{PEOPLE} people, {PEOPLE * DAYS * 4} punches: {seconds:.2f} s of processor time beside {limit:.2f} s"
    return [
        {
            "name": "DingTalk export to punches beside openpyxl's walk of its cells",
            "ratio": round(limit / seconds, 2),
            "goal": ">= 2",
            "unit": "times faster",
            "detail": detail,
        }
    ]


def _read(content: bytes) -> None:
    assert len(read_punches(content).columns) == PEOPLE * DAYS * len(CARD_TIMES)


def _walked(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    assert sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if any(row)) == PEOPLE * DAYS + 3


def _export() -> bytes:
    """每日统计: a row a person and day, as DingTalk writes it."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet("每日统计")
    sheet.append(["每日统计 统计日期：2026-01-01 至 2026-01-31"])
    sheet.append(["报表生成时间：2026-02-02 09:30"])
    sheet.append(
        [*HEADING, *(f"{side}{what}" for side in SIDES for what in ("打卡时间", "打卡结果")), "工作时长(分钟)"]
    )
    for row in _rows():
        sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _rows() -> Iterator[list[str]]:
    for number in range(PEOPLE):
        told = ["王五", "行政组", "商城", str(1000 + number), "店员", "012345678901234567"]
        for day in working_days(DAYS):
            cards = [cell for card in CARD_TIMES for cell in (card, "正常")]
            yield [*told, f"{day:%y-%m-%d} 星期{'一二三四五六日'[day.weekday()]}", "A 08:30-18:00", *cards, "450"]


def _spent(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
