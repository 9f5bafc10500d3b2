"""The audit trail of every service: who did what when, by which right, and what was refused (SEC-3)."""

from collections.abc import Mapping
from types import ModuleType

from bylaw.attendance.v1 import audit_pb2 as attendance
from bylaw.inventory.v1 import audit_pb2 as inventory
from bylaw.orders.v1 import audit_pb2 as orders
from bylaw.people.v1 import audit_pb2 as people
from bylaw.types.v1 import audit_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.routes import get

TRAILS: Mapping[str, ModuleType] = {
    "people": people,
    "attendance": attendance,
    "inventory": inventory,
    "orders": orders,
}
READ = tuple(f"{service}.audit.read" for service in TRAILS)


def audit(desk: Desk) -> Response:
    """A page of a service's trail, newest first; clause, actor and what was refused narrow it."""
    own = [service for service in TRAILS if desk.may(f"{service}.audit.read")]
    service = desk.args.get("service", "")
    service = service if service in own else own[0]
    outcome = audit_pb2.AUDIT_OUTCOME_REFUSED if desk.args.get("refused") else audit_pb2.AUDIT_OUTCOME_UNSPECIFIED
    wish = TRAILS[service].ListAuditEntriesRequest(
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
        clause=desk.args.get("clause", "").strip(),
        actor=desk.args.get("actor", "").strip(),
        outcome=outcome,
    )
    found = desk.ask(wish)
    head = desk.ask(TRAILS[service].GetAuditHeadRequest())
    named = [name for one in found.audit_entries for name in (one.actor, one.on_behalf_of)]
    return desk.render(
        "audit.html",
        services=own,
        service=service,
        entries=found.audit_entries,
        next_page=found.next_page_token,
        head=head,
        who=desk.who(*named),
        clause=wish.clause,
        actor=wish.actor,
        refused=bool(desk.args.get("refused")),
    )


ROUTES = (get("/audit", audit, needs=READ),)
