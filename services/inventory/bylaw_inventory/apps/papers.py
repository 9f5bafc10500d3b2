"""Puts together what holds movements to their papers; a part of `app.py`."""

from bylaw.inventory.v1 import papers_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_inventory.rpc.papers import PaperCalls
from bylaw_inventory.store import paper_rules, refused_movements
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.papers.keep_papers import KeepPapers


def add_papers(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls."""
    kept = KeepPapers(own.database, finding, paper_rules, refused_movements)
    server.add(papers_pb2.DESCRIPTOR.services_by_name["Papers"], PaperCalls(kept, own.page_tokens))
