"""The open jobs of a warehouse: what arrives, waits, leaves, is counted and is due, each with the way to do it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bylaw.inventory.v1 import (
    books_pb2,
    delivery_notes_pb2,
    house_rounds_pb2,
    parcels_pb2,
    put_away_pb2,
    reservations_pb2,
    returns_pb2,
    stocktakes_pb2,
    visits_pb2,
)

from bylaw_console.desk import Desk, path_of
from bylaw_console.shelves import Shelves, amount

SHOWN = 5
OVER = (stocktakes_pb2.STOCKTAKE_STATE_DONE, stocktakes_pb2.STOCKTAKE_STATE_CANCELLED)
NEEDED = {
    "notes": "inventory.delivery_notes.read",
    "put_away": "inventory.put_aways.read",
    "held": "inventory.reservations.read",
    "hand_over": "inventory.parcels.read",
    "returns": "inventory.returns.read",
    "stocktakes": "inventory.stocktakes.read",
    "day": "inventory.books.read",
    "rounds": "inventory.rounds.read",
    "visitors": "inventory.visits.read",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what it says, where it is done, and a remark."""

    words: str
    path: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of work: `key` names its words, `path` leads to all of it, `more` says that there is more."""

    key: str
    path: str
    steps: list[Step]
    more: bool


def jobs_of(desk: Desk, shelves: Shelves) -> list[Job]:
    """Every kind of work that whoever is signed in may see, the one with something to do first."""
    found = [JOBS[key](desk, shelves) for key, needed in NEEDED.items() if desk.may(needed)]
    return sorted(found, key=lambda job: not job.steps)


def _job(key: str, path: str, found: list[Any], step: Callable[[Any], Step]) -> Job:
    return Job(key, path, [step(one) for one in found[:SHOWN]], len(found) > SHOWN)


def _notes(desk: Desk, shelves: Shelves) -> Job:
    wish = delivery_notes_pb2.ListDeliveryNotesRequest(
        parent=shelves.name, state=delivery_notes_pb2.DELIVERY_NOTE_STATE_OPEN, page_size=SHOWN + 1
    )

    def step(note: Any) -> Step:
        when = desk.day(note.expected_date) if note.expected_date else ""
        return Step(f"{note.number} {note.supplier}", path_of("receive", note.name), when)

    return _job("notes", "/receive", list(desk.ask(wish).delivery_notes), step)


def _put_away(desk: Desk, shelves: Shelves) -> Job:
    wish = put_away_pb2.ListPutAwaysRequest(parent=shelves.name, page_size=SHOWN + 1)
    found = list(desk.ask(wish).put_aways)
    shelves.learn(one.item for one in found)
    return _job(
        "put_away",
        "/put-away",
        found,
        lambda one: Step(f"{shelves.code(one.item)} {amount(one.quantity)}", "/put-away", shelves.label(one.to_place)),
    )


def _held(desk: Desk, shelves: Shelves) -> Job:
    wish = reservations_pb2.ListStockReservationsRequest(parent=shelves.name, page_size=SHOWN + 1)

    def step(one: Any) -> Step:
        purpose = one.purpose.rpartition("/")[2] or desk.t("issuing.no_purpose")
        return Step(purpose, path_of("issue", one.name), desk.named(one, "state"))

    return _job("held", "/issue", list(desk.ask(wish).stock_reservations), step)


def _hand_over(desk: Desk, shelves: Shelves) -> Job:
    wish = parcels_pb2.ListOpenHandOversRequest(parent=shelves.name, page_size=SHOWN + 1)
    return _job(
        "hand_over",
        "/parcels",
        list(desk.ask(wish).open_hand_overs),
        lambda one: Step(one.reference, "/parcels", desk.named(one, "stage")),
    )


def _returns(desk: Desk, shelves: Shelves) -> Job:
    wish = returns_pb2.ListWaitingReturnsRequest(parent=shelves.name, page_size=SHOWN + 1)

    def step(one: Any) -> Step:
        waited = desk.t("returned.days", days=one.waiting_days)
        return Step(" ".join(one.slips), path_of("returns", one.stock_movement), waited)

    return _job("returns", "/returns", list(desk.ask(wish).waiting_returns), step)


def _stocktakes(desk: Desk, shelves: Shelves) -> Job:
    found = desk.ask(stocktakes_pb2.ListStocktakesRequest(parent=shelves.name, page_size=20)).stocktakes

    def step(one: Any) -> Step:
        places = " ".join(shelves.label(place) for place in one.places[:SHOWN]) or desk.t("counting.whole")
        return Step(places, path_of("stocktakes", one.name), desk.named(one, "state"))

    return _job("stocktakes", "/stocktakes", [one for one in found if one.state not in OVER], step)


def _day(desk: Desk, shelves: Shelves) -> Job:
    date = (shelves.now - timedelta(days=1)).date().isoformat()
    day = desk.ask(books_pb2.GetBookDayRequest(name=f"{shelves.name}/bookDays/{date}"))
    remark = desk.t("book_days.disagree", count=len(day.disagreements)) if day.disagreements else ""
    waiting = [day] if day.state == books_pb2.BOOK_DAY_STATE_OPEN else []
    return _job("day", "/book-days", waiting, lambda _: Step(desk.day(date), f"/book-days/{date}", remark))


def _rounds(desk: Desk, shelves: Shelves) -> Job:
    missing = desk.ask(house_rounds_pb2.GetMissingRoundsRequest(parent=shelves.name)).missing_rounds
    return _job("rounds", "/house", list(missing), lambda one: Step(desk.named(one, "side"), "/house#round"))


def _visitors(desk: Desk, shelves: Shelves) -> Job:
    wish = visits_pb2.ListVisitsRequest(parent=shelves.name, inside_now=True, page_size=SHOWN + 1)
    found = list(desk.ask(wish).visits)
    people = desk.who(*(one.person for one in found))

    def step(one: Any) -> Step:
        name = one.visitor_name or people.get(one.person, desk.t("frame.somebody"))
        return Step(f"{name} {one.company}".strip(), "/house", desk.instant(one.in_time)[-5:])

    return _job("visitors", "/house", found, step)


JOBS: dict[str, Callable[[Desk, Shelves], Job]] = {
    "notes": _notes,
    "put_away": _put_away,
    "held": _held,
    "hand_over": _hand_over,
    "returns": _returns,
    "stocktakes": _stocktakes,
    "day": _day,
    "rounds": _rounds,
    "visitors": _visitors,
}


def started_by(desk: Desk, shelves: Shelves, code: str) -> Iterator[Step]:
    """Jobs that are known by this number: a note of goods that are expected, an order whose goods are held."""
    wished = code.casefold()
    if desk.may(NEEDED["notes"]):
        wish = delivery_notes_pb2.ListDeliveryNotesRequest(
            parent=shelves.name, state=delivery_notes_pb2.DELIVERY_NOTE_STATE_OPEN, page_size=1000
        )
        for note in desk.ask(wish).delivery_notes:
            if note.number.casefold() == wished:
                yield Step(
                    desk.t("tasks.receive_note", number=note.number), path_of("receive", note.name), note.supplier
                )
    if desk.may(NEEDED["held"]):
        held = reservations_pb2.ListStockReservationsRequest(parent=shelves.name, page_size=1000)
        for one in desk.ask(held).stock_reservations:
            if one.purpose.rpartition("/")[2].casefold() == wished:
                yield Step(desk.t("tasks.issue_order", number=code), path_of("issue", one.name))
