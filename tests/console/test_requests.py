"""An employee asks for leave and other things in a browser, and whoever decides does so from their inbox."""

import struct
import zlib
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.console.conftest import BrowserAs, check_axe, fits
from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.department import today

HEAD_OF_WU_NIAN = "chen.lang"


@pytest.fixture(scope="module")
def working_days(company: Company) -> Iterator[Iterator[date]]:
    """Days on which the designer may take leave, whatever the calendar says of those between; each is told once."""
    with company.signed_in("employee") as client:
        yield _days(client)


@pytest.fixture
def working_day(working_days: Iterator[date]) -> date:
    """One of them that no other test uses."""
    return next(working_days)


def _days(client: Client) -> Iterator[date]:
    for ahead in range(7, 60):
        day = today() + timedelta(days=ahead)
        if not client.get("/v1/leaveRequests:preview", kind="annual", startDate=str(day))["objections"]:
            yield day


def _opened(page: Page, address: str, title: str) -> None:
    """Open a page until its title says so: what people decide reaches attendance a moment later."""
    for _ in range(40):
        page.goto(address)
        if title in page.inner_text("h1"):
            return
        page.wait_for_timeout(250)
    raise AssertionError(page.inner_text("h1"))


def _fill_leave(page: Page, kind: str, first: date, last: date, reason: str) -> None:
    page.goto("/requests/leave")
    page.select_option("#kind", kind)
    page.fill("#start_date", str(first))
    page.fill("#end_date", str(last))
    page.fill("#reason", reason)
    page.click("button[value=look]")


@pytest.mark.clause("LVE-1", "LVE-2")
def test_leave_is_previewed_asked_for_and_agreed_by_the_head(browser_as: BrowserAs, working_day: date) -> None:
    page = browser_as("wu.nian")
    _fill_leave(page, "annual", working_day, working_day, "回老家")
    preview = page.locator("#preview")
    preview.get_by_role("link", name="LVE-1").wait_for()
    assert "扣后余额" in preview.inner_text()
    check_axe(page)
    page.click("button[value=send]")
    page.wait_for_url("**/requests/leave/*")
    asked = page.url
    assert "待决定" in page.inner_text("h1")

    head = browser_as(HEAD_OF_WU_NIAN)
    head.goto("/inbox")
    head.get_by_role("row").filter(has_text="回老家").get_by_role("link", name="年假").click()
    head.wait_for_url("**/inbox/*")
    told = head.inner_text("main")
    assert "这些天没有其他人请假" in told
    assert "待批 1 天" in told
    check_axe(head)
    head.click("button[value=agree]")
    head.wait_for_url("**/inbox")
    assert "已同意：请假 年假" in head.inner_text("main")

    _opened(page, asked, "已批准")
    page.get_by_role("link", name="LVE-1").click()
    page.wait_for_url("**/clauses/LVE-1?on=*")


@pytest.mark.clause("LVE-1")
@pytest.mark.parametrize(("language", "width"), [("zh", 1360), ("en", 390)])
def test_too_long_a_leave_is_not_sent_and_what_was_typed_stays(
    browser_as: BrowserAs, working_day: date, language: str, width: int
) -> None:
    page = browser_as("wu.nian", language, width)
    _fill_leave(page, "annual", working_day, working_day + timedelta(days=20), "a long way home")
    page.get_by_role("alert").get_by_role("link", name="LVE-1").first.wait_for()
    assert page.locator("button[value=send]").count() == 0
    assert page.input_value("#reason") == "a long way home"
    assert page.input_value("#start_date") == str(working_day)
    assert fits(page)


def test_what_was_changed_after_the_preview_is_previewed_anew(browser_as: BrowserAs, working_day: date) -> None:
    page = browser_as("wu.nian")
    _fill_leave(page, "personal", working_day, working_day, "看病")
    page.fill("#reason", "陪家人看病")
    page.click("button[value=send]")
    page.locator("#preview").wait_for()
    page.wait_for_load_state()
    assert page.url.endswith("/requests/leave")
    assert page.input_value("#reason") == "陪家人看病"


