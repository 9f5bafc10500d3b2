"""Puts together what says what a scanner read; a part of `app.py`."""

from bylaw.inventory.v1 import codes_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.rpc.codes import CodeCalls
from bylaw_inventory.store import codes, special_goods
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.scanning.scan_code import ScanCode


def add_codes(server: Server, own: Member, finding: Finding) -> None:
    """Adds the call."""
    calls = CodeCalls(ScanCode(own.database, finding, codes, special_goods))
    server.add(codes_pb2.DESCRIPTOR.services_by_name["Codes"], calls)
