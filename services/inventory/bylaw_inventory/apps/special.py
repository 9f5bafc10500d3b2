"""Puts together what marks special goods; a part of `app.py`."""

from bylaw.inventory.v1 import special_goods_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.rpc.special import SpecialGoodsCalls
from bylaw_inventory.store import items, special_goods
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.special.keep_marks import KeepMarks


def add_special_goods(server: Server, own: Member, finding: Finding) -> KeepMarks:
    """Adds the calls; answers what shows the marks with their items."""
    marks = KeepMarks(own.database, finding, items, special_goods)
    calls = SpecialGoodsCalls(marks, own.page_tokens)
    server.add(special_goods_pb2.DESCRIPTOR.services_by_name["SpecialGoods"], calls)
    return marks
