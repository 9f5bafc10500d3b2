"""A month of the demonstration company with nothing but commands: planned, asked for, decided, mended, photographed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from bylaw_cli.demonstration.patterns import rest_days
from bylaw_cli.demonstration.planned import first_month, month_after

from tests.builders.images import jpeg
from tests.journeys.commanding import Commanding
from tests.journeys.company import Company
from tests.journeys.department import eventually, today

AGENT, HEAD, DIRECTOR, HR, DESIGNER, ENGINEER = (
    "zhao.yifan",
    "sun.ning",
    "lin.yue",
    "zhou.min",
    "wu.nian",
    "chen.lang",
)
MONTH = month_after(month_after(today()))
"""A month of which nothing is published yet."""
THURSDAY, FRIDAY = 3, 4


@pytest.fixture(scope="module")
def typing(playground: Company) -> Iterator[Commanding]:
    made = Commanding(playground)
    yield made
    made.close()


def first(weekday: int, month: date = MONTH) -> str:
    """The first such day of a month, which the rota may make a day of rest."""
    return f"{rest_days(month, weekday)[0]}"


@pytest.mark.clause("HRS-2", "HRS-7")
def test_a_rota_is_filled_in_published_copied_and_swapped(typing: Commanding, tmp_path: Path) -> None:
    month, file = f"{MONTH:%Y-%m}", tmp_path / "rota.xlsx"
    assert "2 people" in typing.bylaw(HEAD, "rota", "template", "SERVICE", month, str(file))
    book = openpyxl.load_workbook(file)
    page = book.active
    days = {str(cell.value)[:10]: cell.column for cell in page[1][2:]}
    assert (len(days), [page.cell(row, 1).value for row in (2, 3)]) == (len({*days}), ["1008", "1020"])
    page.cell(2, days[first(THURSDAY)]).value = "rest"
    page.cell(3, days[first(FRIDAY)]).value = "frog"
    book.save(file)

    refused = typing.refused(HEAD, "rota", "publish", "SERVICE", str(file), "--yes")
    place = page.cell(3, days[first(FRIDAY)]).coordinate
    assert f"{place} {first(FRIDAY)} 1020: rest-by-rota@1 does not know the rota's word frog" in refused
    assert "ROTA_REFUSED" in refused
    assert typing.bylaw(HEAD, "rota", "show", "SERVICE", month) == "Nothing is published of it.\n"

    page.cell(3, days[first(FRIDAY)]).value = "rest"
    book.save(file)
    assert "Nothing was sent." in typing.refused(HEAD, "rota", "publish", "SERVICE", str(file), typed="n\n")
    shown = typing.bylaw(HEAD, "rota", "publish", "SERVICE", str(file), typed="y\n")
    assert f"1008 赵一帆  {first(THURSDAY)[5:]} rest\n" in shown
    assert "2 new, 0 changed, 0 taken back" in shown
    assert "2 published, 0 as they were" in shown
    assert f"1008 赵一帆  {first(THURSDAY)[5:]} rest\n" in typing.bylaw(AGENT, "rota", "show", "me", month)

    refused = typing.refused(AGENT, "swap", "ask", "孙宁", first(THURSDAY), first(FRIDAY))
    assert "A colleague whom you do not see is named by employee number." in refused
    typing.bylaw(AGENT, "swap", "ask", "1020", first(THURSDAY), first(FRIDAY), "--reason", "考试")
    assert "waits for a head" in typing.bylaw(HEAD, "swap", "agree", first(THURSDAY))
    assert "  done" in typing.bylaw(DIRECTOR, "swap", "consent", first(FRIDAY))
    assert "已生效" in typing.bylaw(AGENT, "swap", "list", "--state", "done", language="zh")
    assert f"1008 赵一帆  {first(FRIDAY)[5:]} rest\n" in typing.bylaw(HEAD, "rota", "show", "1008", month)

    copied = typing.bylaw(HEAD, "rota", "copy", "SERVICE", month, f"{month_after(MONTH):%Y-%m}", "--yes")
    assert "2 days copied" in copied


@pytest.mark.clause("HRS-2")
def test_a_day_of_rest_moves_by_a_file_and_what_it_took_back_comes_back_where_the_rest_is_refused(
    typing: Commanding, tmp_path: Path
) -> None:
    month = month_after(month_after(month_after(MONTH)))
    old, new, file = first(THURSDAY, month), first(FRIDAY, month), tmp_path / "rota.csv"
    file.write_text(f"工号,姓名,{old}\nzhao.yifan,,rest\n")
    typing.bylaw(HEAD, "rota", "publish", "SERVICE", str(file), "--yes")

    file.write_text(f"工号,姓名,{old},{new}\n1008,,-,frog\n")
    assert "Nothing was changed" in typing.refused(HEAD, "rota", "publish", "SERVICE", str(file), "--yes")
    assert f"{old[5:]} rest" in typing.bylaw(HEAD, "rota", "show", "赵一帆", f"{month:%Y-%m}")

    file.write_text(f"工号,姓名,{old},{new}\n1008,,-,rest\n")
    moved = typing.bylaw(HEAD, "rota", "publish", "SERVICE", str(file), "--yes", language="zh")
    assert "公布 1，未变 0，撤回 1" in moved
    assert "taken back" in typing.bylaw(HEAD, "rota", "take-back", "1008", new)
    assert typing.bylaw(HEAD, "rota", "show", "1008", f"{month:%Y-%m}") == "Nothing is published of it.\n"


@pytest.mark.clause("LVE-1", "LVE-2", "LVE-3")
def test_a_trip_is_previewed_asked_for_agreed_to_shortened_and_cancelled(typing: Commanding) -> None:
    days = [MONTH + timedelta(days=number) for number in range(9, 12)]
    begins, ends = f"{days[0]}", f"{days[-1]}"
    seen = typing.bylaw(AGENT, "leave", "ask", "出差", begins, ends, "--preview", language="zh")
    assert "依次审批：作为单位负责人" in seen
    assert "Nothing was sent." in typing.refused(AGENT, "leave", "ask", "trip", begins, ends, typed="n\n")
    assert begins not in typing.bylaw(AGENT, "leave")

    sent = typing.bylaw(AGENT, "leave", "ask", "trip", begins, ends, "--reason", "展会", "--yes")
    assert f"1008 赵一帆  {begins} – {ends}  Business trip" in sent
    again = typing.refused(AGENT, "leave", "ask", "trip", begins, typed="y\n")
    assert "It cannot be asked for:" in again
    assert "(LEAVE_OVERLAPS)" in again
    asked = next(line for line in typing.bylaw(HEAD, "inbox").splitlines() if begins in line)
    typing.bylaw(HEAD, "inbox", asked.split()[0], "--agree")
    eventually(lambda: "agreed" in typing.bylaw(AGENT, "leave", "list", "--of", "me", "--state", "agreed"))
    assert f"{begins} – {days[1]}" in typing.bylaw(AGENT, "leave", "shorten", begins, f"{days[1]}")
    assert "cancelled" in typing.bylaw(AGENT, "leave", "cancel", begins, "--reason", "展会取消")
    assert "LEAVE_KIND" not in typing.refused(AGENT, "leave", "ask", "frog", begins)
    assert "Leave of 1008" in typing.bylaw(HEAD, "leave", "1008")


@pytest.mark.clause("HRS-7", "ATT-1")
def test_overtime_and_a_missed_punch_are_asked_for_and_decided(typing: Commanding) -> None:
    day = first(THURSDAY)
    told = ["--for", "pay", "--reason", "目录付印"]
    assert "150%  pay  asked 120 min" in typing.bylaw(DESIGNER, "overtime", "ask", day, "18:30-20:30", *told)
    capped = typing.refused(DESIGNER, "overtime", "ask", day, "20:30-23:30", *told)
    assert "(OVERTIME_DAY_CAP)" in capped
    assert "HRS-7: " in capped
    assert "HOURS is from when to when" in typing.refused(DESIGNER, "overtime", "ask", day, "evening", *told)
    assert "已撤回" in typing.bylaw(DESIGNER, "overtime", "cancel", day, language="zh")

    missed = f"{today() - timedelta(days=3)}"
    asked = typing.bylaw(AGENT, "missed-punch", "ask", missed, "23:10", "out", "--reason", "考勤机故障")
    assert f"{missed} 23:10:00  out  考勤机故障  waits" in asked
    assert "(PERMISSION_MISSING)" in typing.refused(AGENT, "missed-punch", "accept", missed)
    assert "accepted" in typing.bylaw(HEAD, "missed-punch", "accept", asked.split()[0], "--reason", "我在场")
    assert "revoked" in typing.bylaw(HEAD, "missed-punch", "revoke", asked.split()[0], "--reason", "记错了")


@pytest.mark.clause("HRS-3", "HRS-6")
def test_hours_are_changed_by_notice_and_a_day_is_given_off(typing: Commanding) -> None:
    day = first(THURSDAY)
    words = ["--zh", "全体参加发布会。", "--en", "Everybody is at the launch."]
    notice = ["hours-notice", "publish", day, "--cause", "business", "--hours", "09:00-12:00", *words]
    assert "one of --site CODE" in typing.refused(HEAD, *notice, "--yes")
    assert "SERVICE Customer service  09:00-12:00" in typing.bylaw(HEAD, *notice, "--unit", "SERVICE", typed="y\n")
    assert day in typing.bylaw(AGENT, "hours-notice", "list", "--on", day)
    assert "已撤回：延期" in typing.bylaw(HEAD, "hours-notice", "withdraw", day, "--reason", "延期", language="zh")
    assert typing.bylaw(AGENT, "hours-notice", "list", "--on", day) == "There is nothing.\n"

    party = ["company-day", "publish", day, "--off", *words, "--yes"]
    assert "(PERMISSION_MISSING)" in typing.refused(AGENT, *party, "--everybody")
    assert "HQ Hangzhou office  day off" in typing.bylaw(HR, *party, "--site", "HQ")
    calendar = typing.bylaw(AGENT, "company-day", "calendar", day, "--site", "HQ")
    assert "off by the company" in calendar
    typing.bylaw(HR, "company-day", "withdraw", day, "--reason", "推迟")
    assert "off by the company" not in typing.bylaw(AGENT, "company-day", "calendar", day, "--site", "HQ")


@pytest.mark.clause("ATT-4")
def test_a_clock_is_let_in_waited_for_asked_again_and_retired(typing: Commanding) -> None:
    serial, yesterday = "CMD7204560001", f"{today() - timedelta(days=1)}"
    assert "never reported" in typing.bylaw(HR, "clock", "register", serial, "--site", "HQ", "--lag", "60")
    waited = [line for line in typing.bylaw(HR, "clock", "list").splitlines() if line.endswith("is waited for")]
    assert [line.split()[0] for line in waited if " HQ " in line] == [serial]
    assert "commands that wait: 1" in typing.bylaw(HR, "clock", "backfill", serial, yesterday)
    assert "停用" in typing.bylaw(HR, "clock", "retire", serial, yesterday, "--yes", language="zh")
    lines = typing.bylaw(HR, "clock", "list", "--site", "HQ").splitlines()
    assert not any(line.startswith(serial) and line.endswith("is waited for") for line in lines)
    assert "There is no clock NOPE" in typing.refused(HR, "clock", "retire", "NOPE", yesterday)
    assert "SERIAL: " in typing.refused(HR, "clock", "register", "x", "--site", "HQ")


@pytest.mark.clause("ATT-1")
def test_a_photo_signs_in_and_the_head_looks_at_it_and_accepts_it(typing: Commanding, tmp_path: Path) -> None:
    photo, seen = tmp_path / "me.jpg", tmp_path / "seen.jpg"
    photo.write_bytes(jpeg(shade=31))
    sent = typing.bylaw(AGENT, "photo", "send", str(photo), "in")
    waiting = typing.bylaw(HEAD, "photo", "list", "--of", "SERVICE", "--state", "waiting")
    assert sent.split()[0] in waiting
    typing.bylaw(HEAD, "photo", "save", sent.split()[0], str(seen))
    assert seen.read_bytes() == photo.read_bytes()
    assert "已通过" in typing.bylaw(HEAD, "photo", "accept", sent.split()[0], "--reason", "是本人", language="zh")
    photo.write_bytes(b"%PDF-1.7")
    assert "(PHOTO_NOT_IMAGE)" in typing.refused(AGENT, "photo", "send", str(photo))


@pytest.mark.clause("SHT-2", "SHT-3")
def test_a_closed_month_is_objected_to_too_late_and_corrected_on_record(typing: Commanding) -> None:
    month = first_month(today())
    closed, day = f"{month:%Y-%m}", f"{month + timedelta(days=19)}"
    late = typing.refused(AGENT, "objection", "make", closed, "考勤机当时断电", "--day", day)
    assert "(OBJECTION_TOO_LATE)" in late
    assert "dismissed" in typing.bylaw(HR, "objection", "list", "--of", "吴念", "--month", closed)

    before = typing.bylaw(HR, "correct", "1004", closed).splitlines()
    assert before[0].startswith("version 1  ")
    wish = ["correct", "1004", closed, "--day-off", day, "--reason", "停电"]
    assert "(PERMISSION_MISSING)" in typing.refused(DESIGNER, *wish, "--yes")
    assert f"  {day}  day off" in typing.refused(HR, *wish, typed="n\n")
    assert f"version {len(before) + 1}  " in typing.bylaw(HR, *wish, typed="y\n")
    assert "(NOTHING_TO_CORRECT)" in typing.refused(HR, *wish, "--yes")
    assert "更正  停电" in typing.bylaw(DESIGNER, "correct", "me", closed, language="zh")
