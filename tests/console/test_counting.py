"""Keeper and finance count the stock on their phones, one of them partly without a connection; no count is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import BrowserAs, check_axe, fits

expect.set_options(timeout=20_000)
STATE = "[data-count-state]"
LEFT = "[data-count-blocked]"


def opened(page: Page, *places: str) -> str:
    """A stocktake of some places; answers its address."""
    page.goto("/stocktakes")
    for place in places:
        page.get_by_label(place, exact=True).check()
    page.get_by_role("button", name="开始盘点").click()
    page.wait_for_url(re.compile("/stocktakes/[0-9a-f]"))
    return page.url


def count(page: Page, place: str, quantity: str, damaged: str = "") -> None:
    option = page.locator("#place option", has_text=place)
    page.locator("#place").select_option(option.get_attribute("value"))
    row = page.locator("[data-count-row]").first
    row.get_by_label("残损").fill(damaged)
    row.get_by_label("完好").fill(quantity)
    row.get_by_label("完好").press("Enter")


@pytest.mark.clause("WHS-6")
def test_a_stocktake_with_a_difference_counted_partly_offline_loses_no_entry(browser_as: BrowserAs) -> None:
    keeper, finance = browser_as("qian.feng", "zh", 390), browser_as("jiang.li")
    address = opened(keeper, "A-02-1", "A-02-2")
    finance.goto(address)
    finance.get_by_role("button", name="以财务身份加入").click()
    expect(finance.locator(".said")).to_contain_text("已加入")
    keeper.goto(address)
    expect(keeper.locator(STATE)).to_have_text("已存 0 · 待传 0")
    assert "51" not in keeper.inner_text("main")
    check_axe(keeper)
    assert fits(keeper)
    keeper.context.set_offline(True)
    count(keeper, "A-02-1", "37")
    expect(keeper.locator(STATE)).to_have_text("已存 1 · 待传 1")
    count(keeper, "A-02-2", "５１")
    expect(keeper.locator(STATE)).to_have_text("已存 2 · 待传 2")
    keeper.get_by_role("button", name="结束盘点").click()
    expect(keeper.locator(LEFT)).to_contain_text("2")
    keeper.context.set_offline(False)
    keeper.goto("/warehouse")
    keeper.goto(address)
    expect(keeper.locator(STATE)).to_have_text("已存 2 · 待传 0")
    _refused_stays(keeper)
    _explained(keeper, finance, address)


def _refused_stays(page: Page) -> None:
    """What the service refuses is seen until somebody drops it."""
    free = page.locator(".count-free")
    free.get_by_label("商品编码或条码").fill("NO-SUCH-THING")
    free.get_by_label("完好").fill("1")
    free.get_by_role("button").click()
    refused = page.locator("[data-count-refused] li")
    expect(refused).to_contain_text("NO-SUCH-THING")
    page.reload()
    expect(refused).to_contain_text("NO-SUCH-THING")
    page.get_by_role("button", name="结束盘点").click()
    expect(page.locator(LEFT)).to_contain_text("1")
    refused.get_by_role("button").click()
    expect(refused).to_have_count(0)
    page.get_by_role("button", name="结束盘点").click()
    expect(page.get_by_role("alert").first).to_contain_text("MJ-SET")


def _explained(keeper: Page, finance: Page, address: str) -> None:
    finance.goto(address)
    count(finance, "A-02-1", "37")
    expect(finance.locator(STATE)).to_have_text("已存 1 · 待传 0")
    keeper.goto(address)
    keeper.get_by_role("button", name="结束盘点").click()
    expect(keeper.locator("main fieldset legend")).to_contain_text("盘亏 A-02-1 MJ-SET")
    check_axe(keeper)
    keeper.get_by_role("button", name="签字").click()
    expect(keeper.get_by_role("alert")).to_contain_text("WHS-6")
    keeper.fill("#cause0", "一套借给摄影棚")
    keeper.fill("#report", "十一月盘点")
    keeper.get_by_role("button", name="保存说明").click()
    keeper.get_by_role("button", name="签字").click()
    finance.goto(address)
    finance.get_by_role("button", name="签字").click()
    finance.get_by_role("button", name="送审").click()
    expect(finance.locator("main")).to_contain_text("待批准")


def test_without_a_script_the_forms_count_all_the_same(browser_as: BrowserAs) -> None:
    keeper, finance = browser_as("qian.feng"), browser_as("jiang.li")
    address = opened(keeper, "B-01-1")
    finance.goto(address)
    finance.get_by_role("button", name="以财务身份加入").click()
    keeper.route("**/count.js", lambda route: route.abort())
    keeper.goto(address)
    row = keeper.locator("[data-count-row]").first
    row.get_by_label("完好").fill("54")
    row.get_by_role("button").click()
    expect(keeper.locator(".said")).to_contain_text("MJ-CLOTH")
    expect(keeper.locator("[data-count-row]").first).to_contain_text("您点了 54")
