"""What leaves the demonstration's warehouse for its shops: issued by its keeper, handed over, tracked (ORD-2)."""

from collections.abc import Mapping

from bylaw.inventory.v1 import parcels_pb2, parcels_pb2_grpc, stock_pb2, stock_pb2_grpc
from bylaw.orders.v1 import orders_pb2
from bylaw.orders.v1 import parcels_pb2 as tracking_pb2
from bylaw.orders.v1 import parcels_pb2_grpc as tracking_pb2_grpc

from bylaw_cli.demonstration.deciding import CLERK, KEEPER
from bylaw_cli.demonstration.goods.shelves import MOST, Moved, paper
from bylaw_cli.demonstration.goods.shelves import rows as items
from bylaw_cli.demonstration.orders.channels import Shops
from bylaw_cli.demonstration.orders.placing import wait_until

CARRIER = "顺丰"
PARCELS = {"W-3001": "SF-770031", "W-3002": "SF-770032", "W-3003": "SF-770033"}
"""What is handed over, by which waybill; each carrier's receipt is there."""
ISSUED = (*PARCELS, "W-3004")
"""The last waits to be handed over."""
TRACKED = {
    "W-3001": (tracking_pb2.PARCEL_STATE_SIGNED, "已签收，本人签收。"),
    "W-3002": (tracking_pb2.PARCEL_STATE_IN_TRANSIT, "快件已到达杭州中转场。"),
}
HOW_KNOWN = "致电顺丰客服得知。/ The carrier said so on the telephone."


def issue(shops: Shops) -> None:
    """As soon as they are reserved; by their papers (WHS-3)."""
    reserved = orders_pb2.FULFILMENT_STATE_RESERVED
    known = wait_until(shops, ISSUED, lambda order: order.fulfilment_state >= reserved)
    stub, issued = shops.asking.stub(stock_pb2_grpc.StockStub), _posted(shops)
    for number in ISSUED:
        if number not in issued:
            request = stock_pb2.PostStockMovementRequest(stock_movement=_movement(shops, known[number]))
            issued[number] = shops.asking.ask(stub.PostStockMovement, request, by=KEEPER)
    _hand_over(shops, issued)


def track(shops: Shops) -> None:
    """What the carrier said of two of them, once orders has heard of the hand-over."""
    handed_over = orders_pb2.FULFILMENT_STATE_HANDED_OVER
    known = wait_until(shops, tuple(PARCELS), lambda order: order.fulfilment_state >= handed_over)
    stub = shops.asking.stub(tracking_pb2_grpc.OrderParcelsStub)
    for number, (state, text) in TRACKED.items():
        if known[number].fulfilment_state == handed_over:
            listing = tracking_pb2.ListOrderParcelsRequest(parent=known[number].name)
            (parcel,) = shops.asking.ask(stub.ListOrderParcels, listing, by=CLERK).order_parcels
            report = tracking_pb2.ReportTrackRequest(parent=parcel.name, state=state, text=text, reason=HOW_KNOWN)
            if state == tracking_pb2.PARCEL_STATE_SIGNED:
                report.signer = tracking_pb2.PARCEL_SIGNER_CUSTOMER
            report.occur_time.FromDatetime(shops.asking.clock())
            shops.asking.ask(stub.ReportTrack, report, by=CLERK)


def _posted(shops: Shops) -> dict[str, stock_pb2.StockMovement]:
    """What a load that was broken off has issued, by the number of its order."""
    stub = shops.asking.stub(stock_pb2_grpc.StockStub)
    listing = stock_pb2.ListStockMovementsRequest(parent=shops.shelves.name, page_size=MOST)
    listed = shops.asking.ask(stub.ListStockMovements, listing, by=KEEPER).stock_movements
    return {paper.number: movement for movement in listed for paper in movement.papers if paper.number in ISSUED}


def _movement(shops: Shops, order: orders_pb2.Order) -> stock_pb2.StockMovement:
    places = {row["code"]: row["place"] for row in items()}
    lines = [Moved(line.code, places[line.code], "CARRIER", line.quantity) for line in order.lines]
    held = order.stock_reservations[0]
    return shops.shelves.movement(paper("SALES_ORDER", order.number), lines, reservation=held)


def _hand_over(shops: Shops, issues: Mapping[str, stock_pb2.StockMovement]) -> None:
    """Once each."""
    stub = shops.asking.stub(parcels_pb2_grpc.ParcelsStub)
    listing = parcels_pb2.ListParcelsRequest(parent=shops.shelves.name, page_size=MOST)
    gone = {parcel.number for parcel in shops.asking.ask(stub.ListParcels, listing, by=KEEPER).parcels}
    lines = [
        parcels_pb2.ParcelLine(number=waybill, stock_movement=issues[number].name, receipt=f"R-{waybill}")
        for number, waybill in PARCELS.items()
        if waybill not in gone
    ]
    if lines:
        request = parcels_pb2.HandOverParcelsRequest(parent=shops.shelves.name, carrier=CARRIER, lines=lines)
        shops.asking.ask(stub.HandOverParcels, request, by=KEEPER)
