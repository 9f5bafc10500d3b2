"""The organisation, who may do what in it and why, and the rulebook, each in the hands of those whose work they are."""

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import BrowserAs


@pytest.mark.clause("ORG-3")
def test_a_deputy_is_appointed_and_seen_from_that_day_on(browser_as: BrowserAs) -> None:
    page = browser_as("administrator")
    page.goto("/organisation")
    page.click("main table a:has-text('客服组')")
    page.click("summary:has-text('任命')")
    page.select_option("#post", "deputy")
    page.select_option("#person", page.locator("#person option", has_text="赵一帆").get_attribute("value"))
    page.fill("#from_date", day(page, 3))
    page.click("button:has-text('任命')")
    expect(page.get_by_role("status")).to_contain_text("任命已记录")
    page.goto(f"{page.url.partition('?')[0]}?on={day(page, 4)}")
    expect(page.locator("dl.facts").first).to_contain_text("赵一帆")


@pytest.mark.clause("SEC-1")
def test_why_somebody_may_not_is_answered_with_the_clause(browser_as: BrowserAs) -> None:
    page = browser_as("administrator", "en")
    page.goto("/find?q=1004")
    page.click("text=What they may do and why")
    page.fill("#permission", "orders.customers.reveal")
    page.click("button:has-text('Ask')")
    expect(page.get_by_role("status")).to_contain_text("Not allowed")
    expect(page.get_by_role("status").get_by_role("link", name="SEC-1")).to_be_visible()


@pytest.mark.clause("SEC-1")
def test_a_role_is_given_until_a_day_and_taken_back(browser_as: BrowserAs) -> None:
    page = browser_as("administrator", "en")
    page.goto("/grants")
    page.click("summary:has-text('Give a role')")
    page.fill("#person", "1004")
    page.select_option("#role", label="Order clerk")
    page.select_option("#scope", label="The whole organisation")
    page.fill("#start_date", day(page, 3))
    page.fill("#end_date", day(page, 30))
    page.fill("#reason", "Helps out in December")
    page.click("button:has-text('Give it')")
    expect(page.get_by_role("status")).to_contain_text("The role is given")
    page.goto(f"/grants?on={day(page, 4)}")
    row = page.locator("tr", has_text="Helps out in December")
    row.get_by_role("button", name="End").click()
    expect(page.get_by_role("status")).to_contain_text("ended")
    page.goto(f"/grants?on={day(page, 4)}")
    expect(page.locator("tr", has_text="Helps out in December")).to_have_count(0)


@pytest.mark.clause("SEC-1")
def test_a_right_that_is_given_counts_at_the_next_click(browser_as: BrowserAs) -> None:
    colleague, page = browser_as("wu.nian", "en"), browser_as("administrator", "en")
    assert status(colleague, "/held") == 403
    page.goto("/grants")
    page.click("summary:has-text('Give a role')")
    page.fill("#person", "1004")
    page.select_option("#role", label="Order clerk")
    page.select_option("#scope", label="The whole organisation")
    page.fill("#start_date", day(page, 0))
    page.click("button:has-text('Give it')")
    expect(page.get_by_role("status")).to_contain_text("The role is given")
    assert status(colleague, "/today") == 200
    assert status(colleague, "/held") == 200


def day(page: Page, ahead: int) -> str:
    """The day so many days from now, as forms take it."""
    told = page.evaluate("ahead => new Date(Date.now() + ahead * 864e5).toISOString().slice(0, 10)", ahead)
    return str(told)


def status(page: Page, path: str) -> int:
    """With what a page is answered."""
    answer = page.goto(path)
    assert answer
    return answer.status


def test_a_grant_that_cannot_be_keeps_what_was_typed_and_says_where_it_is_wrong(browser_as: BrowserAs) -> None:
    page = browser_as("administrator", "en")
    page.goto("/grants")
    page.click("summary:has-text('Give a role')")
    page.fill("#person", "no such number")
    page.select_option("#role", label="Order clerk")
    page.select_option("#scope", label="The whole organisation")
    page.fill("#start_date", day(page, 3))
    page.fill("#reason", "Kept")
    page.click("button:has-text('Give it')")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.title().startswith("Error: ")
    assert page.input_value("#reason") == "Kept"
    assert page.input_value("#person") == "no such number"


@pytest.mark.clause("SEC-3")
def test_what_was_refused_is_on_the_trail_by_its_clause(browser_as: BrowserAs) -> None:
    page = browser_as("chen.lang", "en")
    page.goto("/audit?service=people&refused=1")
    expect(page.locator("main h1")).to_contain_text("Audit")
    page.goto("/audit?service=people")
    expect(page.locator("main table")).to_contain_text("SignIn/CreateSession")


def test_a_clause_is_worded_anew_from_a_day_on_and_its_history_stays(browser_as: BrowserAs) -> None:
    page = browser_as("administrator", "en")
    page.goto("/clauses/ATT-1")
    page.click("summary:has-text('Word it anew')")
    page.fill("#zh", "新的文字。")
    page.fill("#en", "New words.")
    page.fill("#effective_date", day(page, 3))
    page.fill("#reason", "Clearer")
    page.click("button:has-text('Save the wording')")
    expect(page.get_by_role("status")).to_contain_text("saved")
    expect(page.locator("main ol")).to_contain_text("New words.")
    page.goto(f"{page.url.partition('?')[0]}?on={day(page, 4)}")
    expect(page.locator("dl.facts").first).to_contain_text("New words.")


def test_a_page_that_is_not_for_somebody_says_which_right_it_takes(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian", "en")
    assert status(page, "/grants") == 403
    expect(page.locator("main")).to_contain_text("people.grants.read")


@pytest.mark.clause("ANA-1")
def test_a_manager_begins_with_figures_that_open_their_records(browser_as: BrowserAs) -> None:
    page = browser_as("lin.yue", "en")
    assert page.url.endswith("/overview")
    figures = page.locator("a.card-link")
    assert figures.count() > 5
    expect(page.locator("svg.chart")).to_be_visible()
    for path in {figures.nth(place).get_attribute("href") for place in range(figures.count())}:
        answer = page.request.get(str(path))
        assert answer.status == 200, path
