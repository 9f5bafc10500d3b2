"""Whom orders go to is found again by keyed hash, and lies sealed in the database (CUS-1)."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Barrier, Thread
from uuid import UUID

import pytest
from bylaw_orders.ports.customers import RecipientUnreadable
from bylaw_orders.rules.privacy.masking import UNREADABLE
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store.customers import SealedCustomers
from bylaw_orders.vault import MasterKeyUnknown, Vault

from tests.builders.people import MASTER_KEY
from tests.builders.recipients import SMITH, ZHANG, Kept
from tests.builders.recipients import kept as kept_in
from tests.databases import Databases


@pytest.fixture(scope="module")
def kept(postgres: Databases) -> Iterator[Kept]:
    """A database of orders, and the store over it."""
    with kept_in(postgres) as made:
        yield made


def opened(kept: Kept, *orders: UUID) -> list[Recipient | None]:
    """To whom these go."""
    with kept.database.read() as connection:
        found = kept.customers.opened(connection, orders)
    return [found[order] for order in orders]


def customer(kept: Kept, order: UUID) -> object:
    """Whose it is."""
    return kept.rows(f"select customer from order_recipients where of_order = '{order}'")[0][0]  # noqa: S608 - our own id


@pytest.mark.clause("CUS-1")
def test_what_was_sealed_opens_and_nothing_of_it_is_in_the_database_in_clear(kept: Kept) -> None:
    first, second = kept.written(ZHANG, SMITH)
    assert opened(kept, first, second) == [ZHANG, SMITH]
    everything = str(kept.rows("select * from order_recipients")) + str(kept.rows("select * from customers"))
    for text in (
        "张小三",
        "13800138000",
        "文三路",
        "310012",
        "z3@mail",
        "tb三",
        "John Smith",
        "7946 0958",
        "High Street",
    ):
        assert text not in everything
        assert repr(text.encode())[2:-1] not in everything
    areas = [kept.rows(f"select area from order_recipients where of_order = '{one}'")[0][0] for one in (first, second)]  # noqa: S608 - our own ids
    assert areas == ["浙江", "United Kingdom"]


@pytest.mark.clause("CUS-1")
def test_a_screen_shows_the_mask(kept: Kept) -> None:
    (order,) = kept.written(ZHANG)
    with kept.database.read() as connection:
        shown = kept.customers.masked(connection, [order])[order]
    assert (shown.name, shown.phone, shown.area, shown.has_remark) == ("张**", "1******8000", "浙江", True)


@pytest.mark.clause("CUS-1")
def test_orders_of_one_account_or_else_of_one_number_are_one_customers(kept: Kept) -> None:
    by_account = replace(ZHANG, phone="13900139000", account="a-1", platform="taobao")
    same = replace(by_account, phone="13900139001", nick="other")
    bare, written_otherwise = Recipient("王五", "13700137000"), Recipient("王五", "+86 137-0013-7000")
    ones = [customer(kept, order) for order in kept.written(by_account, same, bare, written_otherwise)]
    assert ones[0] == ones[1]
    assert ones[2] == ones[3] != ones[0]
    (later,) = kept.written(bare)
    assert customer(kept, later) == ones[2]


@pytest.mark.clause("CUS-1")
def test_who_has_nothing_to_be_told_by_is_a_customer_of_one_order(kept: Kept) -> None:
    hidden = Recipient("赵*", "138****1234", "***", nick="t**")
    first, second = kept.written(hidden, hidden)
    assert customer(kept, first) != customer(kept, second)
    assert opened(kept, first) == [hidden]


@pytest.mark.clause("CUS-1")
def test_a_recipient_written_again_takes_the_place_of_the_former(kept: Kept) -> None:
    (order,) = kept.written(ZHANG)
    with kept.database.work() as work:
        kept.write(work.connection, [order], replace(ZHANG, address="北京市朝阳区1号"))
    assert opened(kept, order) == [replace(ZHANG, address="北京市朝阳区1号")]


@pytest.mark.clause("CUS-1")
def test_who_orders_first_at_the_same_time_in_many_places_is_one_customer(kept: Kept) -> None:
    people = [Recipient(f"人{number}", f"1360000{number:04}") for number in range(40)]
    barrier, made = Barrier(4), list[UUID]()

    def take(order: int) -> None:
        barrier.wait()
        made.extend(kept.written(*(people if order % 2 else people[::-1])))

    threads = [Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 160
    named = ", ".join(f"'{order}'" for order in made)
    counted = kept.rows(
        f"select count(distinct customer), count(*) from order_recipients where of_order in ({named})"  # noqa: S608 - ids
    )
    assert counted == [(40, 160)]


@pytest.mark.clause("CUS-1")
def test_a_field_that_was_moved_to_another_order_or_changed_does_not_open(kept: Kept) -> None:
    first, second = kept.written(ZHANG, replace(ZHANG, name="张大三"))
    with kept.database.work() as work:
        work.connection.exec_driver_sql(
            "update order_recipients set name = other.name from order_recipients as other"
            " where other.of_order = %s and order_recipients.of_order = %s",
            (second, first),
        )
    with pytest.raises(RecipientUnreadable) as broken:
        opened(kept, first)
    assert "张" not in repr(broken.value)
    assert opened(kept, second)[0] == replace(ZHANG, name="张大三")
    with kept.database.read() as connection:
        shown = kept.customers.masked(connection, [first])[first]
    assert (shown.name, shown.phone) == (UNREADABLE.name, UNREADABLE.phone)


@pytest.mark.clause("CUS-1")
def test_without_the_master_key_nothing_opens_and_after_its_change_the_previous_one_still_does(kept: Kept) -> None:
    (order,) = kept.written(ZHANG)
    other = "another master key of at least 32 characters"
    with kept.database.read() as connection:
        with pytest.raises(MasterKeyUnknown):
            SealedCustomers(Vault(other)).opened(connection, [order])
        changed = SealedCustomers(Vault(other, [MASTER_KEY]))
        assert changed.opened(connection, [order]) == {order: ZHANG}
    with kept.database.work() as work:
        (found,) = changed.prepared(work.connection, [ZHANG])
    assert found
    assert found.customer == customer(kept, order)


def test_nothing_that_is_raised_or_logged_with_it_shows_anything(kept: Kept) -> None:
    with kept.database.work() as work:
        (made,) = kept.customers.prepared(work.connection, [ZHANG])
    for text in ("张", "1380", "文三路"):
        assert text not in f"{ZHANG!r} {ZHANG} {made!r} {made}"
