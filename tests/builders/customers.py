"""A shop whose customers' data are looked at, and the calls tests make about them."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from bylaw.orders.v1 import channels_pb2, customers_pb2, orders_pb2
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.orders import ORDERS_PERMISSIONS, OrdersService, ordered

ZHANG = {
    "display_name": "张小三",
    "phone": "13800138000",
    "address": "浙江省杭州市西湖区文三路398号5幢2单元501室",
    "region": "浙江省",
    "postal_code": "310012",
    "email": "z3@mail.test",
    "nick": "三儿",
    "remark": "请放门口",
}
WHY = "包裹退回，需与收件人核对"


@dataclass
class Shop:
    """A unit's channel whose orders are records of the past, and what is asked of its customers."""

    orders: OrdersService
    unit: str
    channel: channels_pb2.Channel
    mobile: int

    def order(self, **to: Any) -> orders_pb2.Order:
        """Takes an order in that goes to somebody; a number of this test's where none is given."""
        told = {**ZHANG, "phone": self.phone(), "nick": f"三儿{self.mobile}", **to}
        number = f"N-{uuid4()}"
        return self.orders.place(self.channel, number, ordered("TEA"), recipient=orders_pb2.Recipient(**told))

    def phone(self, more: int = 0) -> str:
        """A number of this test's."""
        return f"138{self.mobile:04}{more:04}"

    def reveal(self, order: str, caller: Any = None, **more: Any) -> customers_pb2.RevealedRecipient:
        """Has it revealed."""
        told = {"reason": customers_pb2.REVEAL_REASON_DELIVERY_PROBLEM, "explanation": WHY, **more}
        request = customers_pb2.RevealRecipientRequest(name=order, **told)
        return self.orders.customers.RevealRecipient(request, metadata=caller or self.orders.everything)

    def find(self, caller: Any = None, **by: str) -> list[customers_pb2.Customer]:
        """Finds customers."""
        request = customers_pb2.FindCustomersRequest(**by)
        return list(self.orders.customers.FindCustomers(request, metadata=caller or self.orders.everything).customers)

    def find_by_digits(self, digits: str, caller: Any = None) -> list[customers_pb2.Customer]:
        """Finds customers by the end of their number."""
        request = customers_pb2.FindCustomersByLastDigitsRequest(digits=digits)
        answer = self.orders.customers.FindCustomersByLastDigits(request, metadata=caller or self.orders.everything)
        return list(answer.customers)

    def customer(self, name: str, caller: Any = None) -> customers_pb2.Customer:
        """A customer."""
        request = customers_pb2.GetCustomerRequest(name=name)
        return self.orders.customers.GetCustomer(request, metadata=caller or self.orders.everything)

    def reveals(self, **more: Any) -> list[customers_pb2.Reveal]:
        """Reveals, newest first."""
        request = customers_pb2.ListRevealsRequest(**more)
        return list(self.orders.customers.ListReveals(request, metadata=self.orders.everything).reveals)

    def somebody(self, *permissions: str, person: UUID | None = None) -> Any:
        """A person of this shop's unit, newly signed in; all permissions where none are named."""
        reach = UUID(self.unit.rpartition("/")[2])
        held = frozenset(permissions) or ORDERS_PERMISSIONS
        return self.orders.people.as_caller(HeldGrant(Scope.SUBTREE, reach, held), person=person or uuid4())

    def label(self, order: str) -> customers_pb2.OrderLabel:
        """A label, as who packs sees it."""
        request = customers_pb2.GetOrderLabelRequest(name=f"{order}/label")
        return self.orders.customers.GetOrderLabel(request, metadata=self.somebody("orders.labels.read"))

    def export(self, customer: str, why: str = "客户来函索取") -> customers_pb2.CustomerExport:
        """All that is held of a customer."""
        request = customers_pb2.ExportCustomerRequest(name=customer, explanation=why)
        return self.orders.customers.ExportCustomer(request, metadata=self.orders.everything)

    def erase(self, customer: str, **more: Any) -> customers_pb2.Erasure:
        """Erases a customer, who asked for it."""
        told = {"reason": customers_pb2.ERASURE_REASON_CUSTOMER_ASKED, "explanation": "客户来函要求", "name": customer}
        request = customers_pb2.EraseCustomerRequest(**{**told, "confirmation": customer, **more})
        return self.orders.customers.EraseCustomer(request, metadata=self.orders.everything)

    def erasures(self) -> list[customers_pb2.Erasure]:
        """Erasures, newest first."""
        request = customers_pb2.ListErasuresRequest(page_size=1000)
        return list(self.orders.customers.ListErasures(request, metadata=self.orders.everything).erasures)

    def clear_texts(self) -> list[str]:
        """What nobody may read without a reason."""
        return ["张小三", self.phone(), "398", "501", "310012", "z3@mail", f"三儿{self.mobile}", "请放门口"]

    def rows(self, statement: str, **given: Any) -> list[Any]:
        """What a statement finds in the database."""
        with self.orders.service.database.engine.begin() as connection:
            return list(connection.execute(sa.text(statement), given).all())

    def notices(self, since: int = 0) -> list[dict[str, Any]]:
        """What people will be told of, newest last."""
        with self.orders.service.database.engine.begin() as connection:
            rows = connection.execute(sa.text("select payload from jobs where kind = 'tell-people' order by id"))
            told = [json.loads(bytes(row.payload)) for row in rows][since:]
        return [{"body": one[2][1], "about": one[3], "role": one[4]} for one in told]
