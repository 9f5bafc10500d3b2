"""A keeper receives goods with a scanner: what does not match is seen at once, refused with a photo, and told."""

import re
import struct
import uuid
import zlib

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.console.conftest import BrowserAs, check_axe, fits

expect.set_options(timeout=20_000)
SCAN = "#scan"
ANSWER = "[data-scan-answer]"


def photo() -> FilePayload:
    """A picture of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dot = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x55")) + chunk(b"IEND", b"")
    return {"name": "broken.png", "mimeType": "image/png", "buffer": dot}


def announced(page: Page, lines: str) -> str:
    """A note is put on record, and its delivery begun; answers its number."""
    number = f"T-{uuid.uuid4().hex[:8]}"
    page.goto("/receive/new")
    page.fill("#supplier", "晨晖陶瓷")
    page.fill("#number", number)
    page.fill("#lines", lines)
    page.click("main form button.btn-primary")
    page.fill("#reference", "SF-771299")
    page.click("section.box button.btn-primary")
    page.wait_for_selector(SCAN)
    return number


def scan(page: Page, *codes: str) -> None:
    """As a scanner types: 3 ms a key, Enter, and the next at once."""
    page.focus(SCAN)
    for code in codes:
        page.keyboard.type(code, delay=3)
        page.keyboard.press("Enter")


def counted(page: Page, code: str) -> str:
    return page.locator("#live tbody tr", has_text=code).locator(".figure").first.inner_text().split()[0]


@pytest.mark.clause("WHS-1", "WHS-2")
def test_goods_that_do_not_match_are_refused_with_a_photo_and_told(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    number = announced(page, "MJ-SET 2\nMJ-PLATE 1")
    scan(page, "MJ-SET", "MJ-PLATE", "MJ-PLATE", "MJ-VASE", "NO-SUCH-THING")
    tray = page.get_by_role("region", name="不符")
    expect(tray).to_contain_text("NO-SUCH-THING")
    for stray in ("MJ-PLATE", "MJ-VASE"):
        expect(tray).to_contain_text(stray)
    expect(page.locator(ANSWER)).to_have_attribute("data-tone", "bad")
    check_axe(page)
    page.get_by_role("button", name="撤销").first.click()
    expect(page.locator(".said")).to_contain_text("MJ-VASE")
    page.get_by_role("button", name="结束点收").click()
    decide = page.locator("#decide").locator("xpath=..")
    expect(decide).to_contain_text("告知运营总监与店长")
    expect(decide).to_contain_text("NO-SUCH-THING")
    page.fill("#reason", "釉色不对")
    page.get_by_role("button", name="全部拒收").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("WHS-2")
    assert page.input_value("#reason") == "釉色不对"
    page.set_input_files("#photo", photo())
    page.get_by_role("button", name="全部拒收").click()
    expect(page.locator(".said")).to_contain_text("已拒收")
    past = page.locator("section.box", has_text="釉色不对")
    expect(past).to_contain_text("告知运营总监与店长")
    assert page.request.get(past.locator("a:has(img)").get_attribute("href") or "").ok
    director = browser_as("lin.yue")
    director.goto("/notices")
    expect(director.locator("main")).to_contain_text(number)


@pytest.mark.clause("WHS-8")
def test_a_scanner_counts_each_scan_once_however_fast_and_wide_it_types(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng", "en", 390)
    announced(page, "MJ-CUP 9")
    assert page.locator(SCAN).get_attribute("inputmode") == "none"
    scan(page, "MJ-CUP", "MJ-CUP")
    expect(page.locator("#live .row-deed")).to_have_count(2)
    page.keyboard.insert_text("６９７０８１２３０００１５")
    page.keyboard.press("Enter")
    expect(page.locator("#live .row-deed")).to_have_count(3)
    assert counted(page, "MJ-CUP") == "3"
    expect(page.locator(ANSWER)).to_have_attribute("data-tone", "good")
    expect(page.locator(SCAN)).to_be_focused()
    page.evaluate(
        "document.querySelector('#scan').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))"
    )
    scan(page, "6970812300016")
    expect(page.locator(ANSWER)).to_have_attribute("data-tone", "bad")
    page.get_by_role("button", name="Type").click()
    assert page.locator(SCAN).get_attribute("inputmode") == "text"
    assert counted(page, "MJ-CUP") == "3"
    assert fits(page)


@pytest.mark.clause("WHS-2")
def test_scans_wait_while_the_network_is_away_and_none_is_lost(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    announced(page, "MJ-CUP 9")
    page.context.set_offline(True)
    scan(page, "MJ-CUP", "MJ-CUP")
    expect(page.locator(ANSWER)).to_contain_text("待发送：2")
    page.context.set_offline(False)
    expect(page.locator("#live .row-deed")).to_have_count(2)
    assert counted(page, "MJ-CUP") == "2"


@pytest.mark.clause("WHS-8")
def test_a_scan_on_the_first_page_leads_to_its_job_or_says_what_it_is(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    page.wait_for_url("**/warehouse")
    scan(page, "ＱＹ－０５５２")
    page.wait_for_url(re.compile("/receive/"))
    expect(page.locator("h1")).to_contain_text("QY-0552")
    page.goto("/warehouse")
    scan(page, "MJ-CANDLE")
    page.wait_for_url("**/warehouse/scan?**")
    expect(page.locator("main")).to_contain_text("特殊商品")
    check_axe(page)
    page.get_by_role("link", name="看库存").click()
    expect(page.locator("#card")).to_contain_text("WHS-4")


def test_who_keeps_no_warehouse_has_no_use_for_its_pages(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    answer = page.goto("/receive")
    assert answer
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("inventory.delivery_notes.read")
