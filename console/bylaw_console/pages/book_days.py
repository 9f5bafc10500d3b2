"""Day close: what does not agree, goods counted by the way, and the close that is for ever (WHS-4)."""

from datetime import timedelta
from typing import Any

from bylaw.inventory.v1 import books_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, in_warehouse, tail

READ = ("inventory.books.read",)
CLOSE = ("inventory.books.close",)
SUBJECTS = {"stockMovements": "/stock/movements/"}
DAYS_SHOWN, MOST_DAYS = 2, 14


@in_warehouse
def book_days(desk: Desk, shelves: Shelves) -> Response:
    """Today and the day before with what does not agree, and the days that are closed."""
    wish = books_pb2.ListBookDaysRequest(parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", ""))
    found = desk.ask(wish)
    last_closed = tail(found.book_days[0].name) if found.book_days and not wish.page_token else ""
    return desk.render(
        "book_days.html",
        shelves=shelves,
        open_days=_open_days(desk, shelves, last_closed) if not wish.page_token else [],
        closed=found.book_days,
        token=found.next_page_token,
        people=desk.who(*(one.closed_by for one in found.book_days)),
        month=shelves.today[:7],
    )


def _open_days(desk: Desk, shelves: Shelves, last_closed: str) -> list[Any]:
    """The days since the last that is closed, today first: they close in their order."""
    most = MOST_DAYS if last_closed else DAYS_SHOWN
    days = [(shelves.now - timedelta(days=back)).date().isoformat() for back in range(most)]
    return [
        desk.ask(books_pb2.GetBookDayRequest(name=f"{shelves.name}/bookDays/{day}"))
        for day in days
        if day > last_closed
    ]


@in_warehouse
def day(desk: Desk, shelves: Shelves, day: str) -> Response:
    """One day: what is booked on it, what was counted, what does not agree."""
    return _show(desk, shelves, day)


def _show(desk: Desk, shelves: Shelves, day: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(books_pb2.GetBookDayRequest(name=f"{shelves.name}/bookDays/{day}"))
    wish = books_pb2.ListSpotCountsRequest(parent=shelves.name, book_date=day, page_size=desk.rows)
    counts = desk.ask(wish).spot_counts
    shelves.learn(one.item for one in counts)
    values = {
        "shelves": shelves,
        "day": found,
        "date": day,
        "counts": counts,
        "is_closed": found.state == books_pb2.BOOK_DAY_STATE_CLOSED,
        "is_today": day == shelves.today,
        "links": {one.subject: _link(one.subject) for one in found.disagreements},
        "people": desk.who(found.closed_by, *(one.created_by for one in counts)),
    }
    return desk.show("book_day.html", refusal, **values)


def _link(subject: str) -> str:
    kind, _, id_ = subject.partition("/")
    if kind == "deliveries":
        return "/receive"
    return f"{SUBJECTS[kind]}{id_}" if kind in SUBJECTS else ""


@in_warehouse
def spot_count(desk: Desk, shelves: Shelves) -> Response:
    """Goods counted by the way; nothing on hand changes by it."""
    item = shelves.find_item(desk.field("item"))
    wish = books_pb2.CreateSpotCountRequest(
        parent=shelves.name,
        spot_count=books_pb2.SpotCount(
            item=item.name if item is not None else "",
            place=desk.field("place"),
            lot=desk.field("lot"),
            counted=amount_pb2.Quantity(value=desk.field("counted")),
        ),
        request_id=desk.request_id,
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, shelves.today, refusal)
    said = "book_days.counted_agrees" if made.difference == "0" else "book_days.counted_differs"
    return desk.go(f"/book-days/{made.book_date}", said=said, difference=made.difference, code=desk.field("item"))


@in_warehouse
def ask_close(desk: Desk, shelves: Shelves, day: str) -> Response:
    """Ask once: there is no opening a day again."""
    return _ask(desk, shelves, day)


def _ask(desk: Desk, shelves: Shelves, day: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(books_pb2.GetBookDayRequest(name=f"{shelves.name}/bookDays/{day}"))
    values = {"shelves": shelves, "day": found, "date": day}
    return desk.show("book_day_close.html", refusal, **values)


@in_warehouse
def close(desk: Desk, shelves: Shelves, day: str) -> Response:
    """Close it, with what explains whatever does not agree."""
    wish = books_pb2.CloseBookDayRequest(
        name=f"{shelves.name}/bookDays/{day}", explanation=desk.field("explanation"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _ask(desk, shelves, day, refusal)
    return desk.go(f"/book-days/{day}", said="book_days.closed_now", day=desk.full_day(day))


ROUTES = (
    get("/book-days", book_days, needs=READ),
    post("/book-days/counts", spot_count, needs=("inventory.books.count",)),
    get("/book-days/<day>", day, needs=READ),
    get("/book-days/<day>/close", ask_close, needs=CLOSE),
    post("/book-days/<day>/close", close, needs=CLOSE),
)
