"""An employee looks at their month in a browser and finds out why each day is as it is."""

import pytest

from tests.console.conftest import BrowserAs, check_axe, fits


@pytest.mark.clause("SHT-1", "ATT-2")
def test_a_mark_opens_why_it_is_there_and_by_which_clause(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    page.click(".places a[href='/month']")
    page.click("a[rel=prev]")
    page.click(".calendar .mark-late >> nth=0")
    why = page.locator("#why")
    why.get_by_role("link", name="ATT-2").first.wait_for()
    assert "迟到" in why.inner_text()
    assert "day=" in page.url
    check_axe(page)


@pytest.mark.clause("ATT-2")
def test_a_clause_is_one_click_from_its_finding_in_the_words_of_that_day(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian", "en")
    page.goto("/month")
    page.click("a[rel=prev]")
    page.click(".calendar .mark-late >> nth=0")
    page.locator("#why").get_by_role("link", name="ATT-2").first.click()
    page.wait_for_url("**/clauses/ATT-2?on=*")
    assert "15 minutes" in page.inner_text("main")
    assert "15 分钟" in page.inner_text("main")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_month_fits_a_phone(browser_as: BrowserAs, language: str) -> None:
    page = browser_as("wu.nian", language, 390)
    page.goto("/month")
    assert fits(page)
    page.click("a[rel=prev]")
    page.click(".calendar .mark-late >> nth=0")
    page.locator("#why .clause").first.wait_for()
    assert fits(page)
    check_axe(page)


def test_somebody_elses_month_is_not_told(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    answer = page.goto("/people/01900000-0000-7000-8000-000000000000/month/2026-10")
    assert answer
    assert answer.status == 404
    assert page.get_by_role("alert").is_visible()


def test_what_is_no_month_is_no_page(browser_as: BrowserAs) -> None:
    page = browser_as("wu.nian")
    answer = page.goto("/month/2026-13")
    assert answer
    assert answer.status == 404
