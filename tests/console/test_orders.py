"""A clerk works through what waits, and an order goes from its hold to the customer's door, in a browser."""

import re
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.console.conftest import BrowserAs, check_axe, fits
from tests.journeys.client import Client
from tests.journeys.company import PASSWORD, Company

WITHIN_SECONDS = 30.0
HEADING = (
    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,"
    "订单创建时间,订单付款时间,修改后的收货地址,物流公司,物流单号"
)
SOUND = (
    '="350012345678901234",tb_x,98.00,10.00,108.00,108.00,买家已付款，等待卖家发货,叶小舟,浙江省 杭州市 文三路 1 号,'
    "'19900001234,2026-03-01 10:00:00,2026-03-01 10:05:00,,顺丰速运,No:SF3500123456"
)
ROUNDED = (
    "3.5E+17,tb_y,49.00,0.00,49.00,49.00,买家已付款，等待卖家发货,林一,江苏省 南京市 玄武区 中山路 2 号,"
    "'19900005678,2026/3/1 11:00,2026/3/1 11:01,,,"
)
"""A spreadsheet has made `3.5E+17` of the number."""
LIST = f"{HEADING}\n{SOUND}\n{ROUNDED}\n"
GOODS = (
    "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\n"
    '="350012345678901234",手冲杯,49.00,2,,颜色:白,,,,MJ-CUP\n'
)


@pytest.mark.clause("ORD-1", "ORD-2", "ORD-3")
def test_a_held_order_is_fixed_shipped_and_signed_and_its_page_tells_all_of_it(
    browser_as: BrowserAs, company: Company
) -> None:
    page = browser_as("feng.xue")
    page.click(".places a[href='/held']")
    page.get_by_role("link", name=re.compile("地址不全")).click()
    page.click("tr[data-row] a[data-swap] >> nth=0")
    page.locator("#beside h2", has_text="W-3009").wait_for()
    assert "ORD-1" in page.inner_text("#beside")
    page.fill("#value", "文三路 398 号 5 幢 501 室")
    page.get_by_role("button", name="更正并重新检查").click()
    page.locator(".said", has_text="W-3009 已不再等待").wait_for()
    page.goto("/orders?number=W-3009")
    page.click("tbody a")
    _comes_to(page, "已预留")
    _ship(company, "W-3009", "SF-770099")
    _comes_to(page, "已交运")
    page.get_by_role("link", name=re.compile("SF-770099")).click()
    page.select_option("#state", "PARCEL_STATE_SIGNED")
    page.select_option("#signer", "PARCEL_SIGNER_CUSTOMER")
    page.fill("#text", "已签收，本人签收")
    page.fill("#reason", "快递员来电")
    page.get_by_role("button", name="登记", exact=True).click()
    page.locator(".timeline", has_text="快递员来电").wait_for()
    page.get_by_role("link", name="W-3009").click()
    _comes_to(page, "已签收")
    told = page.inner_text(".timeline")
    assert [word for word in ("受理", "待人工处理", "更正", "预留", "出库", "签收") if word not in told] == []
    assert "冯雪" in told
    assert page.get_by_role("link", name="ORD-3").count() > 0
    check_axe(page)


@pytest.mark.clause("ORD-1")
def test_of_many_released_at_once_each_says_what_became_of_it(browser_as: BrowserAs) -> None:
    page, other = browser_as("feng.xue"), browser_as("feng.xue", "en")
    page.goto("/held")
    for number in ("W-3011", "T-20605"):
        page.get_by_label(f"选择 {number}").check()
    page.get_by_role("button", name=re.compile("放行所选 2")).click()
    assert "2 单可以放行" in page.inner_text("main")
    other.goto("/held")
    other.get_by_role("link", name="W-3011").click()
    other.fill("#beside #reason", "The colour is settled")
    other.get_by_role("button", name="Release W-3011").click()
    other.locator(".said", has_text="does not wait any more").wait_for()
    page.fill("#reason", "颜色已确认，编码按旧款发")
    page.get_by_role("button", name="放行这 2 单").click()
    page.locator(".said", has_text="已放行 1 单").wait_for()
    assert "已放行" in page.locator("tbody tr", has_text="T-20605").inner_text()
    refused = page.locator("tbody tr", has_text="W-3011")
    assert "未放行" in refused.inner_text()
    assert refused.get_by_role("link", name="ORD-1").is_visible()
    check_axe(page)


def test_the_queue_is_worked_by_keys(browser_as: BrowserAs) -> None:
    page = browser_as("feng.xue", "en")
    page.goto("/held")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tr[data-row] input:checked").count() == 1
    page.keyboard.press("Enter")
    page.locator("#beside h2 a").wait_for()
    assert "order=" in page.url
    check_axe(page)


