"""Customers are served in a browser: tickets, refunds by decision, promises at risk, figures, erasure."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from tests.console.conftest import BrowserAs, check_axe, fits
from tests.journeys.client import Client
from tests.journeys.company import PASSWORD, Company

WITHIN_SECONDS = 60.0


@pytest.mark.clause("CUS-2", "DEC-2")
def test_a_ticket_is_answered_paid_back_by_decision_closed_and_rated(browser_as: BrowserAs, company: Company) -> None:
    page = browser_as("zhao.yifan")
    page.goto("/orders?number=W-3002")
    page.click("tbody a")
    page.get_by_role("link", name="新建工单").click()
    page.select_option("#kind", "TICKET_KIND_REFUND")
    page.fill("#text", "有一个盘子碎了，电话 13712340055")
    page.get_by_role("button", name="受理工单").click()
    page.locator(".said", has_text="工单已受理").wait_for()
    assert "13712340055" not in page.inner_text("main")
    _unfold(page, "结案")
    page.fill("#close_reason", "已退")
    page.get_by_role("button", name="结案").click()
    page.get_by_role("alert").wait_for()
    assert page.input_value("#close_reason") == "已退"
    page.fill("#answer", "抱歉，碎的一个给您退款。")
    page.get_by_role("button", name="答复", exact=True).click()
    page.locator(".said", has_text="已答复").wait_for()
    _unfold(page, "申请退款或换货")
    page.fill("#amount", "68")
    page.fill("#action_reason", "四个盘子碎了一个")
    page.get_by_role("button", name="申请退款或换货").click()
    page.locator(".said", has_text="等待决定").wait_for()
    decision = page.get_by_role("link", name="查看决定").get_attribute("href") or ""
    with company.signed_in("head") as head:
        asked = head.get(f"/v1/decisions/{decision.rpartition('/')[2]}")
        answer = {"answer": "ANSWER_KIND_AGREE", "step": asked["step"], "etag": asked["etag"]}
        head.post(f"/v1/{asked['name']}:answer", answer)
    _until(page, "已办理")
    _unfold(page, "结案")
    page.fill("#close_reason", "退了一个盘子")
    page.get_by_role("button", name="结案").click()
    page.locator(".said", has_text="已结案").wait_for()
    page.select_option("#rating", "4")
    page.get_by_role("button", name="登记评价").click()
    page.locator(".said", has_text="评价已登记").wait_for()


@pytest.mark.clause("ORD-3")
def test_a_promise_at_risk_is_listed_with_its_clause_and_who_acted_last(
    browser_as: BrowserAs, company: Company
) -> None:
    manager = browser_as("zheng.ke")
    manager.goto("/channels")
    manager.get_by_role("link", name="木槿京东店").click()
    manager.fill("#ship_hours", "1")
    manager.get_by_role("button", name="从现在起生效").first.click()
    manager.locator(".said").wait_for()
    clerk = Client(company.address, "feng.xue", PASSWORD)
    channel = next(one for one in clerk.get("/v1/channels")["channels"] if one["code"] == "jd")
    placed = f"{datetime.now(UTC) - timedelta(minutes=5):%FT%TZ}"
    goods = {"code": "MJ-CUP", "quantity": "1", "unitPrice": "12900"}
    to = {"displayName": "叶小舟", "phone": "19900001234", "address": "杭州市文三路 1 号 2 幢"}
    order = {"channel": channel["name"], "number": "R-1", "placeTime": placed, "payTime": placed, "paid": 12900}
    clerk.post("/v1/orders", {**order, "lines": [goods], "recipient": to})
    clerk.http.close()
    page = browser_as("feng.xue", "en")
    page.goto("/at-risk")
    _until(page, "R-1")
    row = page.locator("tr", has_text="R-1")
    assert "At risk" in row.inner_text()
    assert row.get_by_role("link", name="ORD-3").is_visible()
    row.get_by_role("link", name="R-1").click()
    page.locator("#beside", has_text="Somebody last acted").wait_for()
    check_axe(page)


@pytest.mark.clause("ANA-1", "MKT-3")
def test_each_figure_leads_to_the_orders_that_make_it_up(browser_as: BrowserAs) -> None:
    page = browser_as("zheng.ke")
    page.goto("/figures?by=product")
    assert page.evaluate("document.querySelector('img.drawn').naturalWidth") > 0
    page.get_by_role("link", name=re.compile("MJ-SET|餐具套装")).first.click()
    assert page.locator("tbody tr").count() >= 1
    page.click("tbody a")
    page.locator(".axes").wait_for()
    page.goto("/figures")
    with page.expect_download() as came:
        page.get_by_role("link", name="下载工作簿").click()
    assert came.value.suggested_filename.endswith(".xlsx")


@pytest.mark.clause("CUS-1")
def test_a_customer_is_erased_only_after_being_asked_once_with_what_it_means(browser_as: BrowserAs) -> None:
    page = browser_as("administrator", "en")
    page.goto("/orders?number=J-88003")
    page.click("tbody a")
    page.get_by_role("link", name="Other orders of this customer").click()
    page.fill("#explanation", "Asked for by letter")
    with page.expect_download() as came:
        page.get_by_role("button", name="Export as a file").click()
    assert "江晚晴" in came.value.path().read_text(encoding="utf-8")
    page.get_by_role("link", name="Erase the customer's data").click()
    assert "Orders that stay: 1" in page.inner_text("main")
    page.fill("#explanation", "Asked for by letter")
    page.check("#confirmation")
    page.get_by_role("button", name="Erase for good").click()
    page.locator(".said", has_text="erased").wait_for()
    page.goto("/erasures")
    assert "Asked for by letter" in page.inner_text("tbody")


def test_pages_of_service_fit_a_phone(browser_as: BrowserAs) -> None:
    page = browser_as("zheng.ke", "en", 390)
    for path in ("/figures", "/channels", "/customers", "/reviews", "/tickets/new"):
        page.goto(path)
        assert fits(page), path


def _unfold(page: Page, title: str) -> None:
    page.locator("details.fold summary", has_text=title).click()


def _until(page: Page, words: str) -> None:
    """The page says so, looked at anew until it does."""
    give_up = time.monotonic() + WITHIN_SECONDS
    while words not in page.inner_text("main") and time.monotonic() < give_up:
        time.sleep(1)
        page.reload()
    assert words in page.inner_text("main")
