"""Of many wishes at once each is answered by itself: who is refused leaves nothing behind, and touches nobody else."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import feed_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService
from tests.databases import plain
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once

pytestmark = pytest.mark.clause("WHS-4")

State = reservations.StockReservationState
Wish = reservations.StockReservation


@dataclass(frozen=True)
class Many:
    """The calls for many, in a warehouse; each answers states, or why it was refused."""

    house: House
    inventory: InventoryService

    def wish(self, *wanted: tuple[items.Item, str], **more: Any) -> Wish:
        """A wish under a new id."""
        lines = [
            reservations.StockReservationLine(item=item.name, quantity=Quantity(value=value)) for item, value in wanted
        ]
        said = {"name": f"stockReservations/{uuid4()}", "warehouse": self.house.warehouse.name, "lines": lines}
        return Wish(**{**said, **more})

    def create(self, *wishes: Wish, key: str = "", who: Any = None) -> list[reservations.StockReservationResult]:
        """What became of each."""
        request = reservations.BatchCreateStockReservationsRequest(stock_reservations=wishes, request_id=key)
        return list(self._ask(self.inventory.reservations.BatchCreateStockReservations, request, who))

    def confirm(self, *names: str, who: Any = None) -> list[reservations.StockReservationResult]:
        """The same of confirming."""
        request = reservations.BatchConfirmStockReservationsRequest(names=names, request_id=str(uuid4()))
        return list(self._ask(self.inventory.reservations.BatchConfirmStockReservations, request, who))

    def release(self, *names: str, warehouse: str | None = None) -> list[reservations.StockReservationResult]:
        """The same of releasing."""
        where = self.house.warehouse.name if warehouse is None else warehouse
        releases = [reservations.StockReservationRelease(name=name, warehouse=where) for name in names]
        request = reservations.BatchReleaseStockReservationsRequest(releases=releases, request_id=str(uuid4()))
        return list(self._ask(self.inventory.reservations.BatchReleaseStockReservations, request, None))

    def _ask(self, method: Callable[..., Any], request: Any, who: Any) -> Any:
        return method(request, metadata=who or self.inventory.everything).results


@pytest.fixture
def many(house: House, inventory: InventoryService) -> Many:
    """The calls for many."""
    return Many(house, inventory)


def said(results: Sequence[reservations.StockReservationResult]) -> list[str]:
    """Each state without its long name, or the reason."""
    return [
        one.refusal.reason or State.Name(one.stock_reservation.state).removeprefix("STOCK_RESERVATION_STATE_")
        for one in results
    ]


def test_each_is_held_or_refused_with_those_before_it_counted(many: Many) -> None:
    tea, cup = many.house.item("TEA"), many.house.item("CUP")
    many.house.receive(tea, "5")
    many.house.receive(cup, "9")
    wishes = [
        many.wish((tea, "3")),
        many.wish((tea, "3"), (cup, "1")),
        many.wish((tea, "2"), (cup, "2")),
        many.wish((tea, "1"), (cup, "1"), partial=True),
    ]
    done = many.create(*wishes)
    assert said(done) == ["HELD", "STOCK_SHORT", "HELD", "HELD"]
    assert [one.stock_reservation.name or "" for one in done] == [
        "" if number == 1 else one.name for number, one in enumerate(wishes)
    ]
    refusal = done[1].refusal
    assert (refusal.clause, refusal.message.zh != "", refusal.message.en != "") == ("WHS-4", True, True)
    assert [(one.field, one.reason, one.message.en) for one in refusal.fields] == [
        ("stock_reservations[1].lines[0]", "STOCK_SHORT", f"only 2 of {tea.code} is free")
    ]
    assert [line.reserved.value for line in done[3].stock_reservation.lines] == ["0", "1"]
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("5", "5")}
    assert many.house.warehouse.on_hand(cup) == {"A-01": ("9", "3")}
    assert_sound(many.inventory)


def test_who_was_refused_among_many_left_its_id_free_and_asks_again(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "5")
    first, second = many.wish((tea, "4")), many.wish((tea, "4"))
    assert said(many.create(first, second)) == ["HELD", "STOCK_SHORT"]
    with pytest.raises(grpc.RpcError) as refused:
        many.house.warehouse.reservation(second.name)
    assert refusal_from(refused.value).reason == "RESERVATION_NOT_FOUND"
    many.house.receive(tea, "5")
    assert said(many.create(first, second)) == ["HELD", "HELD"]
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("10", "8")}


def test_each_fault_is_its_own_wishs_and_says_what_the_call_for_one_says(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "50")
    stranger, nowhere = items.Item(name=f"items/{uuid4()}"), f"warehouses/{uuid4()}"
    gone, taken = many.wish((tea, "1")), many.wish((tea, "1"))
    many.house.warehouse.release(gone.name)
    many.create(taken)
    other = Wish()
    other.CopyFrom(taken)
    other.purpose = "another"
    faults = {
        "ITEM_NOT_FOUND": many.wish((tea, "1"), (stranger, "1")),
        "QUANTITY_INVALID": many.wish((tea, "0.5")),
        "WAREHOUSE_NOT_FOUND": many.wish((tea, "1"), warehouse=nowhere),
        "RESERVATION_RELEASED": gone,
        "RESERVATION_DIFFERS": other,
        "FIELD_INVALID": many.wish(),
    }
    for reason, wish in faults.items():
        request = reservations.CreateStockReservationRequest(stock_reservation=wish)
        with pytest.raises(grpc.RpcError) as refused:
            many.inventory.reservations.CreateStockReservation(request, metadata=many.inventory.everything)
        assert refusal_from(refused.value).reason == reason
    done = many.create(*faults.values(), many.wish((tea, "1")))
    assert said(done) == [*faults, "HELD"]
    assert done[0].refusal.fields[0].field == "stock_reservations[0].lines[1].item"
    assert done[5].refusal.fields[0].field == "stock_reservations[5].lines"
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("50", "2")}
    assert_sound(many.inventory)


def test_an_id_that_comes_twice_is_answered_twice_the_same_and_differing_ones_are_refused(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "5")
    wish, more = many.wish((tea, "4")), Wish()
    more.CopyFrom(wish)
    more.purpose = "more"
    done = many.create(wish, wish, more)
    assert (done[0] == done[1], said(done)) == (True, ["HELD", "HELD", "RESERVATION_DIFFERS"])
    short = many.wish((tea, "4"))
    assert said(many.create(short, short)) == ["STOCK_SHORT", "STOCK_SHORT"]
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("5", "4")}


def test_asked_again_under_its_key_or_without_it_is_answered_the_same(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "10")
    wishes, key = [many.wish((tea, "4")) for _ in range(3)], str(uuid4())
    done = many.create(*wishes, key=key)
    assert said(done) == ["HELD", "HELD", "STOCK_SHORT"]
    many.house.receive(tea, "10")
    assert many.create(*wishes, key=key) == done
    assert many.create(*wishes[:2]) == done[:2]
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("20", "8")}


def test_many_are_confirmed_each_by_itself(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "10")
    held, kept, gone = (many.house.warehouse.reserve((tea, "2")).name for _ in range(3))
    late = many.house.warehouse.reserve((tea, "2"), hold_minutes=1).name
    many.house.warehouse.confirm(kept)
    many.house.warehouse.release(gone)
    many.inventory.clock.pass_time(minutes=2)
    unknown = f"stockReservations/{uuid4()}"
    done = many.confirm(held, kept, gone, late, unknown, "stockReservations/x", held)
    expected = ["CONFIRMED", "CONFIRMED", "RESERVATION_ENDED", "RESERVATION_ENDED", "RESERVATION_NOT_FOUND"]
    assert said(done) == [*expected, "FIELD_INVALID", "CONFIRMED"]
    assert done[0].stock_reservation == many.house.warehouse.reservation(held)
    assert done[5].refusal.fields[0].field == "names[5]"
    assert said(many.confirm(held, kept)) == ["CONFIRMED", "CONFIRMED"]


def test_many_are_released_each_once_and_one_never_heard_of_cannot_be_made_any_more(many: Many) -> None:
    tea, cup = many.house.item("TEA"), many.house.item("CUP")
    many.house.receive(tea, "10")
    many.house.receive(cup, "10")
    held = [many.house.warehouse.reserve((tea, "2"), (cup, "1")).name for _ in range(3)]
    many.house.warehouse.confirm(held[0])
    early = many.wish((tea, "1"))
    done = many.release(*held[:2], early.name, held[0], "stockReservations/x")
    assert said(done) == ["RELEASED", "RELEASED", "RELEASED", "RELEASED", "FIELD_INVALID"]
    assert done[0].stock_reservation == many.house.warehouse.reservation(held[0])
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("10", "2")}
    assert said(many.create(early)) == ["RESERVATION_RELEASED"]
    assert said(many.release(*held[:2], early.name)) == ["RELEASED"] * 3
    assert said(many.release(f"stockReservations/{uuid4()}", warehouse="")) == ["RESERVATION_NOT_FOUND"]
    nowhere = f"warehouses/{uuid4()}"
    assert said(many.release(f"stockReservations/{uuid4()}", warehouse=nowhere)) == ["WAREHOUSE_NOT_FOUND"]
    assert_sound(many.inventory)


def test_each_change_is_told_in_the_feed_once(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "5")
    wishes = [many.wish((tea, "2")) for _ in range(3)]
    names = [one.name for one in wishes]
    assert said(many.create(*wishes)) == ["HELD", "HELD", "STOCK_SHORT"]
    many.confirm(*names)
    many.release(*names)
    many.inventory.run_timer("sequence")
    answer = many.inventory.feed.ListEvents(
        feed_pb2.ListEventsRequest(page_size=1000), metadata=many.inventory.everything
    )
    told = Counter(
        (names.index(one.reservation_changed.name), State.Name(one.reservation_changed.state)[24:])
        for one in answer.events
        if one.reservation_changed.name in names
    )
    each = ("HELD", "CONFIRMED", "RELEASED")
    assert told == Counter([*((number, state) for number in (0, 1) for state in each), (2, "RELEASED")])


@pytest.mark.clause("SEC-3")
def test_the_trail_keeps_the_many_and_each_refusal_that_a_clause_decided(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "1")
    wishes = [many.wish((tea, "1")), many.wish((tea, "1")), many.wish((tea, "0.5"))]
    assert said(many.create(*wishes)) == ["HELD", "STOCK_SHORT", "QUANTITY_INVALID"]
    with psycopg.connect(plain(many.inventory.url), options="-csearch_path=inventory") as connection:
        kept = connection.execute("select reason, clause, targets from audit where %s = any(targets)", [wishes[1].name])
        about = sorted((reason, clause, wishes[0].name in targets) for reason, clause, targets in kept)
    assert about == [("", "", True), ("STOCK_SHORT", "WHS-4", False)]


@pytest.mark.parametrize("count", [0, 101])
def test_none_and_more_than_a_hundred_are_refused_as_a_whole(many: Many, count: int) -> None:
    tea = many.house.item("TEA")
    for ask in (
        lambda: many.create(*[many.wish((tea, "1"))] * count),
        lambda: many.confirm(*["stockReservations/x"] * count),
        lambda: many.release(*["stockReservations/x"] * count),
    ):
        with pytest.raises(grpc.RpcError) as refused:
            ask()
        assert refusal_from(refused.value).reason == "FIELD_INVALID"


@pytest.mark.clause("SEC-1")
def test_what_is_out_of_reach_is_answered_among_many_like_what_there_is_not(many: Many) -> None:
    tea = many.house.item("TEA")
    many.house.receive(tea, "5")
    held = many.house.warehouse.reserve((tea, "1")).name
    other = many.inventory.people.unit(f"AISLE-{many.house.number}").name
    many.inventory.follow_people()
    stranger = many.inventory.caller(other)
    assert said(many.create(many.wish((tea, "1")), who=stranger)) == ["WAREHOUSE_NOT_FOUND"]
    assert said(many.confirm(held, who=stranger)) == ["RESERVATION_NOT_FOUND"]
    assert many.house.warehouse.on_hand(tea) == {"A-01": ("5", "1")}


def test_the_many_of_many_callers_at_once_sell_what_there_is_and_no_more(many: Many) -> None:
    goods = [many.house.item(f"G{number}") for number in range(3)]
    for item in goods:
        many.house.receive(item, "20")
    batches = [
        [many.wish(*((item, "1") for item in (goods if turn % 2 else goods[::-1]))) for _ in range(7)]
        for turn in range(6)
    ]
    names = [wish.name for batch in batches for wish in batch]
    done = at_once(
        [
            *(lambda batch=batch: many.create(*batch, key=str(uuid4())) for batch in batches),  # type: ignore[misc]
            *(lambda: many.house.warehouse.reserve(*((item, "1") for item in goods)) for _ in range(4)),
        ]
    )
    singles = [one for one in done if isinstance(one, Wish)]
    outcomes = Counter(reason for one in done[: len(batches)] for reason in said(one))
    assert outcomes["HELD"] + len(singles) == 20
    assert outcomes["STOCK_SHORT"] == len(names) - outcomes["HELD"]
    assert {held for item in goods for _, held in many.house.warehouse.on_hand(item).values()} == {"20"}
    given_back = at_once([lambda some=names[part::6]: many.release(*some) for part in range(6)])  # type: ignore[misc]
    assert {reason for one in given_back for reason in said(one)} == {"RELEASED"}
    assert {held for item in goods for _, held in many.house.warehouse.on_hand(item).values()} == {str(len(singles))}
    assert_sound(many.inventory)
