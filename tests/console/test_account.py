"""Who is signed in and what guards it: second factor, password, sessions, tokens, and forms of our own alone."""

import pyotp
import pytest
from playwright.sync_api import APIResponse, Cookie, Page

from tests.console.conftest import BrowserAs, check_axe, sign_in
from tests.journeys.company import PASSWORD

SEE_OTHER, STALE, UNPROCESSABLE = 303, 400, 422


@pytest.mark.clause("SEC-1")
def test_a_second_factor_is_enrolled_and_used_at_sign_in(browser_as: BrowserAs) -> None:
    page = browser_as("feng.xue")
    page.goto("/account/second-factor")
    page.get_by_role("button", name="开始启用").click()
    secret = page.locator("#secret").inner_text().strip()
    assert page.locator(".qr svg").is_visible()
    check_axe(page)
    page.fill("#one_time_code", "000000")
    page.get_by_role("button", name="启用第二重验证").click()
    page.get_by_role("alert").wait_for()
    assert page.locator("#secret").inner_text().strip() == secret
    page.fill("#one_time_code", pyotp.TOTP(secret).now())
    page.get_by_role("button", name="启用第二重验证").click()
    page.locator(".codes").wait_for()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10

    other = browser_as("")
    other.goto("/sign-in")
    for _ in range(2):
        other.fill("#login", "feng.xue")
        other.fill("#password", PASSWORD)
        if other.locator("#one_time_code").count():
            other.fill("#one_time_code", codes[0])
        other.click("main button.btn-primary")
    other.wait_for_url(lambda address: "/sign-in" not in address)


def test_a_weak_password_is_refused_and_the_old_one_stays(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    page.goto("/account/password")
    page.fill("#old_password", PASSWORD)
    page.fill("#new_password", "1234567890")
    page.fill("#again", "1234567890")
    page.click("main form .btn-primary")
    page.get_by_role("alert").filter(has_text="常见").wait_for()
    sign_in(browser_as(""), "wu.nian")


def test_an_access_token_is_shown_once_and_revoked(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian", "en")
    page.goto("/account/tokens")
    page.fill("#title", "month reader")
    page.fill("#end_date", "2020-01-01")
    page.check("text=attendance.sheets.read")
    page.get_by_role("button", name="Make the token").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("attendance.sheets.read").is_checked()
    page.fill("#end_date", _next_year(page))
    page.get_by_role("button", name="Make the token").click()
    page.locator(".secret").filter(has_text="bylaw_pat_").wait_for()
    page.goto("/account/tokens")
    assert "bylaw_pat_" not in page.content()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_text("revoked", exact=True).wait_for()


def test_a_session_elsewhere_is_ended(browser_as: BrowserAs) -> None:
    elsewhere, page = browser_as("zhao.yifan"), browser_as("zhao.yifan")
    page.goto("/account/sessions")
    page.get_by_role("button", name="结束", exact=True).first.click()
    page.get_by_role("status").filter(has_text="已结束").wait_for()
    for _ in range(40):  # every service refuses the tokens within seconds
        elsewhere.goto("/account/sessions")
        if "/sign-in" in elsewhere.url:
            return
        elsewhere.wait_for_timeout(250)
    raise AssertionError(elsewhere.url)


@pytest.mark.clause("SEC-1")
def test_the_cookie_of_before_is_nobodys_after_the_sign_in(browser_as: BrowserAs) -> None:
    page = browser_as("")
    page.goto("/sign-in")
    before = _cookie(page)
    sign_in(page, "wu.nian")
    after = _cookie(page)
    assert after.get("value") != before.get("value")
    assert after.get("httpOnly")
    assert after.get("sameSite") == "Lax"
    thief = browser_as("")
    thief.context.add_cookies([{"name": str(before.get("name")), "value": str(before.get("value")), "url": page.url}])
    thief.goto("/today")
    assert "/sign-in" in thief.url


@pytest.mark.clause("SEC-1")
def test_what_no_page_of_ours_sent_changes_nothing(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    page.goto("/requests/overtime")
    form = _overtime(page, "没有令牌")
    assert _send(page, {**form, "csrf_token": ""}).status == STALE
    assert _send(page, form, origin="https://elsewhere.example").status == STALE
    page.goto("/requests?kind=overtime")
    assert "没有令牌" not in page.inner_text("main")


def test_a_form_that_is_sent_twice_is_one_request(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    page.goto("/requests/overtime")
    form = _overtime(page, "只要一次")
    assert [_send(page, form).status for _ in range(2)] == [SEE_OTHER] * 2
    page.goto("/requests?kind=overtime")
    assert page.get_by_role("row").filter(has_text="只要一次").count() == 1


def test_a_page_that_is_for_others_says_what_it_takes(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    answer = page.goto("/team/waiting")
    assert answer
    assert answer.status == 403
    assert "attendance.corrections.decide" in page.inner_text("main")


def _next_year(page: Page) -> str:
    day: str = page.evaluate("new Date(Date.now() + 90 * 864e5).toISOString().slice(0, 10)")
    return day


def _cookie(page: Page) -> Cookie:
    return next(one for one in page.context.cookies() if one.get("name") != "bylaw_device")


def _overtime(page: Page, reason: str) -> dict[str, str]:
    hidden = {name: page.locator(f"main input[name={name}]").input_value() for name in ("csrf_token", "request_id")}
    day = page.evaluate("new Date(Date.now() + 10 * 864e5).toISOString().slice(0, 10)")
    return {**hidden, "work_date": day, "from": "19:00", "until": "20:00", "compensation": "pay", "reason": reason}


def _send(page: Page, form: dict[str, str], origin: str = "") -> APIResponse:
    headers = {"Origin": origin} if origin else {}
    return page.context.request.post(
        "/requests/overtime", form={**form}, headers=headers, max_redirects=0, fail_on_status_code=False
    )
