"""Deliveries to warehouses, each kept by a unit: how they come there, the lists of them, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import deliveries_pb2 as deliveries
from bylaw.inventory.v1 import delivery_notes_pb2 as delivery_notes
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import put_away_pb2 as put_away
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from google.protobuf.message import Message

from tests.builders.inventory import InventoryService, KnownWarehouse
from tests.builders.receiving import ACCEPTED, Dock, announced, counted
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]


def delivered_to(kept: KnownWarehouse, item: items.Item, shelf: str) -> dict[str, str]:
    """A delivery that was accepted and waits to be put away, a tolerance and a fixed place; names by collection."""
    dock = Dock(kept.inventory, kept)
    kept.place("LOOK", warehouses.PLACE_KIND_INSPECTION)
    dock.tolerate(item, "5")
    dock.fix(item, shelf)
    note = dock.note(announced(item, "4"))
    name = dock.arrived(note.name, counted(item, "2"), partial=True)
    dock.decide(name, ACCEPTED)
    return {"deliveryNotes": note.name, "deliveries": name}


def under_a_warehouse(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a warehouse."""
    dock = dock_of(inventory)
    notes, rules = delivery_notes.ListDeliveryNotesRequest, delivery_notes.ListReceivingRulesRequest
    places, waiting = put_away.ListFixedPlacesRequest, put_away.ListPutAwaysRequest
    return {
        "ListDeliveryNotes": Walk(dock.notes.ListDeliveryNotes, notes(parent=name), "delivery_notes"),
        "ListReceivingRules": Walk(dock.notes.ListReceivingRules, rules(parent=name), "receiving_rules"),
        "ListFixedPlaces": Walk(dock.put_aways.ListFixedPlaces, places(parent=name), "fixed_places"),
        "ListPutAways": Walk(dock.put_aways.ListPutAways, waiting(parent=name), "put_aways"),
    }


def deliveries_of(inventory: InventoryService, note: str) -> Walk:
    """The deliveries of a note."""
    request = deliveries.ListDeliveriesRequest(parent=note)
    return Walk(dock_of(inventory).deliveries.ListDeliveries, request, "deliveries")


def about(inventory: InventoryService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """Every single read of a thing, every list under it, and what would change it, by the collection that it is of."""
    return {
        "deliveryNotes": lambda: _about_note(inventory, name),
        "deliveries": lambda: _about_delivery(inventory, name),
    }


def dock_of(inventory: InventoryService) -> Dock:
    """The stubs."""
    return Dock(inventory, KnownWarehouse(inventory, warehouses.Warehouse()))


def _about_note(inventory: InventoryService, name: str) -> list[Question]:
    dock, walk = dock_of(inventory), deliveries_of(inventory, name)
    return [
        (dock.notes.GetDeliveryNote, delivery_notes.GetDeliveryNoteRequest(name=name)),
        (dock.notes.CallOffDeliveryNote, delivery_notes.CallOffDeliveryNoteRequest(name=name, reason="x")),
        (walk.method, walk.request),
    ]


def _about_delivery(inventory: InventoryService, name: str) -> list[Question]:
    dock, photo = dock_of(inventory), f"deliveryPhotos/{name.partition('/')[2]}"
    return [
        (dock.deliveries.GetDelivery, deliveries.GetDeliveryRequest(name=name)),
        (dock.deliveries.FinishCount, deliveries.FinishCountRequest(name=name)),
        (dock.deliveries.GetDeliveryPhotoImage, deliveries.GetDeliveryPhotoImageRequest(name=photo)),
    ]
