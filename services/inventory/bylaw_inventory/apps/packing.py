"""Puts together what checks what is packed; a part of `app.py`."""

from bylaw.inventory.v1 import pack_checks_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.rpc.pack_checks import PackCheckCalls
from bylaw_inventory.store import codes, movements, pack_checks, pack_rules, pack_scans, reservations
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.packing.check_scans import CheckScans
from bylaw_inventory.use_cases.packing.keep_checks import KeepChecks
from bylaw_inventory.use_cases.packing.keep_rules import KeepPackRules


def add_packing(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls."""
    database = own.database
    kept = KeepChecks(database, finding, pack_checks, pack_scans, reservations, movements)
    calls = PackCheckCalls(
        kept, CheckScans(database, kept, codes), KeepPackRules(database, finding, pack_rules), own.page_tokens
    )
    server.add(pack_checks_pb2.DESCRIPTOR.services_by_name["PackChecks"], calls)
