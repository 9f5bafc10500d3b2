"""What leaves the demonstration's warehouse: two parcels, one lacking its receipt; an order that is held (WHS-12)."""

from uuid import NAMESPACE_URL, uuid5

from bylaw.inventory.v1 import (
    parcels_pb2,
    parcels_pb2_grpc,
    reservations_pb2,
    reservations_pb2_grpc,
    stock_pb2,
    stock_pb2_grpc,
)
from bylaw.types.v1.amount_pb2 import Quantity

from bylaw_cli.demonstration.deciding import KEEPER
from bylaw_cli.demonstration.goods.shelves import Moved, Shelves, paper

CARRIER = "顺丰"
PARCELS = (("SO-20611", "SF-660117", "R-4471", "3"), ("SO-20612", "SF-660118", "", "2"))
"""Order, waybill, the carrier's receipt if it is there, how many cups."""
HELD = ("SO-20613", {"MJ-CUP": "4", "MJ-NAPKIN": "8"})
"""An order that is held and confirmed, to be picked next."""
CUP, CUPS_LIE = "MJ-CUP", "A-01-1"


def issue(shelves: Shelves) -> None:
    """Issues two orders, hands both to the carrier, and holds a third."""
    issues = [_issued(shelves, order, count) for order, _, _, count in PARCELS]
    _hand_over(shelves, issues)
    _hold(shelves)


def _issued(shelves: Shelves, order: str, count: str) -> str:
    """`stockMovements/{stock_movement}`; posted already after a load that was broken off."""
    stub = shelves.asking.stub(stock_pb2_grpc.StockStub)
    if order in shelves.posted:
        listing = stock_pb2.ListStockMovementsRequest(parent=shelves.name)
        listed = shelves.asking.ask(stub.ListStockMovements, listing, by=KEEPER).stock_movements
        return next(str(one.name) for one in listed if order in {paper.number for paper in one.papers})
    movement = shelves.movement(paper("SALES_ORDER", order), [Moved(CUP, CUPS_LIE, "CARRIER", count)])
    request = stock_pb2.PostStockMovementRequest(stock_movement=movement)
    return str(shelves.asking.ask(stub.PostStockMovement, request, by=KEEPER).name)


def _hand_over(shelves: Shelves, issues: list[str]) -> None:
    """Both are handed over; of one the receipt is lacking (WHS-12)."""
    stub = shelves.asking.stub(parcels_pb2_grpc.ParcelsStub)
    if shelves.asking.ask(stub.ListParcels, parcels_pb2.ListParcelsRequest(parent=shelves.name), by=KEEPER).parcels:
        return
    lines = [
        parcels_pb2.ParcelLine(number=waybill, stock_movement=issue, receipt=receipt)
        for (_, waybill, receipt, _), issue in zip(PARCELS, issues, strict=True)
    ]
    request = parcels_pb2.HandOverParcelsRequest(parent=shelves.name, carrier=CARRIER, lines=lines)
    shelves.asking.ask(stub.HandOverParcels, request, by=KEEPER)


def _hold(shelves: Shelves) -> None:
    """Asked again under the same name, what is held is answered."""
    stub = shelves.asking.stub(reservations_pb2_grpc.ReservationsStub)
    order, wanted = HELD
    name = f"stockReservations/{uuid5(NAMESPACE_URL, f'{shelves.name}/{order}')}"
    wish = reservations_pb2.StockReservation(
        name=name,
        warehouse=shelves.name,
        purpose=order,
        lines=[
            reservations_pb2.StockReservationLine(item=shelves.items[code], quantity=Quantity(value=value))
            for code, value in wanted.items()
        ],
    )
    made = reservations_pb2.CreateStockReservationRequest(stock_reservation=wish)
    shelves.asking.ask(stub.CreateStockReservation, made, by=KEEPER)
    confirmed = reservations_pb2.ConfirmStockReservationRequest(name=name)
    shelves.asking.ask(stub.ConfirmStockReservation, confirmed, by=KEEPER)
