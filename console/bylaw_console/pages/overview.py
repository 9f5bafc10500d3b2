"""What a manager begins with: attendance, overtime, stock, sales, promises and answers; each opens its records."""

from flask import Response

from bylaw_console.board import DAYS, gathered
from bylaw_console.desk import Desk
from bylaw_console.routes import get

NEEDS = ("orders.figures.read", "inventory.levels.read", "attendance.months.read")


def overview(desk: Desk) -> Response:
    """The board of today."""
    return desk.render("overview.html", board=gathered(desk), month=f"{desk.local_now():%Y-%m}", days=DAYS)


ROUTES = (get("/overview", overview, needs=NEEDS),)
