"""Human resources at work in a browser: a pattern tried and switched on, the calendar, clocks, exports."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.console.conftest import BrowserAs, check_axe

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
LAST = f"{TODAY.replace(day=1) - timedelta(days=1):%Y-%m}"
COMING = f"{TODAY + timedelta(days=40):%Y-%m-%d}"


@pytest.mark.clause("HRS-4", "HRS-5")
def test_a_pattern_is_tried_on_a_month_past_and_switched_on_from_a_day(browser_as: BrowserAs) -> None:
    page = browser_as("zhou.min")
    page.goto("/policies")
    page.get_by_role("link", name="试算", exact=True).nth(2).click()
    page.select_option("#unit", "TECH")
    page.fill("#first_month", LAST)
    page.evaluate("document.querySelector('#sign_in_lead_minutes').removeAttribute('max')")
    page.fill("#sign_in_lead_minutes", "999")
    page.get_by_role("button", name="开始试算").click()
    expect(page.get_by_role("alert")).to_contain_text("提前签到")
    assert page.input_value("#sign_in_lead_minutes") == "999"
    page.fill("#sign_in_lead_minutes", "0")
    page.get_by_role("button", name="开始试算").click()
    expect(page.get_by_role("link", name="下载工作簿")).to_be_visible()
    main = page.locator("main")
    expect(main).to_contain_text("人有变化")
    expect(main.get_by_role("link", name="HRS-4").first).to_be_visible()
    check_axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载工作簿").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="自某日起启用").click()
    page.fill("#start_date", COMING)
    page.get_by_role("button", name="自该日起启用").click()
    expect(page.locator(".said")).to_contain_text("已指定")
    expect(main).to_contain_text("依据试算")
    page.fill("#reason", "先在其他部门试行")
    page.get_by_role("button", name="撤回误指定").click()
    expect(page.locator(".said")).to_contain_text("已撤回")


@pytest.mark.clause("LVE-1")
def test_a_leave_policy_shows_whom_it_changes_before_it_is_assigned(browser_as: BrowserAs) -> None:
    page = browser_as("zhou.min", "en")
    page.goto("/policies/leave/statutory-leave@1/assign")
    page.select_option("#unit", "TECH")
    page.fill("#start_date", f"{TODAY.year + 1}-01-01")
    page.fill("#annual_days_from_1_year", "9")
    page.get_by_role("button", name="See whom it changes").click()
    expect(page.locator("#effects")).to_contain_text("2 looked at")
    assert page.input_value("#annual_days_from_1_year") == "9"


@pytest.mark.clause("HRS-3", "HRS-6")
def test_a_day_of_the_company_and_a_notice_are_published_and_withdrawn(browser_as: BrowserAs) -> None:
    page = browser_as("zhou.min")
    page.goto(f"/calendar?month={COMING[:7]}")
    page.get_by_text("公布公司安排").click()
    day = page.locator("form[action='/calendar/days']")
    day.locator("[name=start_date]").fill(COMING)
    day.locator("[name=wording_zh]").fill("周年庆放假")
    day.locator("[name=wording_en]").fill("The anniversary")
    day.get_by_role("button", name="公布").click()
    expect(page.locator("main")).to_contain_text("周年庆放假")
    page.get_by_text("撤回", exact=True).first.click()
    page.locator("form[action$='/withdraw']").first.locator("[name=reason]").fill("日期有误")
    page.locator("form[action$='/withdraw']").first.get_by_role("button").click()
    expect(page.locator(".said")).to_contain_text("已撤回")
    page.get_by_text("发布通知").click()
    notice = page.locator("form[action='/calendar/notices']")
    notice.locator("[name=start_date]").fill(COMING)
    notice.locator("[name=hours]").fill("half past nine")
    notice.locator("[name=wording_zh]").fill("盘点")
    notice.locator("[name=wording_en]").fill("A count")
    notice.get_by_role("button", name="发布").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert notice.locator("[name=wording_zh]").input_value() == "盘点"
    notice.locator("[name=hours]").fill("09:30-12:00")
    notice.get_by_role("button", name="发布").click()
    expect(page.locator(".said")).to_contain_text("通知已发布")


@pytest.mark.clause("ATT-1")
def test_a_clock_is_let_in_asked_again_and_retired(browser_as: BrowserAs) -> None:
    page = browser_as("zhou.min")
    page.goto("/clocks")
    page.fill("#serial_number", "!")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#serial_number", "HANGZHOU-77")
    page.get_by_role("button", name="登记").click()
    clock = page.locator("li.box", has_text="HANGZHOU-77")
    clock.get_by_text("要求重传").click()
    clock.locator("[name=start_date]").fill(f"{TODAY:%Y-%m-%d}")
    clock.locator("[name=end_date]").fill(f"{TODAY:%Y-%m-%d}")
    clock.get_by_role("button", name="重传这些天").click()
    expect(page.locator(".said")).to_contain_text("重传")
    clock.get_by_text("停用").first.click()
    clock.locator("[name=retire_date]").fill(f"{TODAY:%Y-%m-%d}")
    clock.get_by_role("button", name="停用").click()
    expect(clock).to_contain_text("停用")


@pytest.mark.clause("SHT-1")
def test_a_month_is_downloaded_in_a_layout(browser_as: BrowserAs) -> None:
    page = browser_as("zhou.min")
    page.goto(f"/exports?month={LAST}")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.fill("#table", "nothing")
    page.select_option("#format", "csv")
    page.get_by_role("button", name="下载").click()
    expect(page.get_by_role("alert")).to_contain_text("EXPORT_TABLE_NOT_FOUND")
