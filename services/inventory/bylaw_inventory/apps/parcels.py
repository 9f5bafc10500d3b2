"""Puts together what hands parcels to carriers; a part of `app.py`."""

from bylaw.inventory.v1 import parcels_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.rpc.parcels import ParcelCalls
from bylaw_inventory.store import parcels
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.parcels.hand_over import HandOver


def add_parcels(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls."""
    calls = ParcelCalls(HandOver(own.database, finding, parcels), own.page_tokens)
    server.add(parcels_pb2.DESCRIPTOR.services_by_name["Parcels"], calls)
