"""The doctor finds customers' data that somebody changed, and erasures that left something (CUS-1)."""

from collections.abc import Iterator

import pytest
from bylaw_chassis.doctor import Check, Examined, Finding
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.doctor.customers import erased, seals_check
from bylaw_orders.rules.privacy.customer import Erasure, ErasureReason
from bylaw_orders.store.erasing import ErasingStore
from bylaw_orders.vault import Vault

from tests.builders.people import MASTER_KEY
from tests.builders.recipients import SMITH, ZHANG, Kept
from tests.builders.recipients import kept as kept_in
from tests.databases import Databases


@pytest.fixture
def kept(postgres: Databases) -> Iterator[Kept]:
    """A database with two customers, one of them erased."""
    with kept_in(postgres) as made:
        made.written(ZHANG, SMITH)
        (row,) = made.rows("select customer from order_recipients where area = 'United Kingdom'")
        with made.database.work() as work:
            gone = Erasure(row[0], work.now, "", ErasureReason.LEGAL, "authority", 0)  # type: ignore[arg-type]
            ErasingStore(made.customers.vault).erase(work.connection, gone)
        yield made


def found(kept: Kept, check: Check) -> Finding:
    """What a check finds."""
    with kept.database.read() as connection:
        return check(connection, Examined(kept.database, MIGRATIONS))


def seals(kept: Kept, key: str = MASTER_KEY) -> Finding:
    """What is found of the seals."""
    return found(kept, seals_check(Vault(key))[1])


def change(kept: Kept, statement: str) -> None:
    """Behind the product's back."""
    with kept.database.engine.begin() as connection:
        assert connection.exec_driver_sql(statement).rowcount


@pytest.mark.clause("CUS-1")
def test_data_as_they_were_written_hold(kept: Kept) -> None:
    assert seals(kept).holds
    assert found(kept, erased).holds


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    "statement",
    [
        "update order_recipients set name = phone where erased_at is null",
        "update order_recipients set phone_hash = tail_hash where erased_at is null",
        "update order_recipients set tail_hash = null where erased_at is null",
        "update customer_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)",
    ],
)
def test_a_field_a_hash_or_a_key_that_was_changed_is_found_and_nothing_of_it_shown(kept: Kept, statement: str) -> None:
    change(kept, statement)
    finding = seals(kept)
    assert not finding.holds
    assert "orders/" in finding.seen.en
    assert "张" not in finding.seen.zh


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    "statement",
    [
        "update order_recipients set name = decode('00', 'hex') where erased_at is not null",
        "delete from customer_keys",
        "update customers set erased_at = now(), identity = null where erased_at is null",
        "update order_recipients set erased_at = null where erased_at is not null",
    ],
)
def test_an_erasure_that_left_something_and_a_key_that_is_gone_are_found(kept: Kept, statement: str) -> None:
    change(kept, statement)
    assert not found(kept, erased).holds


@pytest.mark.clause("CUS-1")
def test_another_master_key_is_named_as_such(kept: Kept) -> None:
    finding = seals(kept, "another master key of at least 32 characters")
    assert not finding.holds
    assert "BYLAW_PREVIOUS_CUSTOMER_KEYS" in finding.cure.en
    assert seals(kept, MASTER_KEY).holds


@pytest.mark.clause("CUS-1")
def test_an_order_of_a_customer_whose_key_was_changed_is_taken_all_the_same(kept: Kept) -> None:
    change(kept, "update customer_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)")
    (order,) = kept.written(ZHANG)
    with kept.database.read() as connection:
        assert kept.customers.opened(connection, [order]) == {order: ZHANG}