@pytest.mark.clause("HRS-7")
def test_overtime_that_has_begun_is_refused_by_its_clause_and_nothing_typed_is_lost(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    page.goto("/requests/overtime")
    page.fill("#work_date", str(today() - timedelta(days=1)))
    page.fill("#from", "19:00")
    page.fill("#until", "20:30")
    page.fill("#reason", "主图改版")
    page.click("main form .btn-primary")
    page.get_by_role("alert").get_by_role("link", name="HRS-7").wait_for()
    assert page.input_value("#reason") == "主图改版"
    assert page.input_value("#until") == "20:30"


@pytest.mark.clause("ATT-1")
def test_a_missed_punch_is_asked_for_from_the_day_and_taken_back(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    page.goto(f"/requests/correction?day={today() - timedelta(days=2)}")
    page.fill("#time", "05:00")
    page.fill("#reason", "忘带工牌")
    page.click("main form .btn-primary")
    page.wait_for_url("**/requests?kind=correction")
    row = page.get_by_role("row").filter(has_text="忘带工牌")
    assert "待决定" in row.inner_text()
    row.get_by_role("button", name="撤回").click()
    page.get_by_role("status").filter(has_text="已撤回").wait_for()
    assert "已撤回" in page.get_by_role("row").filter(has_text="忘带工牌").inner_text()


@pytest.mark.clause("SEC-1")
def test_a_decision_is_no_page_for_who_has_no_part_in_it(browser_as: BrowserAs, company: Company) -> None:
    with company.signed_in("head") as client:
        found = client.get("/v1/decisions")["decisions"]
    page = browser_as("wu.nian")
    answer = page.goto(f"/inbox/{found[0]['name'].removeprefix('decisions/')}")
    assert answer
    assert answer.status == 404


@pytest.mark.clause("DEC-2")
def test_several_decisions_are_agreed_to_at_once_each_with_its_result(browser_as: BrowserAs) -> None:
    page = browser_as("sun.ning")
    page.goto("/inbox?view=waiting")
    page.get_by_role("button", name="同意所选").click()
    page.get_by_role("alert").filter(has_text="没有选中").wait_for()
    for choice in page.locator("input[name=seen]").all():
        choice.check()
    page.get_by_role("button", name="同意所选").click()
    results = page.get_by_role("region", name="结果").get_by_role("listitem")
    results.first.wait_for()
    assert ["已同意" in one for one in results.all_inner_texts()] == [True] * 3
    assert page.url.endswith("/inbox?view=waiting")


@pytest.mark.clause("DEC-3")
def test_nothing_is_refused_without_a_reason(browser_as: BrowserAs) -> None:
    page = browser_as("lin.yue")
    page.goto("/inbox")
    page.locator("tbody a:not(.clause)").first.click()
    page.click("button[value=refuse]")
    page.get_by_role("alert").get_by_role("link", name="DEC-3").wait_for()


@pytest.mark.clause("PLN-2")
def test_a_notice_is_acknowledged_and_stays_on_record(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    page.goto("/notices?show=unacknowledged")
    page.locator(".notices a").first.click()
    page.get_by_role("button", name="我已阅读并确认").click()
    page.get_by_role("status").filter(has_text="已确认").wait_for()
    assert "确认" in page.locator("main .quiet").last.inner_text()


@pytest.mark.clause("GDS-3")
def test_a_duty_is_not_done_without_its_proof(browser_as: BrowserAs) -> None:
    page = browser_as("zheng.ke")
    page.goto("/duties?show=all")
    duty = page.get_by_role("listitem").filter(has_text="检视滞销品").first
    if duty.locator("details").get_attribute("open") is None:
        duty.locator("summary").click()
    duty.get_by_role("button", name="已完成").click()
    page.get_by_role("alert").filter(has_text="证明").wait_for()
    duty = page.get_by_role("listitem").filter(has_text="检视滞销品").first
    duty.locator("textarea").fill("已检视，三件下架")
    duty.get_by_role("button", name="已完成").click()
    page.get_by_role("status").filter(has_text="已登记完成").wait_for()


@pytest.mark.clause("ATT-1")
def test_a_photo_signs_in_and_what_is_no_photo_is_refused(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng", width=390)
    page.goto("/today")
    page.set_input_files("#photo", {"name": "note.png", "mimeType": "image/png", "buffer": b"no photo"})
    page.click("button[value=in]")
    page.get_by_role("alert").get_by_role("link", name="ATT-1").wait_for()
    page.set_input_files("#photo", {"name": "me.png", "mimeType": "image/png", "buffer": _dot()})
    page.click("button[value=in]")
    page.get_by_role("status").filter(has_text="照片已收到").wait_for()
    photo = page.get_by_role("listitem").filter(has_text="待核对")
    photo.locator("summary").click()
    assert photo.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    assert fits(page)
    photo.get_by_role("button", name="撤回").click()
    page.get_by_role("status").filter(has_text="照片已撤回").wait_for()


def _dot() -> bytes:
    """A photo of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x7f")) + chunk(b"IEND", b"")
