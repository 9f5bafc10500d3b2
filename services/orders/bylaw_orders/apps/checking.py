"""Puts together what checks orders; a part of `app.py`."""

from bylaw.orders.v1 import order_checks_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_orders.rpc.order_checks import OrderCheckCalls
from bylaw_orders.store import checking
from bylaw_orders.use_cases.checking.check_orders import CheckOrders
from bylaw_orders.use_cases.checking.keep_settings import KeepSettings
from bylaw_orders.use_cases.finding import Finding


def order_checks() -> CheckOrders:
    """What checks the orders that come."""
    return CheckOrders(checking)


def add_checks(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls."""
    kept = KeepSettings(own.database, finding, checking)
    calls = OrderCheckCalls(kept, own.page_tokens)
    server.add(order_checks_pb2.DESCRIPTOR.services_by_name["OrderChecks"], calls)
