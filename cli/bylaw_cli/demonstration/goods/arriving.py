"""Deliveries to the demonstration warehouse: one refused in part, one that waits, one to come (WHS-1, WHS-2, WHS-8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import Any

from bylaw.inventory.v1 import (
    deliveries_pb2,
    deliveries_pb2_grpc,
    delivery_notes_pb2,
    delivery_notes_pb2_grpc,
    put_away_pb2,
    put_away_pb2_grpc,
)
from bylaw.types.v1.amount_pb2 import Quantity
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.deciding import KEEPER
from bylaw_cli.demonstration.goods.shelves import DOCK, Shelves

WHY_REFUSED = "四只杯口破损，余数退回。/ Four cups came chipped at the rim; they go back."
PUT_AWAY = "MJ-PLATE"
"""The rest of what was accepted waits in inspection."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A supplier's note: who, its number, what is announced, in how many days, and the delivery's own reference."""

    supplier: str
    number: str
    quantities: Mapping[str, str]
    ahead: int
    reference: str = ""
    blind: bool = False


BROKEN = Announced("晨晖陶瓷", "CH-3107", {"MJ-CUP": "60", "MJ-PLATE": "40"}, 0, "SF-771204")
SHORT = Announced("清源织造", "QY-0552", {"MJ-CLOTH": "50"}, 0, "YT-330918")
TO_COME = Announced("桂语蜂业", "GY-88", {"MJ-HONEY": "96"}, 5, blind=True)
FIT_CUPS, CHIPPED_CUPS, PLATES, CLOTHS = "56", "4", "40", "47"
"""How many came."""


def receive(shelves: Shelves) -> None:
    """What came today: counted, put beside its note, decided and put away; or still to be decided; or to come."""
    notes = {one.number: _noted(shelves, one) for one in (BROKEN, SHORT, TO_COME)}
    _refuse_in_part(shelves, notes[BROKEN.number])
    counted = deliveries_pb2.CountedLine(item=shelves.items["MJ-CLOTH"], fit=Quantity(value=CLOTHS))
    _counted(shelves, _started(shelves, notes[SHORT.number], SHORT), [counted])


def _noted(shelves: Shelves, announced: Announced) -> str:
    """`deliveryNotes/{delivery_note}`; on record already after a load that was broken off."""
    asking, stub = shelves.asking, shelves.asking.stub(delivery_notes_pb2_grpc.DeliveryNotesStub)
    listing = delivery_notes_pb2.ListDeliveryNotesRequest(parent=shelves.name)
    for known in asking.ask(stub.ListDeliveryNotes, listing, by=KEEPER).delivery_notes:
        if known.number == announced.number:
            return str(known.name)
    note = delivery_notes_pb2.DeliveryNote(
        warehouse=shelves.name,
        supplier=announced.supplier,
        number=announced.number,
        expected_date=(asking.today + timedelta(days=announced.ahead)).isoformat(),
        blind=announced.blind,
        lines=[
            delivery_notes_pb2.DeliveryNoteLine(item=shelves.items[code], quantity=Quantity(value=value))
            for code, value in announced.quantities.items()
        ],
    )
    request = delivery_notes_pb2.CreateDeliveryNoteRequest(delivery_note=note)
    return str(asking.ask(stub.CreateDeliveryNote, request, by=KEEPER).name)


def _started(shelves: Shelves, note: str, announced: Announced) -> deliveries_pb2.Delivery:
    stub = shelves.asking.stub(deliveries_pb2_grpc.DeliveriesStub)
    listing = deliveries_pb2.ListDeliveriesRequest(parent=note)
    known = shelves.asking.ask(stub.ListDeliveries, listing, by=KEEPER).deliveries
    request = deliveries_pb2.StartDeliveryRequest(parent=note, reference=announced.reference)
    found: deliveries_pb2.Delivery = known[0] if known else shelves.asking.ask(stub.StartDelivery, request, by=KEEPER)
    return found


def _counted(
    shelves: Shelves, delivery: deliveries_pb2.Delivery, lines: Iterable[deliveries_pb2.CountedLine]
) -> deliveries_pb2.Delivery:
    """Counted by form and finished; what differs from the note is told to director and shop manager (WHS-2)."""
    if delivery.state != deliveries_pb2.DELIVERY_STATE_COUNTING:
        return delivery
    stub = shelves.asking.stub(deliveries_pb2_grpc.DeliveriesStub)
    count = deliveries_pb2.RecordCountRequest(name=delivery.name, lines=lines)
    shelves.asking.ask(stub.RecordCount, count, by=KEEPER)
    finish = deliveries_pb2.FinishCountRequest(name=delivery.name)
    finished: deliveries_pb2.Delivery = shelves.asking.ask(stub.FinishCount, finish, by=KEEPER)
    return finished


def _refuse_in_part(shelves: Shelves, note: str) -> None:
    """The chipped cups go back, with a photo; the plates are put away, the other cups wait for it (WHS-2, WHS-8)."""
    stub: Any = shelves.asking.stub(deliveries_pb2_grpc.DeliveriesStub)
    cup, plate = shelves.items["MJ-CUP"], shelves.items[PUT_AWAY]
    cups = deliveries_pb2.CountedLine(item=cup, fit=Quantity(value=FIT_CUPS), damaged=Quantity(value=CHIPPED_CUPS))
    plates = deliveries_pb2.CountedLine(item=plate, fit=Quantity(value=PLATES))
    delivery = _counted(shelves, _started(shelves, note, BROKEN), [cups, plates])
    if delivery.state == deliveries_pb2.DELIVERY_STATE_COUNTED:
        image = HttpBody(
            content_type="image/jpeg", data=files("bylaw_cli.demonstration").joinpath("photo.jpg").read_bytes()
        )
        shelves.asking.ask(
            stub.AddDeliveryPhoto, deliveries_pb2.AddDeliveryPhotoRequest(parent=delivery.name, image=image), by=KEEPER
        )
        accepted = [deliveries_pb2.AcceptedLine(item=one.item, quantity=one.fit) for one in (cups, plates)]
        decision = deliveries_pb2.DecideDeliveryRequest(
            name=delivery.name,
            decision=deliveries_pb2.DELIVERY_DECISION_ACCEPTED_IN_PART,
            lines=accepted,
            reason=WHY_REFUSED,
        )
        shelves.asking.ask(stub.DecideDelivery, decision, by=KEEPER)
    _put_away(shelves, plate)


def _put_away(shelves: Shelves, item: str) -> None:
    stub = shelves.asking.stub(put_away_pb2_grpc.PutAwaysStub)
    waiting = shelves.asking.ask(stub.ListPutAways, put_away_pb2.ListPutAwaysRequest(parent=shelves.name), by=KEEPER)
    lines = [
        put_away_pb2.PutAwayLine(item=one.item, from_place=shelves.places[DOCK], quantity=one.quantity)
        for one in waiting.put_aways
        if one.item == item
    ]
    if lines:
        request = put_away_pb2.PutGoodsAwayRequest(parent=shelves.name, lines=lines)
        shelves.asking.ask(stub.PutGoodsAway, request, by=KEEPER)
