"""Channels of units with an order each: how they come there, the lists of them, and what is asked of each."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.orders.v1 import audit_pb2, audit_pb2_grpc
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import feed_pb2 as feed
from bylaw.orders.v1 import order_checks_pb2 as checks
from bylaw.orders.v1 import order_merges_pb2 as merges
from bylaw.orders.v1 import orders_pb2 as orders
from bylaw.orders.v1 import parcels_pb2 as parcels
from bylaw.orders.v1 import stock_claims_pb2 as claims
from bylaw.types.v1.amount_pb2 import Quantity
from google.protobuf.message import Message

from tests.builders.orders import OrdersService, ordered, somebody
from tests.integration import customer_lists, figure_lists, ticket_lists
from tests.integration.lists import NEVER, Listing, Walk
from tests.integration.order_file_lists import about_channel, about_import, import_of, of_imports, the_importers

Question = tuple[Callable[..., Any], Message]


def sold_by(service: OrdersService, unit: str, code: str) -> dict[str, str]:
    """A channel of a unit's, which ships by itself, with an order in it; names by collection."""
    channel = service.open_channel(unit, code)
    service.set_checks(channel.name, quantity_limit="99")
    order = service.place(channel, f"{code}-1", ordered("TEA", "2"), ordered("CUP"))
    made = parcels.OrderParcel(carrier="SF", waybill=waybill_of(code))
    add = parcels.AddOrderParcelRequest(parent=order.name, parcel=made)
    service.parcels.AddOrderParcel(add, metadata=service.everything)
    customer_lists.looked_at(service, channel, order)
    return {
        "channels": channel.name,
        "orders": order.name,
        "orderImports": import_of(service, channel),
        **ticket_lists.served(service, channel.name, order.name),
    }


def disagreed(service: OrdersService, unit: str, warehouse: str, item: str) -> None:
    """Goods that inventory holds for an order that there is not, which is found when both are compared."""
    merged_or_not(service, service.open_channel(unit, "GONE", warehouse=warehouse))
    line = reservations.StockReservationLine(item=item, quantity=Quantity(value="1"))
    told = {"name": f"stockReservations/{uuid4()}", "warehouse": warehouse, "purpose": "orders/GONE/1", "lines": [line]}
    request = reservations.CreateStockReservationRequest(stock_reservation=reservations.StockReservation(**told))
    service.inventory.reservations.CreateStockReservation(request, metadata=service.inventory.everything)
    service.clock.pass_time(minutes=2)
    service.claims.ReconcileStock(claims.ReconcileStockRequest(), metadata=service.everything)


def merged_or_not(service: OrdersService, channel: channels.Channel) -> None:
    """Two orders of one customer that could go together."""
    service.set_checks(channel.name, off=["GOODS_UNKNOWN"])
    for number in "12":
        service.place(channel, f"{channel.code}-{number}", ordered("NONE", number), recipient=somebody(channel.code))


def waybill_of(code: str) -> str:
    """The number of the parcel of a unit's order."""
    return f"SF-{code}-0001"


def of_channels(service: OrdersService) -> Listing:
    """The channels, each with its single read."""
    stub, request = service.channels, channels.GetChannelRequest
    return Listing(
        Walk(stub.ListChannels, channels.ListChannelsRequest(), "channels"),
        lambda reads, thing: reads.read(stub.GetChannel, request(name=thing.name)),
    )


def warehouses_of_channels(service: OrdersService) -> Walk:
    """The warehouses that channels are shipped from, or may be."""
    request = channels.ListChannelWarehousesRequest()
    return Walk(service.channels.ListChannelWarehouses, request, "channel_warehouses")


def of_orders(service: OrdersService, channel: str = "") -> Listing:
    """The orders, of all channels or of one, each with its single read."""
    stub, request = service.orders, orders.GetOrderRequest
    return Listing(
        Walk(stub.ListOrders, orders.ListOrdersRequest(channel=channel), "orders"),
        lambda reads, thing: reads.read(stub.GetOrder, request(name=thing.name)),
    )


def events_of(service: OrdersService, order: str) -> Walk:
    """What happened to an order."""
    return Walk(service.orders.ListOrderEvents, orders.ListOrderEventsRequest(parent=order), "order_events")


def claims_of(service: OrdersService, order: str) -> Walk:
    """What an order claims of the stock."""
    return Walk(service.claims.ListStockClaims, claims.ListStockClaimsRequest(parent=order), "stock_claims")


def parcels_of(service: OrdersService, order: str) -> Walk:
    """The parcels of an order."""
    request = parcels.ListOrderParcelsRequest(parent=order)
    return Walk(service.parcels.ListOrderParcels, request, "order_parcels")


def parcels_named(service: OrdersService, waybill: str) -> Walk:
    """The parcels that have a number."""
    request = parcels.FindOrderParcelsRequest(waybill=waybill)
    return Walk(service.parcels.FindOrderParcels, request, "order_parcels")


def track_of(service: OrdersService, parcel: str) -> Walk:
    """What happened to a parcel."""
    return Walk(service.parcels.ListTrackEvents, parcels.ListTrackEventsRequest(parent=parcel), "track_events")


def promises(service: OrdersService, channel: str = "") -> Walk:
    """The promises that are not kept, of all channels or of one."""
    request = parcels.ListOrderPromisesRequest(channel=channel)
    return Walk(service.parcels.ListOrderPromises, request, "order_promises")


def candidates(service: OrdersService, channel: str = "") -> Walk:
    """The orders that could go together, of all channels or of one."""
    request = merges.ListMergeCandidatesRequest(channel=channel)
    return Walk(service.merges.ListMergeCandidates, request, "merge_candidates")


