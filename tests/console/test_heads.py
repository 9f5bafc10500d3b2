"""Heads at work in a browser: who is missing, the rota by keyboard, what waits for them, a month up to its close."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import BrowserAs, check_axe

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
LAST = TODAY.replace(day=1) - timedelta(days=1)
OVER = LAST if TODAY.day > 5 else LAST.replace(day=1) - timedelta(days=1)
"""A day of the last month to whose sheets nobody can object any more."""


def ahead(months: int) -> str:
    """A month that nobody has planned yet."""
    whole = TODAY.year * 12 + TODAY.month - 1 + months
    return f"{whole // 12:04d}-{whole % 12 + 1:02d}"


@pytest.mark.clause("ATT-4")
def test_a_head_sees_who_is_there_and_how_old_that_is(browser_as: BrowserAs) -> None:
    page = browser_as("sun.ning")
    page.goto("/team")
    main = page.locator("main")
    expect(main).to_contain_text("赵一帆")
    expect(main).to_contain_text("应到")
    expect(main).to_contain_text("组织数据")
    page.evaluate("document.querySelectorAll('details.group').forEach(one => { one.open = true })")
    page.get_by_role("link", name="赵一帆").first.click()
    page.wait_for_url(re.compile(r"/people/.*/month/.*day="))


def test_somebody_who_heads_nobody_has_no_use_for_them(browser_as: BrowserAs) -> None:
    page = browser_as("zhao.yifan")
    for address in ("/team", "/rota", "/months", "/team/waiting"):
        answer = page.goto(address)
        assert answer
        assert answer.status == 403, address
    expect(page.locator("main")).to_contain_text("attendance.corrections.decide")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.clause("HRS-2", "HRS-7")
def test_a_rota_is_planned_by_keyboard_held_against_its_caps_and_published(browser_as: BrowserAs) -> None:
    page = browser_as("sun.ning")
    page.goto(f"/rota?unit=SERVICE&month={ahead(3)}")
    check_axe(page)
    page.focus("#rota td[tabindex='0']")
    press(page, *["ArrowRight"] * 9, *["Shift+ArrowRight"] * 13, "r")
    expect(page.locator("#rota-faults")).to_contain_text(re.compile("HRS-[27]"))
    assert page.locator("#rota td[aria-invalid='true']").count() > 0
    press(page, "Control+z", "Escape", "r", "Control+c", "ArrowDown", "ArrowRight", "Control+v")
    expect(page.locator("#rota-faults")).to_be_empty()
    expect(page.locator("#rota td.draft")).to_have_count(2)
    page.reload()
    expect(page.locator("#rota td.draft")).to_have_count(2)
    page.get_by_role("button", name="查看变化").click()
    expect(page.locator("main")).to_contain_text("公布 2")
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.locator(".said")).to_contain_text("排班已公布")
    expect(page.locator("#rota td.draft")).to_have_count(0)
    expect(page.locator("#rota td[data-code='rest']")).to_have_count(2)


def test_a_phone_plans_one_person_and_takes_a_day_back(browser_as: BrowserAs) -> None:
    page = browser_as("sun.ning", "en", 390)
    month = ahead(4)
    page.goto(f"/rota?unit=SERVICE&month={month}")
    page.locator(".people-only a").first.click()
    page.select_option(f"#d-{month}-09", "rest")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".said")).to_contain_text("1 published")
    page.locator(".people-only a").first.click()
    page.select_option(f"#d-{month}-09", "")
    page.get_by_role("button", name="See what changes").click()
    expect(page.locator("main")).to_contain_text("taken back")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".said")).to_contain_text("1 taken back")


def rest_on(page: Page, month: str, day: int) -> None:
    """Give the first person of customer service a day of rest, in the form of one person."""
    page.goto(f"/rota?unit=SERVICE&month={month}")
    page.locator("#rota tbody th a").first.click()
    page.select_option(f"#d-{month}-{day:02}", "rest")
    page.get_by_role("button", name="查看变化").click()
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.locator(".said")).to_contain_text("公布 1")


def test_a_month_is_copied_once_its_outcome_was_seen(browser_as: BrowserAs) -> None:
    page = browser_as("sun.ning")
    rest_on(page, ahead(5), 13)
    page.goto(f"/rota?unit=SERVICE&month={ahead(6)}")
    page.get_by_role("button", name="查看复制结果").click()
    expect(page.locator("main")).to_contain_text("将公布 1 天")
    page.get_by_role("button", name=re.compile("公布这")).click()
    expect(page.locator(".said")).to_contain_text("已公布 1 天")
    expect(page.locator("#rota td[data-code='rest']")).to_have_count(1)


@pytest.mark.clause("ATT-1")
def test_a_missed_punch_and_a_photo_are_settled_and_a_refusal_wants_a_reason(browser_as: BrowserAs) -> None:
    page = browser_as("lin.yue")
    page.goto("/team/waiting")
    photo = page.locator("form[action='/team/waiting/photos']")
    photo.locator("input[name='pick']").first.check()
    photo.get_by_role("button", name="不接受").click()
    expect(page.get_by_role("alert")).to_contain_text("1 项未能核定")
    photo.locator("input[name='pick']").first.check()
    photo.get_by_role("button", name="接受所选", exact=True).click()
    expect(page.locator(".said")).to_contain_text("已核定 1 项")
    asked = page.locator("form[action='/team/waiting/corrections']")
    asked.get_by_label("全选").check()
    expect(asked.locator("input[name='pick']").first).to_be_checked()
    asked.get_by_role("button", name="接受所选", exact=True).click()
    expect(page.locator(".said")).to_contain_text("已核定")


@pytest.mark.clause("SHT-1", "SHT-3")
def test_a_month_is_reviewed_handed_over_and_closed(browser_as: BrowserAs) -> None:
    address, head, hr = f"/months/{OVER:%Y-%m}/SERVICE", browser_as("sun.ning"), browser_as("zhou.min")
    head.goto(address)
    head.get_by_role("button", name="移交人力资源").click()
    expect(head.get_by_role("alert")).to_contain_text("SHT-1")
    expect(head.locator("input[name='sheet']")).to_have_count(1)
    head.locator("input[name='sheet']").check()
    head.get_by_role("button", name="所选已复核").click()
    expect(head.locator(".said")).to_contain_text("1 份")
    hr.goto(address)
    hr.locator("input[name='sheet']").check()
    hr.get_by_role("button", name="所选已复核").click()
    expect(hr.locator(".stages")).to_contain_text("2 / 2")
    head.goto(address)
    head.get_by_role("button", name="移交人力资源").click()
    expect(head.locator(".said")).to_contain_text("已移交")
    hr.goto(f"{address}/close")
    expect(hr.locator("main")).to_contain_text("此操作不能撤销")
    check_axe(hr)
    hr.get_by_role("button", name=re.compile("定稿")).click()
    expect(hr.locator(".said")).to_contain_text("已定稿")
    hr.get_by_role("link", name="第 1 版").first.click()
    hr.fill("#reason", "门岗登记")
    hr.get_by_role("button", name="记录更正").click()
    expect(hr.get_by_role("alert")).to_contain_text("NOTHING_TO_CORRECT")
    assert hr.input_value("#reason") == "门岗登记"


@pytest.mark.clause("DEC-2")
def test_a_head_delegates_and_ends_it(browser_as: BrowserAs) -> None:
    page = browser_as("sun.ning")
    page.goto("/delegations")
    page.fill("#delegate", "1008")
    page.fill("#end_date", f"{TODAY - timedelta(days=3):%Y-%m-%d}")
    page.get_by_role("button", name="委托", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.input_value("#delegate") == "1008"
    page.fill("#end_date", f"{TODAY + timedelta(days=3):%Y-%m-%d}")
    page.get_by_role("button", name="委托", exact=True).click()
    expect(page.locator("main")).to_contain_text("已委托")
    page.get_by_role("button", name="提前结束").first.click()
    expect(page.locator(".said")).to_contain_text("委托已结束")
