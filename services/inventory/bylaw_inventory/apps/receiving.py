"""Puts together what receives goods and puts them away, and what an operator may set about it; a part of `app.py`."""

from pathlib import Path

from bylaw.inventory.v1 import deliveries_pb2, delivery_notes_pb2, put_away_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member
from bylaw_chassis.photos.folder import Folder
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_inventory.rpc.deliveries import DeliveryCalls
from bylaw_inventory.rpc.delivery_notes import DeliveryNoteCalls
from bylaw_inventory.rpc.put_away import PutAwayCalls
from bylaw_inventory.store import (
    deliveries,
    delivery_notes,
    delivery_photos,
    fixed_places,
    items,
    receiving_rules,
    warehouses,
)
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.put_away.put_goods_away import PutGoodsAway
from bylaw_inventory.use_cases.receiving.compare import CompareDeliveries
from bylaw_inventory.use_cases.receiving.count_delivery import CountDelivery
from bylaw_inventory.use_cases.receiving.decide_delivery import DecideDelivery
from bylaw_inventory.use_cases.receiving.keep_notes import KeepNotes
from bylaw_inventory.use_cases.receiving.keep_photos import KeepDeliveryPhotos, SweepDeliveryPhotos
from bylaw_inventory.use_cases.receiving.keep_rules import KeepReceivingRules
from bylaw_inventory.use_cases.stock.post_movement import PostMovement

SWEEP_SECONDS = 1_800.0


class ReceivingSettings(BaseModel):
    """Where photos of goods lie (WHS-2)."""

    goods_photo_folder: Path | None = Field(
        None,
        description="Folder for photos of deliveries and pictures of items; none: they are refused. `bylaw up` sets its"
        " own.",
    )

    @property
    def goods_photos(self) -> Folder | None:
        """The folder, if one is set."""
        return Folder(self.goods_photo_folder) if self.goods_photo_folder else None


def add_receiving(
    server: Server, own: Member, finding: Finding, posting: PostMovement, settings: ReceivingSettings
) -> tuple[Timer, ...]:
    """Adds the calls; answers the timer that drops images without a record, where any are kept."""
    database, tokens, folder = own.database, own.page_tokens, settings.goods_photos
    comparing = CompareDeliveries(database, finding, delivery_notes, deliveries, receiving_rules)
    notes = KeepNotes(database, finding, items, delivery_notes, deliveries, receiving_rules)
    rules = KeepReceivingRules(database, finding, items, receiving_rules)
    calls = DeliveryCalls(
        CountDelivery(database, items, comparing),
        DecideDelivery(database, items, warehouses, fixed_places, comparing, posting),
        comparing,
        KeepDeliveryPhotos(database, comparing, delivery_photos, folder),
        tokens,
    )
    putting = PutGoodsAway(database, finding, items, warehouses, fixed_places, posting)
    server.add(delivery_notes_pb2.DESCRIPTOR.services_by_name["DeliveryNotes"], DeliveryNoteCalls(notes, rules, tokens))
    server.add(deliveries_pb2.DESCRIPTOR.services_by_name["Deliveries"], calls)
    server.add(put_away_pb2.DESCRIPTOR.services_by_name["PutAways"], PutAwayCalls(putting, tokens))
    if folder is None:
        return ()
    sweeping = SweepDeliveryPhotos(database, delivery_photos, folder)
    return (Timer("sweep-delivery-photos", SWEEP_SECONDS, sweeping),)
