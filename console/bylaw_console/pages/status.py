"""How the installation is: each service, the rules that plugins bring, what waits, and what does not agree."""

from dataclasses import dataclass
from importlib.metadata import distributions

from bylaw.attendance.v1 import policies_pb2
from bylaw.orders.v1 import stock_claims_pb2
from bylaw.people.v1 import notices_pb2
from bylaw_gateway.health import READY
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.pages.audit import TRAILS
from bylaw_console.routes import get

OPERATE = ("people.keys.rotate", "people.audit.read", "attendance.audit.read")
WAITING = (notices_pb2.DELIVERY_STATE_WAITING, notices_pb2.DELIVERY_STATE_GIVEN_UP)


@dataclass(frozen=True, slots=True)
class State:
    """A service, or something of it, and how it is."""

    name: str
    said: str

    @property
    def is_well(self) -> bool:
        """Whether it is as it should be."""
        return self.said == READY


def status(desk: Desk) -> Response:
    """All of it, what is not well first."""
    readiness = desk.tools.readiness
    states = [State(name, said) for name, said in (readiness() if readiness else {}).items()]
    return desk.render(
        "status.html",
        states=sorted(states, key=lambda one: (one.is_well, one.name)),
        versions=_versions(),
        policies=_policies(desk),
        deliveries=_deliveries(desk),
        disagreements=_disagreements(desk),
        heads=[desk.ask(TRAILS[name].GetAuditHeadRequest()) for name in TRAILS if desk.may(f"{name}.audit.read")],
    )


def _versions() -> list[tuple[str, str]]:
    found = {one.name: one.version for one in distributions() if (one.name or "").startswith("bylaw")}
    return sorted(found.items())


def _policies(desk: Desk) -> list[policies_pb2.PolicyHealthEntry]:
    if not desk.may("attendance.policies.read"):
        return []
    wish = policies_pb2.ListPolicyHealthRequest(month=f"{desk.local_now():%Y-%m}", page_size=100)
    return list(desk.ask_or(policies_pb2.ListPolicyHealthResponse(), wish).entries)


def _deliveries(desk: Desk) -> list[notices_pb2.Delivery]:
    if not desk.may("people.deliveries.read"):
        return []
    wishes = [notices_pb2.ListDeliveriesRequest(state=state, page_size=20) for state in WAITING]
    answers = [desk.ask_or(notices_pb2.ListDeliveriesResponse(), wish) for wish in wishes]
    return [one for answer in answers for one in answer.deliveries]


def _disagreements(desk: Desk) -> list[stock_claims_pb2.StockDisagreement]:
    if not desk.may("orders.claims.read"):
        return []
    wish = stock_claims_pb2.ListStockDisagreementsRequest(page_size=50)
    return list(desk.ask_or(stock_claims_pb2.ListStockDisagreementsResponse(), wish).stock_disagreements)


ROUTES = (get("/status", status, needs=OPERATE),)
