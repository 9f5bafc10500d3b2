"""Deliveries as tests have them announced, counted, decided and put away, in a line each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import grpc
from bylaw.inventory.v1 import (
    deliveries_pb2,
    deliveries_pb2_grpc,
    delivery_notes_pb2,
    delivery_notes_pb2_grpc,
    put_away_pb2,
    put_away_pb2_grpc,
)
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.people.v1 import access_pb2, notices_pb2, notices_pb2_grpc
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.caller import HeldGrant, Scope
from google.api.httpbody_pb2 import HttpBody

from tests.builders.images import jpeg
from tests.builders.inventory import InventoryService, KnownWarehouse
from tests.builders.people import identifier, reason

ACCEPTED, IN_PART, REFUSED = (
    deliveries_pb2.DELIVERY_DECISION_ACCEPTED,
    deliveries_pb2.DELIVERY_DECISION_ACCEPTED_IN_PART,
    deliveries_pb2.DELIVERY_DECISION_REFUSED,
)
OPEN, CLOSED, RETURNED, CALLED_OFF = (
    delivery_notes_pb2.DELIVERY_NOTE_STATE_OPEN,
    delivery_notes_pb2.DELIVERY_NOTE_STATE_CLOSED,
    delivery_notes_pb2.DELIVERY_NOTE_STATE_RETURNED,
    delivery_notes_pb2.DELIVERY_NOTE_STATE_CALLED_OFF,
)


def announced(item: items.Item, value: str, unit: str = "", **more: Any) -> delivery_notes_pb2.DeliveryNoteLine:
    """So much of an item is announced."""
    quantity = Quantity(value=value, unit=unit)
    return delivery_notes_pb2.DeliveryNoteLine(item=item.name, quantity=quantity, **more)


def counted(item: items.Item, fit: str = "", **more: str) -> deliveries_pb2.CountedLine:
    """So much of an item was counted: fit, `damaged` and of `other_variety`."""
    parts = {"fit": fit, "damaged": more.pop("damaged", ""), "other_variety": more.pop("other_variety", "")}
    said = {part: Quantity(value=value) for part, value in parts.items() if value}
    return deliveries_pb2.CountedLine(item=item.name, **said, **more)


def taken(item: items.Item, value: str, **more: str) -> deliveries_pb2.AcceptedLine:
    """So much of an item is accepted."""
    return deliveries_pb2.AcceptedLine(item=item.name, quantity=Quantity(value=value), **more)


def refusal_of(act: Callable[[], Any]) -> str:
    """With what a call is refused; empty where it is not."""
    try:
        act()
    except grpc.RpcError as error:
        return reason(error)
    return ""


@dataclass
class Dock:
    """Where deliveries come to a warehouse."""

    inventory: InventoryService
    warehouse: KnownWarehouse
    metadata: Any = None
    number: int = 0
    notes: delivery_notes_pb2_grpc.DeliveryNotesStub = field(init=False)
    deliveries: deliveries_pb2_grpc.DeliveriesStub = field(init=False)
    put_aways: put_away_pb2_grpc.PutAwaysStub = field(init=False)

    def __post_init__(self) -> None:
        channel = self.inventory.channel
        self.notes = delivery_notes_pb2_grpc.DeliveryNotesStub(channel)
        self.deliveries = deliveries_pb2_grpc.DeliveriesStub(channel)
        self.put_aways = put_away_pb2_grpc.PutAwaysStub(channel)

    @property
    def caller(self) -> Any:
        """Whose calls these are."""
        return self.metadata or self.inventory.everything

    def note(self, *lines: delivery_notes_pb2.DeliveryNoteLine, **more: Any) -> delivery_notes_pb2.DeliveryNote:
        """Puts a note on record, under a number of its own where none is said."""
        self.number += 1
        said = {"warehouse": self.warehouse.name, "supplier": "Tea & Co", "number": f"N-{self.number}", **more}
        wish = delivery_notes_pb2.DeliveryNote(lines=lines, **said)
        request = delivery_notes_pb2.CreateDeliveryNoteRequest(delivery_note=wish)
        return self.notes.CreateDeliveryNote(request, metadata=self.caller)

    def shown(self, name: str) -> delivery_notes_pb2.DeliveryNote:
        """A note as it stands."""
        return self.notes.GetDeliveryNote(delivery_notes_pb2.GetDeliveryNoteRequest(name=name), metadata=self.caller)

    def listed(self, **more: Any) -> list[delivery_notes_pb2.DeliveryNote]:
        """The notes of the warehouse."""
        request = delivery_notes_pb2.ListDeliveryNotesRequest(parent=self.warehouse.name, **more)
        return list(self.notes.ListDeliveryNotes(request, metadata=self.caller).delivery_notes)

    def call_off_note(self, name: str, reason: str = "out of stock") -> delivery_notes_pb2.DeliveryNote:
        """Calls a note off."""
        request = delivery_notes_pb2.CallOffDeliveryNoteRequest(name=name, reason=reason)
        return self.notes.CallOffDeliveryNote(request, metadata=self.caller)

    def close(self, name: str, reason: str = "no more will come") -> delivery_notes_pb2.DeliveryNote:
        """Closes a note."""
        request = delivery_notes_pb2.CloseDeliveryNoteRequest(name=name, reason=reason)
        return self.notes.CloseDeliveryNote(request, metadata=self.caller)

    def reopen(self, name: str, reason: str = "closed by mistake") -> delivery_notes_pb2.DeliveryNote:
        """Opens a note again."""
        request = delivery_notes_pb2.ReopenDeliveryNoteRequest(name=name, reason=reason)
        return self.notes.ReopenDeliveryNote(request, metadata=self.caller)

    def tolerate(self, item: items.Item, over: str = "", under: str = "") -> delivery_notes_pb2.ReceivingRule:
        """Sets a tolerance."""
        request = delivery_notes_pb2.SetReceivingRuleRequest(
            parent=self.warehouse.name, item=item.name, over_percent=over, under_percent=under
        )
        return self.notes.SetReceivingRule(request, metadata=self.caller)

    def start(self, note: str, **more: Any) -> deliveries_pb2.Delivery:
        """Begins a delivery."""
        request = deliveries_pb2.StartDeliveryRequest(parent=note, **more)
        return self.deliveries.StartDelivery(request, metadata=self.caller)

    def delivery(self, name: str) -> deliveries_pb2.Delivery:
        """A delivery as it stands."""
        return self.deliveries.GetDelivery(deliveries_pb2.GetDeliveryRequest(name=name), metadata=self.caller)

    def record(self, name: str, *lines: deliveries_pb2.CountedLine) -> deliveries_pb2.Delivery:
        """Counts by form."""
        request = deliveries_pb2.RecordCountRequest(name=name, lines=lines)
        return self.deliveries.RecordCount(request, metadata=self.caller)

    def scan(self, name: str, item: items.Item | None = None, value: str = "", **more: Any) -> deliveries_pb2.Delivery:
        """Counts by a scan."""
        quantity = Quantity(value=value) if value else None
        named = item.name if item else ""
        request = deliveries_pb2.AddToCountRequest(name=name, item=named, quantity=quantity, **more)
        return self.deliveries.AddToCount(request, metadata=self.caller)

    def finish(self, name: str, remark: str = "") -> deliveries_pb2.Delivery:
        """Finishes a count."""
        request = deliveries_pb2.FinishCountRequest(name=name, remark=remark)
        return self.deliveries.FinishCount(request, metadata=self.caller)

    def decide(self, name: str, decision: int, *lines: Any, **more: Any) -> deliveries_pb2.Delivery:
        """Decides on a delivery."""
        chosen = deliveries_pb2.DeliveryDecision.ValueType(decision)
        request = deliveries_pb2.DecideDeliveryRequest(name=name, decision=chosen, lines=lines, **more)
        return self.deliveries.DecideDelivery(request, metadata=self.caller)

    def call_off(self, name: str, reason: str = "by mistake") -> deliveries_pb2.Delivery:
        """Calls a delivery off."""
        request = deliveries_pb2.CallOffDeliveryRequest(name=name, reason=reason)
        return self.deliveries.CallOffDelivery(request, metadata=self.caller)

    def photo(self, delivery: str, image: bytes = b"") -> deliveries_pb2.DeliveryPhoto:
        """Adds a photo."""
        request = deliveries_pb2.AddDeliveryPhotoRequest(parent=delivery, image=HttpBody(data=image or jpeg()))
        return self.deliveries.AddDeliveryPhoto(request, metadata=self.caller)

    def image(self, photo: str) -> HttpBody:
        """The image of a photo."""
        request = deliveries_pb2.GetDeliveryPhotoImageRequest(name=photo)
        return self.deliveries.GetDeliveryPhotoImage(request, metadata=self.caller)

    def arrived(self, note: str, *lines: deliveries_pb2.CountedLine, **more: Any) -> str:
        """A delivery that was counted by form and finished; answers its name."""
        name = self.start(note, **more).name
        self.record(name, *lines)
        return self.finish(name).name

    def fix(self, item: items.Item, place: str = "") -> put_away_pb2.FixedPlace:
        """Sets an item's fixed place, or takes it away."""
        request = put_away_pb2.SetFixedPlaceRequest(parent=self.warehouse.name, item=item.name, place=place)
        return self.put_aways.SetFixedPlace(request, metadata=self.caller)

    def waiting(self) -> list[put_away_pb2.PutAway]:
        """What waits to be put away."""
        request = put_away_pb2.ListPutAwaysRequest(parent=self.warehouse.name)
        return list(self.put_aways.ListPutAways(request, metadata=self.caller).put_aways)

    def put(self, item: items.Item, origin: str, value: str, **more: str) -> Any:
        """Puts so much of an item away."""
        reason = more.pop("reason", "")
        quantity = Quantity(value=value)
        line = put_away_pb2.PutAwayLine(item=item.name, from_place=origin, quantity=quantity, **more)
        request = put_away_pb2.PutGoodsAwayRequest(parent=self.warehouse.name, lines=[line], reason=reason)
        return self.put_aways.PutGoodsAway(request, metadata=self.caller)


def holder_of(inventory: InventoryService, role: str, number: str, unit: str, site: str) -> str:
    """Somebody who holds a role over the whole organisation."""
    person = inventory.people.person(number, unit, site).name
    grant = access_pb2.Grant(role=f"roles/{role}", person=person, scope=access_pb2.SCOPE_COMPANY)
    request = access_pb2.CreateGrantRequest(grant=grant)
    inventory.people.access.CreateGrant(request, metadata=inventory.people.everything)
    return str(person)


def notices_of(inventory: InventoryService, person: str) -> list[notices_pb2.Notice]:
    """Somebody's notices, newest first, when all that is due was sent."""
    while inventory.service.runner.run_one(["tell-people"]):
        pass
    reader = inventory.people.as_caller(HeldGrant(Scope.SELF, None, frozenset()), person=identifier(person))
    stub = notices_pb2_grpc.NoticesStub(inventory.people.channel)
    return list(stub.ListNotices(notices_pb2.ListNoticesRequest(), metadata=reader).notices)
