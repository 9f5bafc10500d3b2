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
UNLINKED = {"/sign-in"}
"""Where nobody comes by a link: who is signed in has no use for the form."""


class Met:
    """The kinds of pages that some walker has opened, or found to be a file; and how many have walked."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.walkers = 0


@pytest.fixture(scope="module")
def met() -> Iterator[Met]:
    """What all walkers met; behind them, no page may be without a link that leads to it."""
    found = Met()
    yield found
    if found.walkers == len(WALKERS):
        assert sorted(KINDS - found.kinds - UNLINKED) == []


@pytest.mark.parametrize(("login", "language"), WALKERS)
def test_whoever_walks_through_the_console_finds_pages_that_are_whole(
    browser_as: BrowserAs, met: Met, login: str, language: str
) -> None:
    walk = Walk(browser_as(login, language))
    faults = [fault for kind in walk.pages() if kind not in met.kinds for fault in faults_of(walk.page, kind)]
    met.kinds |= walk.seen.keys() | walk.downloads
    met.walkers += 1
    assert faults == [], "\n".join(faults)


def faults_of(page: Page, kind: str) -> list[str]:
    """What is wrong with a page on a desk in the light, and on a phone in the dark."""
    faults = grave_problems(page)
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    faults += grave_problems(page) + ([] if fits(page) else [f"{kind} scrolls sideways on a phone"])
    page.set_viewport_size(DESK)
    return faults
