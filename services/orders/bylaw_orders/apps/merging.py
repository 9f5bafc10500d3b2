"""Puts together what ships orders together; a part of `app.py`."""

from collections.abc import Mapping

import grpc
from bylaw.orders.v1 import order_merges_pb2
from bylaw_chassis.jobs import JobFunction
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_orders.apps.orders import Trade
from bylaw_orders.neighbours.stock_marks import InventoryMarks
from bylaw_orders.ports.customers import Customers
from bylaw_orders.rpc.merges import OrderMergeCalls
from bylaw_orders.store import claims, merge_candidates, orders, together
from bylaw_orders.use_cases.merging.looking import LookingAtOrders
from bylaw_orders.use_cases.merging.merge_orders import MergeOrders
from bylaw_orders.use_cases.merging.show_candidates import ShowCandidates
from bylaw_orders.use_cases.merging.tell_packers import TELL_PACKERS, TellPackers
from bylaw_orders.use_cases.orders.show_orders import ShowOrders


def add_merging(
    server: Server, own: Member, inventory: grpc.Channel, trade: Trade, customers: Customers
) -> Mapping[str, JobFunction]:
    """Adds the calls; answers its jobs."""
    looking = LookingAtOrders(trade.finding, customers, together, merge_candidates, claims)
    showing = ShowOrders(own.database, trade.finding, orders, claims, customers)
    merging = MergeOrders(own.database, trade.finding, orders, together, looking)
    candidates = ShowCandidates(own.database, trade.finding, looking, merge_candidates, showing)
    calls = OrderMergeCalls(merging, candidates, showing, own.page_tokens)
    server.add(order_merges_pb2.DESCRIPTOR.services_by_name["OrderMerges"], calls)
    return {TELL_PACKERS: TellPackers(own.database, together, InventoryMarks(inventory, own.neighbours))}
