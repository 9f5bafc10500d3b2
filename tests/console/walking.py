"""Walks through the console as somebody would: from page to page by the links there are, each kind looked at once."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bylaw_console.pages import ROUTES
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

HTML = "text/html"
OF_ONE_KIND = 2
"""How many pages of a kind each walker opens: what stands on them depends on what they are of."""

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
PLACES = Map([Rule(route.path, endpoint=route.path, methods=["GET"]) for route in ROUTES if "GET" in route.methods])
KINDS = frozenset(rule.rule for rule in PLACES.iter_rules())
"""Every page there is, by its place in the table of routes."""


class Walk:
    """Where somebody comes by links alone; `met` are the kinds of pages that were looked at before, by anybody."""

    def __init__(self, page: Page, met: set[str]) -> None:
        self.page, self._met = page, met
        self._waiting: deque[str] = deque()
        self._known: set[str] = set()
        self._opened: Counter[str] = Counter()

    def new_kinds(self) -> Iterator[str]:
        """Go everywhere; yields each kind of page that nobody met before, while it is open in the browser."""
        self._begin()
        while self._waiting:
            address = self._waiting.popleft()
            kind = kind_of(address)
            if kind is None or self._opened[kind] >= OF_ONE_KIND:
                continue
            self._opened[kind] += 1
            if self._read(address) and kind not in self._met:
                self.page.goto(address)
                yield kind
            self._met.add(kind)

    def _begin(self) -> None:
        """The first page, and what each workplace leads to."""
        self._note([urlsplit(self.page.url).path])
        chosen = self.page.eval_on_selector_all("button[name=workplace]", "buttons => buttons.map(one => one.value)")
        for workplace in chosen:
            self.page.click("details.account summary")
            self.page.click(f"button[name=workplace][value={workplace}]")
            self._note([urlsplit(self.page.url).path])
            self._read(self.page.url)

    def _read(self, address: str) -> bool:
        """Note the links of a page; says whether it is one, and no file."""
        answer = self.page.request.get(address)
        assert answer.status < 400, f"a link leads to {answer.status} at {address}"
        if not answer.headers.get("content-type", "").startswith(HTML):
            return False
        self._note([urljoin(address, html.unescape(found)) for found in LINK.findall(answer.text())])
        return True

    def _note(self, addresses: list[str]) -> None:
        own = urlsplit(self.page.url).netloc
        for parts in map(urlsplit, addresses):
            address = f"{parts.path}?{parts.query}".rstrip("?")
            if parts.netloc in {"", own} and address not in self._known:
                self._known.add(address)
                self._waiting.append(address)


def kind_of(address: str) -> str | None:
    """Which page stands at an address; None for what is none of the console's."""
    try:
        rule, _ = PLACES.bind("localhost").match(urlsplit(address).path, "GET")
    except HTTPException:
        return None
    return str(rule)
