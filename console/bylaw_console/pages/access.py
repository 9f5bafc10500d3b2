"""What somebody may do on a day, what gives it to them, and why they may or may not do one thing (SEC-1, SEC-3)."""

from bylaw.people.v1 import access_review_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.granting import names_of
from bylaw_console.routes import get


def access(desk: Desk, person: str) -> Response:
    """What somebody may do on a day, what gives it to them, and whether they may do one thing in particular."""
    name, on = f"people/{person}", desk.args.get("on", "")
    asked = desk.args.get("permission", "").strip()
    found = desk.ask(access_review_pb2.GetHoldingsRequest(person=name, as_of_date=on))
    answer = desk.ask(access_review_pb2.WhyAccessRequest(person=name, permission=asked)) if asked else None
    return desk.render(
        "access.html",
        holdings=found,
        person=name,
        who=desk.who(name, *(one.granted_by for one in found.standings)),
        **names_of(desk),
        asked=asked,
        answer=answer,
        on=on,
    )


ROUTES = (get("/people/<person>/access", access),)
