"""Walks through the console as somebody would: from page to page by the links there are, each kind of page once."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bylaw_console.pages import ROUTES
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

HTML = "text/html"
MOST_OF_ONE_KIND = 2
"""How often a kind of page is opened: once filled and once otherwise, as chance has it."""

PLACES = Map([Rule(route.path, endpoint=route.path, methods=["GET"]) for route in ROUTES if "GET" in route.methods])
KINDS = frozenset(rule.rule for rule in PLACES.iter_rules())
"""Every page there is, by its place in the table of routes."""


@dataclass
class Walk:
    """Where somebody comes by links alone: `seen` are kinds of pages that opened, `downloads` those that are files."""

    page: Page
    seen: dict[str, list[str]] = field(default_factory=dict)
    downloads: set[str] = field(default_factory=set)
    _waiting: deque[str] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)

    def pages(self) -> Iterator[str]:
        """Open one page after another; yields the kind of each while it is open."""
        self._note(["/", *self._links()])
        self._look_into_workplaces()
        while self._waiting:
            address = self._waiting.popleft()
            kind = kind_of(address)
            if kind is None or kind in self.downloads or len(self.seen.get(kind, ())) >= MOST_OF_ONE_KIND:
                continue
            if self._opened(address, kind):
                self._note(self._links())
                yield kind

    def _look_into_workplaces(self) -> None:
        chosen = self.page.eval_on_selector_all("button[name=workplace]", "buttons => buttons.map(one => one.value)")
        for workplace in chosen:
            self.page.click("details.account summary")
            self.page.click(f"button[name=workplace][value={workplace}]")
            self._note(self._links())

    def _opened(self, address: str, kind: str) -> bool:
        asked = self.page.request.get(address)
        assert asked.status < 500, f"{asked.status} at {address}"
        if not asked.headers.get("content-type", "").startswith(HTML):
            self.downloads.add(kind)
            return False
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status < 400, f"a link leads to {answer.status} at {address}"
        self.seen.setdefault(kind, []).append(address)
        return True

    def _links(self) -> list[str]:
        found = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        return [f"{parts.path}?{parts.query}".rstrip("?") for parts in map(urlsplit, found)]

    def _note(self, addresses: list[str]) -> None:
        for address in addresses:
            if address not in self._known:
                self._known.add(address)
                self._waiting.append(address)


def kind_of(address: str) -> str | None:
    """Which page stands at an address; None for what is none of the console's."""
    try:
        rule, _ = PLACES.bind("localhost").match(urlsplit(address).path, "GET")
    except HTTPException:
        return None
    return str(rule)
