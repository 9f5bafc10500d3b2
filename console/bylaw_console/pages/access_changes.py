"""What changed in who may do what, when and by whom (SEC-3)."""

from bylaw.people.v1 import access_review_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.granting import names_of
from bylaw_console.routes import get

READ = ("people.grants.read",)


def changes(desk: Desk) -> Response:
    """What changed in who may do what."""
    wish = access_review_pb2.ListAccessChangesRequest(
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
        start_date=desk.args.get("start", "") or f"{desk.local_now():%Y-%m}-01",
        end_date=desk.args.get("end", "") or f"{desk.local_now():%Y-%m-%d}",
    )
    found = desk.ask(wish)
    named = [name for one in found.changes for name in (one.changed_by, one.person)]
    return desk.render(
        "access_changes.html",
        changes=found.changes,
        next_page=found.next_page_token,
        who=desk.who(*named),
        start=wish.start_date,
        end=wish.end_date,
        **names_of(desk),
    )


ROUTES = (get("/grants/changes", changes, needs=READ),)
