"""Puts together what figures are shown by (the ground of ANA-1 and MKT-3); a part of `app.py`."""

from bylaw.orders.v1 import figures_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_orders.rpc.figures import FigureCalls
from bylaw_orders.store import figures, key_figures
from bylaw_orders.use_cases.figures.show_figures import ShowFigures
from bylaw_orders.use_cases.finding import Finding


def add_figures(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls."""
    showing = ShowFigures(own.database, finding, figures, key_figures)
    calls = FigureCalls(showing, own.page_tokens, own.database.clock, own.settings.time_zone)
    server.add(figures_pb2.DESCRIPTOR.services_by_name["Figures"], calls)
