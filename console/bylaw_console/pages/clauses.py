"""The rulebook: every clause in its own words, as of any day, with what was ever written of it (RUL-1)."""

from bylaw.people.v1 import rulebook_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.routes import get


def clauses(desk: Desk) -> Response:
    """All clauses as of a day."""
    on = desk.args.get("on", "")
    found = desk.ask(rulebook_pb2.ListClausesRequest(as_of_date=on)).clauses
    wished = desk.args.get("q", "").strip().lower()
    shown = [one for one in found if not wished or wished in _told(one)]
    return desk.render("clauses.html", clauses=shown, on=on, wished=desk.args.get("q", ""), count=len(found))


def clause(desk: Desk, name: str) -> Response:
    """One clause, in both languages, with its history."""
    on = desk.args.get("on", "")
    found = desk.ask(rulebook_pb2.GetClauseRequest(name=f"clauses/{name}", as_of_date=on))
    written = desk.ask(rulebook_pb2.ListClauseRevisionsRequest(parent=found.name)).revisions
    return desk.render("clause.html", clause=found, id=name, on=on, written=written)


def _told(one: rulebook_pb2.Clause) -> str:
    return f"{one.name.removeprefix('clauses/')} {one.wording.zh} {one.wording.en}".lower()


ROUTES = (get("/clauses", clauses), get("/clauses/<name>", clause))
