"""What customers write lies sealed by their own key: in no table, event or list, and gone with the key (CUS-1)."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_orders.rules.privacy.customer import Erasure, ErasureReason
from bylaw_orders.rules.tickets.ticket import MessageKind, Written
from bylaw_orders.store.erasing import ErasingStore
from bylaw_orders.vault import Vault

from tests.builders.people import MASTER_KEY
from tests.builders.receiving import refusal_of
from tests.builders.service_desk import COMPLAINT, ServiceDesk

pytestmark = pytest.mark.clause("CUS-1")
WORDS = "我是李小明，住龙井路，call 138-1234-5678 or li.xm@example.com"
_TABLES = "select relname, relkind from pg_class where relnamespace = 'orders'::regnamespace and relkind = 'r'"


def rows_with(connection: sa.Connection, text: str) -> list[str]:
    """The tables in which a text lies, as text or as bytes."""
    found = []
    for table in connection.execute(sa.text(_TABLES)).scalars():
        query = f'select count(*) from orders."{table}" as one where one::text like :text or one::text like :bytes'  # noqa: S608
        said = {"text": f"%{text}%", "bytes": f"%{text.encode().hex()}%"}
        if connection.execute(sa.text(query), said).scalar():
            found.append(table)
    return found


@pytest.fixture
def told(desk: ServiceDesk) -> str:
    """A ticket in which everything was written that can be."""
    order = desk.shipped("A-1", desk.tea)
    name = str(desk.take(COMPLAINT, order=order.name, text=WORDS, subject="李小明的茶").name)
    desk.add(name, f"again: {WORDS}")
    desk.add(name, f"note: {WORDS}", kind=3)
    desk.escalate(name, f"because: {WORDS}")
    desk.answer(name, f"answer: {WORDS}")
    desk.close(name, f"end: {WORDS}")
    desk.rate(name, 3, f"rating: {WORDS}")
    desk.reopen(name, f"again: {WORDS}")
    return name


def test_nothing_of_it_lies_in_clear_anywhere(desk: ServiceDesk, told: str) -> None:
    database = Database(desk.orders.url, "orders", desk.orders.clock)
    with database.engine.connect() as connection:
        for part in ("李小明", "龙井路", "138-1234-5678", "li.xm@example.com"):
            assert rows_with(connection, part) == []
        assert rows_with(connection, told.rpartition("/")[2])
    database.close()


def test_it_is_shown_masked_to_whoever_works_on_it_and_not_printed(desk: ServiceDesk, told: str) -> None:
    said = desk.said(told)
    assert [one.kind for one in said] == [1, 1, 3, 4, 2, 5, 7, 6]
    assert all("我是李小明，住龙井路，call *** or ***" in one.text for one in said)
    assert said[0].subject == "李小明的茶"
    assert WORDS not in repr(Written(MessageKind.NOTE, "", WORDS))


def test_it_is_gone_with_the_customers_key_and_work_goes_on(desk: ServiceDesk, told: str) -> None:
    order = desk.orders.order(desk.one(told).order)
    database = Database(desk.orders.url, "orders", desk.orders.clock)
    with database.work() as work:
        customer = UUID(order.recipient.customer.rpartition("/")[2])
        gone = Erasure(customer, work.now, "", ErasureReason.LEGAL, "authority", 0)
        ErasingStore(Vault(MASTER_KEY)).erase(work.connection, gone)
    database.close()
    assert {(one.erased, one.text, one.subject) for one in desk.said(told)} == {(True, "", "")}
    desk.answer(told, "We are sorry.")
    assert [one.text for one in desk.said(told) if not one.erased] == ["We are sorry."]


def test_what_does_not_open_any_more_is_refused_and_shows_nothing(desk: ServiceDesk) -> None:
    database = Database(desk.orders.url, "orders", desk.orders.clock)
    with database.engine.connect() as connection:
        right = sa.text("select has_table_privilege('orders.ticket_messages', 'update')")
        assert connection.execute(right).scalar() is False
    made = desk.take(text="x")
    copied = "insert into ticket_messages select :new, ticket, kind, at, by, customer, subject, text"
    with database.engine.begin() as connection:
        moved = sa.text(f"{copied} from ticket_messages where ticket = :ticket")
        connection.execute(moved, {"new": UUID(int=7), "ticket": UUID(made.name.rpartition("/")[2])})
    database.close()
    assert refusal_of(lambda: desk.said(made.name)) == "TICKET_DAMAGED"
