"""Every page there is, at desk and phone width: it opens, fits, is accessible, and its links lead somewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.console.conftest import BrowserAs, fits, grave_problems
from tests.console.walking import KINDS, Walk

WALKERS = (
    ("administrator", "en"),
    ("lin.yue", "zh"),
    ("zhou.min", "zh"),
    ("sun.ning", "en"),
    ("qian.feng", "zh"),
    ("feng.xue", "en"),
    ("zhao.yifan", "zh"),
    ("zheng.ke", "en"),
    ("wu.nian", "zh"),
)
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1360, height=900)
UNLINKED = {
    "/",
    "/find",
    "/sign-in",
    "/sign-in/company",
    "/signed-in",
    # The demonstration company has none of these, or not on the two of a kind that a walker opens.
    "/orders/<order>/parcels/<parcel>",
    "/orders/<order>/split",
    "/people/<person>/sheets/<month>",
    "/photos/<name>",
    "/book-days/<day>/close",
    "/house/photos/<photo>",
    "/imports/<job>",
    "/pack/<check>",
    "/receive/photos/<photo>",
    "/replays/<name>",
    "/replays/<name>/workbook.xlsx",
    "/returns/<movement>",
    "/reviews/<review>",
    "/stock/pictures/<picture>",
    "/tickets/<ticket>",
    "/warehouse/scan",
}
"""Where nobody comes by a link: the beginning leads on, the form is for who is not signed in, and what is not there."""


@pytest.fixture(scope="module")
def met() -> Iterator[set[str]]:
    """The kinds of pages that some walker met; behind them all, no page may be without a link that leads to it."""
    found: set[str] = set()
    walked.clear()
    yield found
    if len(walked) == len(WALKERS):
        unmet = sorted(KINDS - found - UNLINKED)
        assert unmet == [], "no link leads to " + ", ".join(unmet)


walked: set[str] = set()
"""Who has walked."""


@pytest.mark.parametrize(("login", "language"), WALKERS)
def test_whoever_walks_through_the_console_finds_pages_that_are_whole(
    browser_as: BrowserAs, met: set[str], login: str, language: str
) -> None:
    walk = Walk(browser_as(login, language), met)
    faults = [fault for kind in walk.new_kinds() for fault in faults_of(walk.page, kind)]
    walked.add(login)
    assert faults == [], "\n".join(faults)


def faults_of(page: Page, kind: str) -> list[str]:
    """What is wrong with a page on a desk in the light, and on a phone in the dark."""
    faults = grave_problems(page)
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    faults += grave_problems(page) + ([] if fits(page) else [f"{kind} scrolls sideways on a phone"])
    page.set_viewport_size(DESK)
    return faults
