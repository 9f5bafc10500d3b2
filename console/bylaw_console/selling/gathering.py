"""All pages of a list in one look, up to a limit, where it is sorted or counted as no call sorts or counts it."""

from typing import Any

from bylaw_console.desk import Desk

PAGE, MOST = 1000, 10_000


def gather(desk: Desk, wish: Any, field: str, most: int = MOST) -> list[Any]:
    """The entries of a list; a wish has `page_size` and `page_token`, its answer `next_page_token`."""
    found = list[Any]()
    wish.page_size, wish.page_token = min(PAGE, most), ""
    while True:
        answer = desk.ask(wish)
        found.extend(getattr(answer, field))
        if not answer.next_page_token or len(found) >= most:
            return found[:most]
        wish.page_token = answer.next_page_token


def shown_of(desk: Desk, found: list[Any]) -> tuple[list[Any], str]:
    """The rows of this page out of all of them, and where the next page begins; empty at the end."""
    page = desk.args.get("page", "")
    first = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 0
    last = first + desk.rows
    return found[first:last], str(last) if last < len(found) else ""
