"""A keeper issues goods against their papers, checks what is packed, and hands the parcel over; and closes the day."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import BrowserAs, check_axe
from tests.console.test_goods_in import ANSWER, photo, scan
from tests.journeys.company import PASSWORD


@pytest.mark.clause("WHS-3")
def test_an_issue_without_papers_is_refused_and_nothing_typed_is_lost(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    page.goto("/issue/new?item=MJ-CUP&from=A-01-1")
    page.fill("#quantity0", "2")
    page.get_by_role("button", name="出库").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("WHS-3")
    check_axe(page)
    assert page.input_value("#item0") == "MJ-CUP"
    assert page.input_value("#quantity0") == "2"
    page.select_option("#paper0", "PAPER_KIND_SALES_ORDER")
    page.fill("#paper_number0", "SO-77001")
    page.get_by_role("button", name="出库").click()
    page.wait_for_url(re.compile("/parcels"))
    page.goto("/issue/refused")
    expect(page.locator("tbody tr").first).to_contain_text("MJ-CUP 2 件")
    expect(page.locator("tbody tr").first).to_contain_text("销售订单")


@pytest.mark.clause("WHS-3", "WHS-12")
def test_an_order_is_picked_packed_by_scan_issued_and_handed_over(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    page.goto("/issue?q=SO-20613")
    page.wait_for_url(re.compile("/issue/[0-9a-f]"))
    expect(page.locator("tbody").first).to_contain_text("A-01-1")
    page.get_by_role("button", name="开始打包复核").click()
    page.wait_for_url(re.compile("/pack/"))
    scan(page, "MJ-CUP", "MJ-VASE")
    expect(page.locator(ANSWER)).to_have_attribute("data-tone", "bad")
    expect(page.locator("#live")).to_contain_text("WHS-3")
    check_axe(page)
    page.get_by_role("button", name="结束复核").click()
    expect(page.get_by_role("alert")).to_contain_text("WHS-3")
    page.fill("#reason", "其余明天发")
    page.get_by_role("button", name="结束复核").click()
    expect(page.locator("#live")).to_contain_text("缺件结束")
    page.get_by_role("link", name="去出库").click()
    page.get_by_role("button", name="全部出库").click()
    page.wait_for_url(re.compile("/parcels"))
    page.fill("#carrier", "顺丰")
    page.fill("#number1", "SF-77130")
    page.get_by_role("button", name="交接给承运商").click()
    expect(page.locator(".said")).to_contain_text("1")
    row = page.locator("tbody tr", has_text="SO-20613")
    row.get_by_role("textbox").fill("R-20501")
    row.get_by_role("button").click()
    expect(page.locator(".said")).to_contain_text("回执")
    page.goto("/parcels?all=1")
    expect(page.locator("tbody tr", has_text="SF-77130")).to_contain_text("R-20501")


@pytest.mark.clause("WHS-4")
def test_a_movement_that_was_a_mistake_is_reversed_and_both_stay_on_the_card(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng", "en")
    page.goto("/issue/new?item=MJ-SET&from=A-02-1")
    page.select_option("#paper0", "PAPER_KIND_SALES_ORDER")
    page.fill("#paper_number0", "SO-77002")
    page.get_by_role("button", name="Issue").click()
    page.get_by_role("link", name="SO-77002").click()
    page.fill("#reason", "the wrong set")
    page.get_by_role("button", name="Reverse it").click()
    expect(page.locator("h1")).to_contain_text("Reversal")
    page.get_by_role("link", name="MJ-SET").click()
    card = page.locator("table", has=page.locator("caption", has_text="Card")).locator("tbody tr")
    expect(card.nth(0)).to_contain_text("Reversal")
    expect(card.nth(1)).to_contain_text("Reversed")


@pytest.mark.clause("WHS-4", "WHS-5")
def test_a_day_shows_what_disagrees_and_its_close_asks_once(browser_as: BrowserAs, tmp_path: Path) -> None:
    page = browser_as("qian.feng")
    page.goto("/book-days")
    page.locator(".cards a").first.click()
    page.fill("#item", "MJ-COASTER")
    page.select_option("#place", label="A-02-2")
    page.fill("#counted", "45")
    page.get_by_role("button", name="登记抽点").click()
    expect(page.locator(".said")).to_contain_text("-6")
    expect(page.locator("main")).to_contain_text("账实不符")
    page.goto(f"{page.url.partition('?')[0]}/close")
    expect(page.locator("main")).to_contain_text("不能重新打开")
    check_axe(page)
    page.fill("#explanation", "还没有结束")
    page.get_by_role("button", name=re.compile("结账")).click()
    expect(page.get_by_role("alert")).to_contain_text("WHS-4")
    assert page.input_value("#explanation") == "还没有结束"
    page.goto("/book-days")
    page.get_by_role("link", name="库存月报").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载工作簿").click()
    waiting.value.save_as(tmp_path / "stock.xlsx")
    assert (tmp_path / "stock.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.clause("WHS-10", "WHS-11")
def test_visitors_come_and_go_and_what_is_unusual_is_handed_in_with_its_photo(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng", "en", 390)
    page.goto("/house")
    page.fill("#visitor_name", "李明")
    page.fill("#purpose", "lift repair")
    page.get_by_role("button", name="Sign in").click()
    inside = page.locator("li", has_text="李明")
    inside.first.get_by_role("button", name="They leave").click()
    expect(page.locator(".said")).to_contain_text("signed out")
    page.check("#locks-unusual")
    page.check("#goods-fine")
    page.check("#surroundings-fine")
    page.get_by_role("button", name="Hand the checks in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.is_checked("#locks-unusual")
    page.locator("summary", has_text="What is unusual").first.click()
    page.fill("#locks_words", "the back door does not lock")
    page.set_input_files("#locks_photo", photo())
    page.get_by_role("button", name="Hand the checks in").click()
    expect(page.locator(".said")).to_contain_text("handed in")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("the back door does not lock")
    assert page.request.get(row.locator("a").get_attribute("href") or "").ok


@pytest.mark.clause("WHS-7")
def test_a_proposal_is_declined_with_its_reason_and_stock_goes_out_as_a_harmless_file(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    page.goto("/levels")
    row = page.locator("tbody tr", has_text="MJ-LANTERN")
    row.locator("summary").click()
    row.get_by_role("button", name="不采纳").click()
    expect(page.get_by_role("alert")).to_be_visible()
    row.locator("summary").click()
    row.get_by_role("textbox").fill("灯会快到了")
    row.get_by_role("button", name="不采纳").click()
    page.get_by_role("link", name="处理记录").click()
    expect(page.locator("tbody tr").first).to_contain_text("灯会快到了")
    page.goto("/stock?q=mj-c&sort=on_hand")
    assert page.locator("tbody th").first.inner_text() == "MJ-CUP"
    content = page.request.get("/stock.csv?q=mj-c").body()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").count("\n") == page.locator("tbody tr").count() + 1


def _sent_back(page: Page) -> None:
    """A customer's return arrives, as another system books it."""
    signed = page.request.post("/v1/sessions", data={"login": "qian.feng", "password": PASSWORD}).json()
    headers = {"Authorization": f"Bearer {signed['accessToken']}"}
    warehouse = page.request.get("/v1/warehouses", headers=headers).json()["warehouses"][0]["name"]
    places = page.request.get(f"/v1/{warehouse}/places", headers=headers).json()["places"]
    named = {one["code"]: one["name"] for one in places}
    item = page.request.get("/v1/items?code=MJ-PLATE", headers=headers).json()["items"][0]["name"]
    line = {"item": item, "fromPlace": named["CUSTOMER"], "toPlace": named["DOCK"], "quantity": {"value": "2"}}
    slip = {"kind": "PAPER_KIND_RETURN_SLIP", "number": "RT-77003"}
    wish = {"warehouse": warehouse, "lines": [line], "papers": [slip]}
    assert page.request.post("/v1/stockMovements", data=wish, headers=headers).ok


@pytest.mark.clause("WHS-6")
def test_returned_goods_are_inspected_and_scrap_takes_a_photo(browser_as: BrowserAs) -> None:
    page = browser_as("qian.feng")
    _sent_back(page)
    page.goto("/returns")
    page.get_by_role("link", name="RT-77003").click()
    check_axe(page)
    page.fill("#quantity0", "1")
    page.select_option("#outcome0", "RETURN_OUTCOME_SCRAP")
    page.fill("#cause0", "边缘破损")
    page.select_option("#responsible0", label="钱峰")
    page.get_by_role("button", name="决定").click()
    expect(page.get_by_role("alert")).to_contain_text("WHS-6")
    assert page.input_value("#cause0") == "边缘破损"
    page.set_input_files("#photo", photo())
    page.get_by_role("button", name="决定").click()
    expect(page.locator(".said")).to_contain_text("已决定")
    decided = page.locator("li", has_text="边缘破损")
    expect(decided).to_contain_text("报废待批")
    decided.get_by_role("button", name="撤回").click()
    expect(page.locator("li", has_text="边缘破损")).to_contain_text("报废已撤回")
