"""Puts together what shows what is picked; a part of `app.py`."""

from bylaw.inventory.v1 import picking_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.rpc.picking import PickingCalls
from bylaw_inventory.store import picking, reservations
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.picking.show_picking import ShowPicking


def add_picking(server: Server, own: Member, finding: Finding) -> None:
    """Adds the call."""
    calls = PickingCalls(ShowPicking(own.database, finding, reservations, picking))
    server.add(picking_pb2.DESCRIPTOR.services_by_name["Picking"], calls)
