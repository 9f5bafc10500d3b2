"""Who waits for a clock is told which: in the refusal, and on the unit's month; an export that came once is let go."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bylaw.attendance.v1 import punches_pb2, sheets_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.chat_exports import daily_row, dingtalk_daily
from tests.builders.closing import Months, months_of
from tests.builders.corrections import refusal
from tests.databases import Databases

pytestmark = pytest.mark.clause("ATT-4")
FOUR = ("08:25", "12:03", "13:52", "18:02")
PENDING, ABSENT = sheets_pb2.FINDING_PENDING, sheets_pb2.FINDING_ABSENT


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres) as made:
        yield made


def report(months: Months, device: str, *instant: int) -> punches_pb2.Clock:
    until = Timestamp()
    until.FromDatetime(datetime(*instant, tzinfo=UTC))
    request = punches_pb2.ReportClockRequest(site="HQ", device=device, report_time=until)
    attendance = months.shop.attendance
    return attendance.punches.ReportClock(request, metadata=attendance.everything)


def dingtalk(months: Months, until: str) -> punches_pb2.PunchImport:
    """An export that is complete up to a day."""
    file = dingtalk_daily([daily_row("A-1", "26-01-30 星期五", *FOUR)])
    return months.shop.attendance.imported(file, "HQ", complete_until_date=until)


def decided(months: Months, day: str) -> bool:
    sheet = months.shop.attendance.sheet(months.shop.ben, day[:7])
    found = {half.verdict for one in sheet.days if one.work_date == day for half in one.halves}
    assert found in ({PENDING}, {ABSENT})
    return found == {ABSENT}


@pytest.mark.clause("SHT-1")
def test_a_month_that_waits_names_the_clocks_with_their_site_and_when_they_were_heard(months: Months) -> None:
    silent, gate = report(months, "CKJF1", 2026, 2, 20, 2), report(months, "gate", 2026, 3, 1, 2)
    told = refusal(months.hand_over)

    assert told.reason == "SHEETS_UNFINISHED"
    assert told.message_en.endswith(" Waited for: CKJF1 at HQ (heard until 2026-02-20 10:00).")
    assert told.message_zh.endswith("正在等待：HQ 的 CKJF1（已上报至 2026-02-20 10:00）。")
    (awaited,) = months.shown().awaited_clocks
    assert (awaited.clock, awaited.site_code, awaited.device) == (silent.name, "HQ", "CKJF1")
    assert (awaited.site, awaited.report_time) == (silent.site, silent.report_time)
    assert gate.name not in {one.clock for one in months.shown().awaited_clocks}
    assert not months.listed(months.company).unit_months[0].awaited_clocks

    report(months, "CKJF1", 2026, 3, 2, 2)
    months.review()
    assert not months.hand_over().awaited_clocks


@pytest.mark.clause("SHT-1")
def test_a_month_of_a_site_without_any_clock_says_that(postgres: Databases) -> None:
    with months_of(postgres) as months:
        (clock,) = months.shop.attendance.punches.ListClocks(
            punches_pb2.ListClocksRequest(), metadata=months.human_resources
        ).clocks
        with months.shop.attendance.service.database.work() as work:
            work.connection.exec_driver_sql("delete from clocks")
        assert "any clock at HQ, of which none is known" in refusal(months.hand_over).message_en
        assert [one.clock for one in months.shown().awaited_clocks] == [""]
        assert clock.name


def test_an_export_that_came_once_is_waited_for_until_the_end_of_the_month_behind_it(months: Months) -> None:
    dingtalk(months, "2026-02-28")
    months.at(2026, 3, 31, 15, 59)
    assert not decided(months, "2026-03-10")

    months.at(2026, 3, 31, 16, 0)
    assert decided(months, "2026-03-10")
    assert decided(months, "2026-02-27")


def test_exports_of_two_months_are_a_habit_and_the_source_is_waited_for_until_it_is_retired(months: Months) -> None:
    dingtalk(months, "2026-01-31")
    dingtalk(months, "2026-02-28")
    months.at(2026, 4, 1, 4)
    assert not decided(months, "2026-03-10")
    assert "dingtalk at HQ" in refusal(months.hand_over, "2026-03").message_en

    source = months.shown("2026-03").awaited_clocks[0]
    retire = punches_pb2.RetireClockRequest(name=source.clock, retire_date="2026-03-01")
    months.shop.attendance.punches.RetireClock(retire, metadata=months.human_resources)
    assert decided(months, "2026-03-10")


def test_who_asks_why_a_card_waits_is_not_sent_to_a_source_that_was_let_go(months: Months) -> None:
    dingtalk(months, "2026-02-28")
    months.at(2026, 4, 1, 4)
    report(months, "gate", 2026, 3, 10, 2)
    told = months.shop.attendance.explained(months.shop.ben, "2026-03-12").progress.explanation
    assert "gate" in told.en
    assert "dingtalk" not in told.en


def test_the_log_of_a_clock_that_comes_as_a_file_is_waited_for_as_ever(months: Months) -> None:
    log = b"A-1\t2026-02-27 08:20:31\t1\t0\t1\t0\n"
    months.shop.attendance.imported(log, "HQ")
    months.at(2026, 4, 1, 4)
    assert not decided(months, "2026-03-10")