@pytest.mark.clause("ORD-1")
def test_an_import_says_why_of_each_line_and_gives_the_refused_ones_back(browser_as: BrowserAs) -> None:
    page = browser_as("feng.xue")
    page.click(".places a[href='/imports']")
    page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.set_input_files("#second", {"name": "goods.csv", "mimeType": "text/csv", "buffer": GOODS.encode()})
    page.get_by_role("button", name="导入", exact=True).click()
    page.locator("#job", has_text="已完成").wait_for(timeout=30_000)
    page.get_by_role("heading", name="取回被拒的 1 行").wait_for()
    assert "科学计数" in page.inner_text("tbody")
    page.set_input_files("#again-1", {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    with page.expect_download() as came:
        page.get_by_role("button", name="下载 list.csv 中被拒的行").click()
    lines = Path(came.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines == [HEADING, ROUNDED]
    check_axe(page)
    page.goto("/imports")
    assert "list.csv + goods.csv" in page.inner_text("tbody")


@pytest.mark.clause("CUS-1")
def test_a_recipient_is_revealed_for_a_reason_once_and_on_record(browser_as: BrowserAs) -> None:
    page = browser_as("zhao.yifan")
    page.goto("/orders?number=W-3001")
    page.click("tbody a")
    address = page.url
    assert "方书宁" not in page.content()
    page.get_by_role("link", name="说明理由后查看完整信息").click()
    page.fill("#explanation", "电话")
    page.get_by_role("button", name="记录并查看").click()
    page.get_by_role("alert").wait_for()
    assert page.input_value("#explanation") == "电话"
    page.fill("#explanation", "快递员问走哪个门")
    page.get_by_role("button", name="记录并查看").click()
    page.locator(".revealed", has_text="方书宁").wait_for()
    assert "方书宁" not in page.url
    page.reload()
    page.get_by_role("button", name="记录并查看").wait_for()
    assert "方书宁" not in page.content()
    page.fill("#explanation", "快递员又问走哪个门")
    page.get_by_role("button", name="记录并查看").click()
    page.locator(".revealed", has_text="方书宁").wait_for()
    page.get_by_role("link", name="看完，回到订单").click()
    page.wait_for_url(address)
    assert "方书宁" not in page.content()
    director = browser_as("lin.yue", "en")
    director.goto("/reveals")
    assert "快递员问走哪个门" in director.inner_text("tbody")


def test_a_price_that_is_none_is_said_and_nothing_typed_is_lost(browser_as: BrowserAs) -> None:
    page = browser_as("feng.xue")
    page.goto("/orders/new")
    page.select_option("#channel", label="木槿自营店")
    page.fill("#number", "F-1")
    page.fill("#code_1", "MJ-CUP")
    page.fill("#quantity_1", "1")
    page.fill("#price_1", "一百")
    page.get_by_role("button", name="提交订单").click()
    page.get_by_role("alert").wait_for()
    assert page.input_value("#price_1") == "一百"
    page.locator(".refusal a[href='#price_1']").click()
    page.fill("#price_1", "129")
    page.fill("#paid", "129")
    for field, words in {"display_name": "叶小舟", "phone": "19900001234", "address": "文三路 1 号 301 室"}.items():
        page.fill(f"#{field}", words)
    page.get_by_role("button", name="提交订单").click()
    page.locator(".said", has_text="订单已受理").wait_for()
    assert page.inner_text("h1").startswith("F-1")


def test_pages_are_for_whom_they_are(browser_as: BrowserAs) -> None:
    page = browser_as("feng.xue")
    assert _status(page, "/figures") == 403
    assert _status(page, "/reveals") == 403
    keeper = browser_as("wu.nian")
    assert _status(keeper, "/held") == 403
    assert _status(keeper, "/tickets") == 403


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_of_orders_fit_a_phone(browser_as: BrowserAs, language: str) -> None:
    page = browser_as("feng.xue", language, 390)
    for path in ("/held", "/orders", "/imports", "/orders/new"):
        page.goto(path)
        assert fits(page), path


def _status(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer
    return answer.status


def _comes_to(page: Page, state: str) -> None:
    """The order's page says so, looked at anew until it does."""
    give_up = time.monotonic() + WITHIN_SECONDS
    while state not in page.inner_text(".axes") and time.monotonic() < give_up:
        time.sleep(0.3)
        page.reload()
    assert state in page.inner_text(".axes")


def _ship(company: Company, number: str, waybill: str) -> None:
    """The keeper fetches it by its picking list, issues it by its order and hands it over."""
    with (
        closing(Client(company.address, "feng.xue", PASSWORD).http) as clerk,
        company.signed_in("keeper") as keeper,
    ):
        (order,) = clerk.get("/v1/orders", params={"number": number}).json()["orders"]
        (held,) = order["stockReservations"]
        house = keeper.get(f"/v1/{held}")["warehouse"]
        places = keeper.all(f"/v1/{house}/places", "places")
        carrier = next(place["name"] for place in places if place["code"] == "CARRIER")
        lines = [_moved(line, carrier) for line in keeper.get(f"/v1/{held}/pickingList")["lines"]]
        paper = {"kind": "PAPER_KIND_SALES_ORDER", "number": number}
        issue = {"warehouse": house, "lines": lines, "reservation": held, "papers": [paper]}
        issued = keeper.post("/v1/stockMovements", issue)["name"]
        parcel = {"number": waybill, "stockMovement": issued, "receipt": f"R-{waybill}"}
        keeper.post(f"/v1/{house}/parcels:handOver", {"carrier": "顺丰", "lines": [parcel]})


def _moved(line: Any, carrier: str) -> dict[str, Any]:
    return {"item": line["item"], "fromPlace": line["place"], "toPlace": carrier, "quantity": line["quantity"]}
