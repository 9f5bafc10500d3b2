"""The trade of the service: channels, orders, and their claims on the stock."""

import time
from dataclasses import dataclass

import grpc
from bylaw.orders.v1 import channels_pb2, orders_pb2, stock_claims_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.keys import derived_key
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_orders.apps.parcels import Parcels
from bylaw_orders.neighbours.stock_desk import InventoryDesk
from bylaw_orders.neighbours.stock_held import InventoryHeld
from bylaw_orders.ports.checking import Checks
from bylaw_orders.ports.customers import Customers
from bylaw_orders.rpc.channels import ChannelCalls
from bylaw_orders.rpc.orders import OrderCalls
from bylaw_orders.rpc.stock_claims import StockClaimCalls
from bylaw_orders.store import channels, claims, goods, orders, reconciling, tickets
from bylaw_orders.use_cases.channels.keep_channels import KeepChannels
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.intake.digests import Digests
from bylaw_orders.use_cases.intake.look_orders_up import LookOrdersUp
from bylaw_orders.use_cases.intake.receive_orders import ReceiveOrders
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from bylaw_orders.use_cases.intake.update_order import UpdateOrder
from bylaw_orders.use_cases.orders.cancel_order import CancelOrder
from bylaw_orders.use_cases.orders.changing import ChangeOrders
from bylaw_orders.use_cases.orders.mend_order import MendOrder
from bylaw_orders.use_cases.orders.restating import Restating
from bylaw_orders.use_cases.orders.show_orders import ShowOrders
from bylaw_orders.use_cases.orders.writing import Writing
from bylaw_orders.use_cases.privacy.readdressing import Readdressing
from bylaw_orders.use_cases.stocking.drive_claims import DriveClaims
from bylaw_orders.use_cases.stocking.hear_stock import HearStock
from bylaw_orders.use_cases.stocking.reconcile_stock import ReconcileStock
from bylaw_orders.use_cases.stocking.when_short import WhenShort

CLAIMS, CLAIMS_SECONDS, RECONCILE_SECONDS = "claims", 1.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Trade:
    """What the parts of the service stand on."""

    finding: Finding
    restating: Restating
    taking: TakeOrders
    parcels: Parcels
    hears: HearStock
    driving: DriveClaims
    reconciling: ReconcileStock

    @property
    def timers(self) -> tuple[Timer, ...]:
        """Brings claims to what orders want of them, as soon as one is due; compares them with inventory once a day."""
        return (
            Timer(CLAIMS, CLAIMS_SECONDS, self.driving, claims.DUE),
            Timer("reconcile-stock", RECONCILE_SECONDS, self.reconciling),
        )


def add_orders(server: Server, own: Member, inventory: grpc.Channel, customers: Customers, checks: Checks) -> Trade:
    """Adds the calls of channels and orders."""
    database = own.database
    finding = Finding(database, own.organisation, channels, orders)
    parcels = Parcels()
    restating = Restating(orders, claims, parcels, tickets)
    when_short = WhenShort(channels, orders, claims)
    desk = InventoryDesk(inventory, own.neighbours)
    digests = Digests(derived_key(own.settings.master_key.get_secret_value(), "orders-digests"))
    writing = Writing(orders, claims, restating)
    readdressing = Readdressing(customers)
    updates = UpdateOrder(orders, readdressing, writing)
    showing = ShowOrders(database, finding, orders, claims, customers)
    looking = LookOrdersUp(database, finding, orders, goods, checks, customers, digests, database.clock)
    taking = TakeOrders(database, looking, orders, customers, desk, updates, showing)
    cancelling = CancelOrder(database, finding, orders, claims, restating)
    of_channels = channels_pb2.DESCRIPTOR.services_by_name["Channels"]
    server.add(of_channels, ChannelCalls(KeepChannels(database, finding, channels), own.page_tokens))
    of_orders = orders_pb2.DESCRIPTOR.services_by_name["Orders"]
    receiving = ReceiveOrders(taking)
    mender = MendOrder(database, finding, orders, goods, checks, customers, writing, readdressing)
    changing = ChangeOrders(database, finding, orders, writing)
    server.add(of_orders, OrderCalls(mender, changing, showing, receiving, cancelling, own.page_tokens))
    held = InventoryHeld(inventory, own.neighbours)
    reconciling_now = ReconcileStock(database, reconciling, held, time.sleep)
    of_claims = stock_claims_pb2.DESCRIPTOR.services_by_name["StockClaims"]
    server.add(of_claims, StockClaimCalls(showing, reconciling_now, own.page_tokens))
    hears = HearStock(orders, claims, parcels, restating, when_short)
    driving = DriveClaims(database, orders, claims, desk, restating, when_short)
    return Trade(finding, restating, taking, parcels, hears, driving, reconciling_now)
