"""A real browser before the demonstration company: whoever is signed in, what a page must never do, and axe."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect, sync_playwright

from tests.browsers import browser_path
from tests.journeys.company import PASSWORD, Company, loaded_in, running_company

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
HEIGHTS = {390: 844}
WAIT_MILLISECONDS = 20_000
"""For a machine that has other things to do as well."""

GRAVE = {"serious", "critical"}

BrowserAs = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser runs where there is one; elsewhere it is left out, and the summary says so."""
    if browser_path() is None:
        here = Path(__file__).parent
        items[:] = [item for item in items if here not in item.path.parents or "browser" not in _fixtures(item)]


def _fixtures(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver, for one file: while it runs, its event loop is in the way of others."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's own chromium; nothing is fetched."""
    started = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
    expect.set_options(timeout=WAIT_MILLISECONDS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demonstration company that was loaded once for all processes that run tests."""
    own = tmp_path_factory.getbasetemp()
    return loaded_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def company(loaded: Path) -> Iterator[Company]:
    """A demonstration company of this file's own: its tests may change it."""
    with running_company(loaded) as found:
        yield found


class Watched:
    """What pages did that none may do: errors, violations of the policy, requests to anybody else."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self.faults: list[str] = []

    def watch(self, page: Page) -> None:
        """Note what this page does from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._request(request.url))

    def _console(self, message: object) -> None:
        # A refusal has a status of 4xx, which chromium reports as an error of the network.
        text = str(getattr(message, "text", ""))
        if getattr(message, "type", "") in {"error", "warning"} and "Failed to load resource" not in text:
            self.faults.append(f"console: {text}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self._host:
            self.faults.append(f"request to {url}")


@pytest.fixture
def watched(company: Company) -> Iterator[Watched]:
    """Every page of a test is watched; at its end nothing may have been found."""
    found = Watched(company.address)
    yield found
    assert found.faults == []


@contextmanager
def _context(browser: Browser, company: Company, language: str, width: int) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=company.address,
        locale=LOCALES[language],
        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
    )
    context.set_default_timeout(WAIT_MILLISECONDS)
    try:
        yield context
    finally:
        context.close()


@pytest.fixture
def browser_as(browser: Browser, company: Company, watched: Watched) -> Iterator[BrowserAs]:
    """Opens pages for whoever is named, signed in; an empty login opens one in which nobody is."""
    with ExitStack() as opened:

        def open_as(login: str, language: str = "zh", width: int = 1360) -> Page:
            page = opened.enter_context(_context(browser, company, language, width)).new_page()
            watched.watch(page)
            if login:
                sign_in(page, login, _password(company, login))
            return page

        yield open_as


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in through the page that everybody uses."""
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("main button.btn-primary")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def _password(company: Company, login: str) -> str:
    if login == "administrator":
        return (company.folder / "administrator.password").read_text().strip()
    return PASSWORD


def check_axe(page: Page) -> None:
    """No serious accessibility problem on the page as it stands."""
    assert grave_problems(page) == []


def grave_problems(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the page and the element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def fits(page: Page) -> bool:
    """Whether the page needs no scrolling sideways."""
    try:
        return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))
    except Error:
        return False