def checks_of(service: OrdersService, channel: str) -> Walk:
    """What was set of how a channel's orders are checked."""
    request = checks.ListChannelChecksRequest(parent=channel)
    return Walk(service.checks.ListChannelChecks, request, "channel_checks")


def the_checks(service: OrdersService) -> Walk:
    """Which checks there are, for everybody the same."""
    return Walk(service.checks.ListOrderChecks, checks.ListOrderChecksRequest(), "order_checks")


def for_whoever_sees_everybody(service: OrdersService) -> dict[str, Walk]:
    """What tells of every channel at once."""
    audit = audit_pb2_grpc.AuditStub(service.channel)
    return {
        "audit of orders": Walk(
            audit.ListAuditEntries, audit_pb2.ListAuditEntriesRequest(page_size=5), "audit_entries"
        ),
        "feed of orders": Walk(service.feed.ListEvents, feed.ListEventsRequest(), "events"),
        "disagreements on stock": Walk(
            service.claims.ListStockDisagreements, claims.ListStockDisagreementsRequest(), "stock_disagreements"
        ),
        "erasures": customer_lists.erasures(service),
    }


def of_nobody(service: OrdersService) -> list[Question]:
    """What is asked of no channel."""
    head = audit_pb2_grpc.AuditStub(service.channel).GetAuditHead, audit_pb2.GetAuditHeadRequest()
    walks = (
        *for_whoever_sees_everybody(service).values(),
        the_checks(service),
        the_importers(service),
        of_imports(service).walk,
        warehouses_of_channels(service),
        promises(service),
        parcels_named(service, waybill_of("A")),
        parcels_named(service, waybill_of("B")),
    )
    return [
        *((walk.method, walk.request) for walk in walks),
        *ticket_lists.of_nobody(service),
        *customer_lists.of_nobody(service),
        *figure_lists.questions(service),
        head,
    ]


def about(service: OrdersService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """Every single read of a thing, every list under it, and what would change it, by the collection that it is of."""
    renamed = channels.Channel(name=name, sales_channel="x")
    number = orders.Order(channel=name, number="1", lines=[ordered("TEA")])
    loose = checks.ChannelChecks(quantity_limit="9", reason="x")
    messages = f"{name}/customerMessages"
    another = parcels.OrderParcel(carrier="SF", waybill="SF-0000-0002")
    return {
        "channels": lambda: [
            (service.channels.GetChannel, channels.GetChannelRequest(name=name)),
            (service.channels.UpdateChannel, channels.UpdateChannelRequest(channel=renamed)),
            (service.orders.ListOrders, orders.ListOrdersRequest(channel=name)),
            (candidates(service, name).method, candidates(service, name).request),
            (checks_of(service, name).method, checks_of(service, name).request),
            (service.checks.GetChannelChecks, checks.GetChannelChecksRequest(name=f"{name}/checks")),
            (service.checks.SetChannelChecks, checks.SetChannelChecksRequest(parent=name, channel_checks=loose)),
            (promises(service, name).method, promises(service, name).request),
            (service.parcels.GetCustomerMessages, parcels.GetCustomerMessagesRequest(name=messages)),
            (service.parcels.SetCustomerMessages, parcels.SetCustomerMessagesRequest(name=messages, steps=[1])),
            (service.orders.CreateOrder, orders.CreateOrderRequest(order=number)),
            (service.orders.BatchCreateOrders, orders.BatchCreateOrdersRequest(parent=name, orders=[number])),
            *about_channel(service, name),
            *ticket_lists.about_channel(service, name),
            *figure_lists.questions(service, name),
        ],
        "orderImports": lambda: about_import(service, name),
        **ticket_lists.about(service, name),
        **customer_lists.about(service, name),
        "orders": lambda: [
            (service.orders.GetOrder, orders.GetOrderRequest(name=name)),
            (events_of(service, name).method, events_of(service, name).request),
            (claims_of(service, name).method, claims_of(service, name).request),
            (service.orders.CancelOrder, orders.CancelOrderRequest(name=name, reason="x")),
            *changing(service, name),
            (parcels_of(service, name).method, parcels_of(service, name).request),
            (service.parcels.AddOrderParcel, parcels.AddOrderParcelRequest(parent=name, parcel=another)),
            *about_parcel(service, f"{name}/parcels/{NEVER}"),
            *customer_lists.about_order(service, name),
        ],
    }


def changing(service: OrdersService, name: str) -> list[Question]:
    """What a clerk would change of an order."""
    part = orders.OrderPart(lines=[orders.OrderPartLine(line=1, quantity="1")])
    return [
        (service.orders.UpdateOrder, orders.UpdateOrderRequest(order=orders.Order(name=name, promotion="x"))),
        (service.orders.HoldOrder, orders.HoldOrderRequest(name=name, reason="x")),
        (service.orders.BatchReleaseOrders, orders.BatchReleaseOrdersRequest(names=[name], reason="x")),
        (service.merges.MergeOrders, merges.MergeOrdersRequest(names=[name, f"orders/{NEVER[:-1]}8"], reason="x")),
        (service.merges.UnmergeOrder, merges.UnmergeOrderRequest(name=name, reason="x")),
        (service.orders.SplitOrder, orders.SplitOrderRequest(name=name, parts=[part])),
        (service.orders.RecordPayment, orders.RecordPaymentRequest(name=name, amount=1)),
    ]


def about_parcel(service: OrdersService, name: str) -> list[Question]:
    """Reading a parcel and its way, and recording something of it."""
    track, told = track_of(service, name), parcels.ReportTrackRequest(parent=name, state=10, text="x", reason="x")
    told.occur_time.FromDatetime(service.clock())
    return [
        (service.parcels.GetOrderParcel, parcels.GetOrderParcelRequest(name=name)),
        (track.method, track.request),
        (service.parcels.ReportTrack, told),
    ]
