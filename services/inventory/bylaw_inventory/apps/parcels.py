"""Puts together what checks parcels and hands them to carriers; a part of `app.py`."""

from bylaw.inventory.v1 import parcels_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.apps.packing import add_packing
from bylaw_inventory.rpc.parcels import ParcelCalls
from bylaw_inventory.store import open_hand_overs, pack_rules, parcels
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.parcels.hand_over import HandOver
from bylaw_inventory.use_cases.parcels.show_open import ShowOpen


def add_parcels(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls, and those that check what is packed."""
    add_packing(server, own, finding)
    handing, shown = (
        HandOver(own.database, finding, parcels, pack_rules),
        ShowOpen(own.database, finding, open_hand_overs),
    )
    calls = ParcelCalls(handing, shown, own.page_tokens)
    server.add(parcels_pb2.DESCRIPTOR.services_by_name["Parcels"], calls)
