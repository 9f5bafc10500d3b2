"""What happens in the warehouse to what was reserved for orders is heard once, in its order (ORD-2, WHS-3)."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.database import Work
from bylaw_chassis.doctor import Examined, Finding
from bylaw_chassis.tables import outbox
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.doctor.goods import heard_check
from bylaw_orders.rules.following.heard import (
    Heard,
    Issued,
    IssueReversed,
    MovedGoods,
    ParcelHandedOver,
    ReservationEnd,
    ReservationEnded,
    Returned,
    ReturnReversed,
)
from bylaw_orders.store import heard
from bylaw_orders.store.goods_tables import heard_stock, stock_returns
from bylaw_orders.use_cases.following.have_effect import HaveEffect

from tests.builders.inventory import ORDER, line
from tests.builders.issuing import Parcels
from tests.builders.orders import OrdersService
from tests.builders.people import identifier
from tests.integration.orders.conftest import Stock
from tests.integration.orders.hearing import Ears, House

pytestmark = pytest.mark.clause("ORD-2")


@pytest.fixture
def house(stock: Stock, orders: OrdersService) -> Iterator[House]:
    """A house of which nothing was heard yet."""
    begun, made = orders.clock.now, House(stock, orders)
    made.hear()
    made.ears.told.clear()
    published(made)
    yield made
    made.try_again_now()
    made.hear(Ears())
    orders.clock.now = begun


def goods(*moved: tuple[items.Item, str]) -> tuple[MovedGoods, ...]:
    return tuple(sorted(MovedGoods(identifier(item.name), Decimal(value)) for item, value in moved))


def test_an_issue_of_several_lines_is_heard_by_item_and_then_that_the_reservation_is_used_up(house: House) -> None:
    tea, salt = house.stock.item("TEA", "5"), house.stock.item("SALT", "5")
    reservation = house.reserved((tea, "3"), (salt, "1"))
    first = house.issue(tea, "2", reservation)
    assert house.hear() == [
        Issued(
            identifier(first),
            identifier(house.stock.warehouse.name),
            identifier(reservation),
            goods((tea, "2")),
            house.orders.clock.now,
        )
    ]
    lines = [line(one, house.stock.bin, house.stock.customer, "1") for one in (salt, tea)]
    house.stock.warehouse.post(*lines, papers=[ORDER], reservation=reservation)
    ended, issued = sorted(house.hear(), key=lambda one: isinstance(one, Issued))
    assert isinstance(issued, Issued)
    assert issued.goods == goods((tea, "1"), (salt, "1"))
    assert isinstance(ended, ReservationEnded)
    assert (ended.reservation, ended.end) == (identifier(reservation), ReservationEnd.USED)
    assert house.hear() == []


def test_an_issue_that_was_a_mistake_is_heard_as_taken_back(house: House) -> None:
    tea = house.stock.item("TEA", "5")
    reservation = house.reserved((tea, "4"))
    issue = house.issue(tea, "1", reservation)
    back = house.stock.warehouse.reverse(issue)
    issued, taken_back = house.hear()
    assert isinstance(issued, Issued)
    assert isinstance(taken_back, IssueReversed)
    assert (taken_back.movement, taken_back.reverses) == (identifier(back.name), identifier(issue))
    assert (taken_back.reservation, taken_back.goods) == (issued.reservation, issued.goods)


@pytest.mark.parametrize("heard_between", [True, False])
def test_a_parcel_is_heard_as_that_of_the_reservation_its_issue_took_from(house: House, *, heard_between: bool) -> None:
    tea = house.stock.item("TEA", "5")
    reservation = house.reserved((tea, "2"))
    issue = house.issue(tea, "1", reservation)
    if heard_between:
        house.hear()
    parcels = Parcels(house.orders.inventory, house.stock.warehouse)
    number = f"SF-{house.stock.number}"
    (parcel,) = parcels.hand_over((number, issue, ""))
    *_, told = house.hear()
    assert isinstance(told, ParcelHandedOver)
    assert (told.parcel, told.movement) == (identifier(parcel.name), identifier(issue))
    assert (told.reservation, told.carrier, told.number) == (identifier(reservation), "SF", number)
    parcels.acknowledge(parcel.name, "R-1")
    assert house.hear() == []


def test_what_was_issued_without_a_reservation_is_nothing_of_orders_nor_is_its_parcel(house: House) -> None:
    tea = house.stock.item("TEA", "5")
    issue = house.issue(tea, "1")
    Parcels(house.orders.inventory, house.stock.warehouse).hand_over((f"SF-{house.stock.number}", issue, ""))
    house.stock.warehouse.reverse(house.issue(tea, "1"))
    assert house.hear() == []


def test_that_a_reservation_was_released_or_not_confirmed_in_time_is_heard(house: House) -> None:
    tea = house.stock.item("TEA", "5")
    released, expired, kept = (house.reserved((tea, "1")) for _ in range(3))
    house.stock.warehouse.release(released)
    house.stock.warehouse.confirm(kept)
    house.orders.clock.pass_time(minutes=31)
    house.orders.inventory.run_timer("expire-reservations")
    told = {one.reservation: one.end for one in house.hear() if isinstance(one, ReservationEnded)}
    assert told == {
        identifier(released): ReservationEnd.RELEASED,
        identifier(expired): ReservationEnd.EXPIRED,
    }


@pytest.mark.clause("CUS-2")
def test_goods_that_came_back_are_on_record_by_their_slip_and_what_had_not_is_taken_off(house: House) -> None:
    tea = house.stock.item("TEA", "5")
    house.issue(tea, "3", target=house.stock.customer)
    inspection = house.stock.warehouse.place("LOOK", 3)
    slip = f"RMA-{house.stock.number}"
    papers = [{"kind": "PAPER_KIND_RETURN_SLIP", "number": slip}]
    back = house.stock.warehouse.post(line(tea, house.stock.customer, inspection, "2"), papers=papers)
    (returned,) = house.hear()
    assert isinstance(returned, Returned)
    assert (returned.slips, returned.goods) == ((slip,), goods((tea, "2")))
    assert back_by(house, slip) == Decimal(2)
    house.stock.warehouse.reverse(back.name)
    (taken_off,) = house.hear()
    assert isinstance(taken_off, ReturnReversed)
    assert (taken_off.slips, taken_off.reverses) == ((slip,), identifier(back.name))
    assert back_by(house, slip) == 0


def test_read_anew_from_its_beginning_nothing_is_heard_twice(house: House) -> None:
    tea = house.stock.item("TEA", "9")
    reservation = house.reserved((tea, "2"))
    issue = house.issue(tea, "1", reservation)
    Parcels(house.orders.inventory, house.stock.warehouse).hand_over((f"SF-{house.stock.number}", issue, ""))
    house.stock.warehouse.reverse(issue)
    house.stock.warehouse.release(reservation)
    kinds = Counter(type(one).__name__ for one in house.hear())
    assert kinds == {"Issued": 1, "ParcelHandedOver": 1, "IssueReversed": 1, "ReservationEnded": 1}
    before = house.rows()
    house.read_anew()
    house.stock.warehouse.release(house.reserved((tea, "1")))
    assert [type(one) for one in house.hear()] == [ReservationEnded]
    assert house.rows() == before + 1


def test_an_effect_that_fails_is_tried_again_and_only_what_is_about_its_reservation_waits(house: House) -> None:
    tea = house.stock.item("TEA", "9")
    bad, good = house.reserved((tea, "4")), house.reserved((tea, "4"))
    house.ears.deaf_to.add(identifier(bad))
    for reservation in (bad, good, bad, good):
        house.issue(tea, "1", reservation)
    assert [reservation_of(one) for one in house.hear()] == [identifier(good)] * 2
    house.issue(tea, "1", bad)
    assert house.hear() == []
    assert waits(house) == [("ZeroDivisionError", 1), ("", 0), ("", 0)]
    house.ears.deaf_to.clear()
    assert house.hear() == []  # its time has not come
    house.try_again_now()
    told = house.hear()
    assert [reservation_of(one) for one in told] == [identifier(bad)] * 3
    assert told == sorted(told, key=lambda one: (one.at, str(subject(one))))
    assert waits(house) == []


def test_the_doctor_names_what_was_not_heard_and_what_has_waited_too_long(house: House) -> None:
    assert examined(house).holds
    tea = house.stock.item("TEA", "9")
    reservation = house.reserved((tea, "4"))
    house.ears.deaf_to.add(identifier(reservation))
    house.issue(tea, "1", reservation)
    house.orders.run_timer("goods")
    assert examined(house).holds
    house.orders.clock.pass_time(minutes=6)
    assert not examined(house).holds
    assert examined(house, running=False).holds
    house.hear()
    found = examined(house, running=False)
    assert not found.holds
    assert found.seen.zh == found.seen.en
    assert found.seen.en.endswith(f"{reservation} ZeroDivisionError")
    house.ears.deaf_to.clear()
    house.try_again_now()
    house.hear()
    assert examined(house).holds


def test_what_a_worker_had_begun_to_tell_when_it_died_is_told_again_whole(house: House) -> None:
    tea = house.stock.item("TEA", "9")
    reservation = house.reserved((tea, "4"))
    house.issue(tea, "1", reservation)
    house.issue(tea, "1", reservation)

    class Dies(Ears):
        def hear(self, work: Work, told: Sequence[Heard]) -> None:
            super().hear(work, told)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.hear(Dies())
    assert published(house) == 0
    assert len(house.hear()) == 2
    assert published(house) == 2


def test_several_workers_tell_each_thing_once_and_in_its_order(house: House) -> None:
    tea = house.stock.item("TEA", "60")
    reservations = [house.reserved((tea, "5")) for _ in range(4)]
    made = [identifier(house.issue(tea, "1", one)) for _ in range(5) for one in reservations]
    house.orders.run_timer("goods")
    workers = [threading.Thread(target=HaveEffect(house.database, heard, house.ears)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    told = [one.movement for one in house.ears.told if isinstance(one, Issued)]
    assert told == made
    assert len(house.ears.told) == len(made) + len(reservations)  # each of them is used up
    assert max(house.ears.batches) > 1


def examined(house: House, *, running: bool = True) -> Finding:
    """What the doctor finds of what was heard."""
    with house.database.read() as connection:
        return heard_check(connection, Examined(house.database, MIGRATIONS, running))


def reservation_of(one: Heard) -> Any:
    return getattr(one, "reservation", None)


def subject(one: Heard) -> Any:
    return getattr(one, "movement", None) or reservation_of(one)


def waits(house: House) -> list[tuple[str, int]]:
    """Why what waits was not heard, and how often it was tried."""
    query = sa.select(heard_stock.c.last_error, heard_stock.c.attempts).where(heard.WAITS).order_by(heard_stock.c.id)
    with house.database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def back_by(house: House, slip: str) -> Decimal:
    """What is back by a slip."""
    query = sa.select(sa.func.sum(stock_returns.c.quantity)).where(stock_returns.c.slips.contains([slip]))
    with house.database.read() as connection:
        return Decimal(connection.execute(query).scalar_one())


def published(house: House) -> int:
    """How many facts of this test wait to be told, and forgets them."""
    with house.database.engine.begin() as connection:
        return connection.execute(outbox.delete().where(outbox.c.kind == "test_heard")).rowcount
