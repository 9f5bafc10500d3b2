"""The roles that ship and what each may do; employees and heads of units have theirs by their post (SEC-1, ORG-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bylaw_people.rules.access.selling import (
    OPENING_CHANNELS,
    OPENING_UP,
    PARTING,
    PROMISING,
    RECKONING,
    SERVING,
    WATCHING,
)
from bylaw_people.rules.organisation import Wording

DIRECTORY = frozenset(
    {
        "people.units.read",
        "people.positions.read",
        "people.sites.read",
        "attendance.calendar.read",
        "attendance.hours.read",
    }
)
"""What everybody who is employed sees of the whole organisation: its units, positions, sites, calendar and notices of
hours, not its people."""

OWN = frozenset(
    {
        "people.staff.read",
        "people.service_records.read",
        "people.decisions.create",
        "people.decisions.read",
        "people.decisions.answer",
        "people.delegations.read",
        "people.processes.read",
        "people.duties.read",
        "people.duties.complete",
        "attendance.corrections.create",
        "attendance.objections.create",
        "attendance.objections.read",
        "attendance.corrections.read",
        "attendance.photos.create",
        "attendance.photos.read",
        "attendance.leave.create",
        "attendance.leave.read",
        "attendance.overtime.create",
        "attendance.overtime.read",
        "attendance.punches.read",
        "attendance.rota.read",
        "attendance.sheets.read",
        "attendance.swaps.create",
        "attendance.swaps.read",
    }
)
"""What everybody who is employed may do for themselves alone."""

HEADING = frozenset(
    {
        "people.staff.read",
        "people.staff.appoint",
        "people.units.read",
        "people.positions.read",
        "people.outsiders.permit",
        "people.outsiders.read",
        "people.decisions.read",
        "people.delegations.create",
        "people.delegations.read",
        "people.processes.read",
        "people.duties.create",
        "people.duties.read",
        "people.duties.update",
        "people.duties.end",
        "people.duties.excuse",
        "people.notices.send",
        "people.receipts.read",
        "people.deliveries.read",
        "people.clause_use.read",
        "attendance.corrections.read",
        "attendance.corrections.decide",
        "attendance.swaps.read",
        "attendance.swaps.decide",
        "attendance.photos.read",
        "attendance.photos.decide",
        "attendance.leave.give_back",
        "attendance.leave.read",
        "attendance.months.read",
        "attendance.months.review",
        "attendance.objections.answer",
        "attendance.objections.read",
        "attendance.overtime.confirm",
        "attendance.overtime.read",
        "attendance.punches.read",
        "attendance.sheets.read",
        "attendance.hours.publish",
        "attendance.policies.read",
        "attendance.rota.publish",
        "attendance.rota.read",
        "attendance.clause_use.read",
    }
)
"""What the head of a unit may do within the unit and below, nowhere else (ORG-3, SEC-2)."""

FEEDS = frozenset({"people.feed.read", "attendance.feed.read", "inventory.feed.read", "orders.feed.read"})
"""Feeds hold everybody's data whole: they are for services and programs; people read through the lists."""

FOR_SERVICES = FEEDS | {"people.duties.declare"}
"""What no role that ships holds but the administrator's, who could not give a feed to a program's role otherwise."""

SERVICE = DIRECTORY | FOR_SERVICES | {"people.notices.send"}
"""What every service of the suite may do for itself."""

OF_SERVICES: Mapping[str, frozenset[str]] = {
    "orders": frozenset(
        {
            "inventory.items.read",
            "inventory.listings.read",
            "inventory.parcels.read",
            "inventory.places.read",
            "inventory.prices.read",
            "inventory.reservations.create",
            "inventory.reservations.read",
            "inventory.stock.post",
            "inventory.stock.read",
            "inventory.warehouses.read",
        }
    ),
}
"""What one may do for itself beyond that: orders looks goods and prices up, and reserves and issues what was ordered,
so that whoever takes an order need hold nothing in inventory (ORD-1, WHS-3)."""

OFFERING = ("inventory.sheets", "inventory.listings", "inventory.prices", "inventory.reviews")
"""What is offered, where and at what price: the trade's to say; whoever keeps the goods reads it (GDS-1..3)."""

HOLDING = frozenset(
    {
        "inventory.paper_rules.set",
        "inventory.pack_rules.set",
        "inventory.special_goods.set",
        "inventory.channels.set",
    }
)
"""Which papers goods need, which parcels a check, who alone moves special ones, which shop keeps a channel: not set by
those whom it binds (WHS-3, WHS-9, WHS-12, GDS-1)."""

JOINING = "inventory.stocktakes.join"
"""Finance alone joins a stocktake, and the keeper opens it: so it takes two (WHS-6)."""
COUNTED_TOGETHER = frozenset({"inventory.stocktakes.count", "inventory.stocktakes.settle"})

VISITORS = frozenset({"inventory.visits.read"})
"""Who came into a warehouse is for whoever keeps it and whoever audits, not for the trade or finance (WHS-10)."""

EMPLOYEE, HEAD, DEPUTY, ADMINISTRATOR = "employee", "unit-head", "deputy-head", "administrator"


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions. An implicit one comes with a post and is never granted.

    A role of the company's own has a revision, from 1, and says who made it so and when.
    """

    name: str
    title: Wording
    permissions: frozenset[str]
    implicit: bool = False
    revision: int = 0
    changed_at: datetime | None = None
    changed_by: UUID | None = None

    @property
    def shipped(self) -> bool:
        """Whether it is the product's."""
        return self.revision == 0


def service_permissions(service: str) -> frozenset[str]:
    """What a service of the suite may do for itself, everywhere."""
    return SERVICE | OF_SERVICES.get(service, frozenset())


def roles(known: frozenset[str]) -> dict[str, Role]:
    """Every role that ships, by name, over the permissions that the contracts know."""
    heading = HEADING & known
    shipped = (
        Role(EMPLOYEE, Wording("员工", "Employee"), (OWN | DIRECTORY) & known, implicit=True),
        Role(HEAD, Wording("单位负责人", "Head of a unit"), heading, implicit=True),
        Role(DEPUTY, Wording("代理负责人", "Deputy head of a unit"), heading, implicit=True),
        Role("hr", Wording("人力资源", "Human resources"), _human_resources(known)),
        Role("warehouse-keeper", Wording("仓库管理员", "Warehouse keeper"), _keeping(known)),
        Role("finance", Wording("财务", "Finance"), _finance(known)),
        Role("order-clerk", Wording("订单员", "Order clerk"), _clerking(known)),
        Role("customer-service", Wording("客服", "Customer service"), _answering(known)),
        Role("data-protection", Wording("数据保护专员", "Data protection officer"), _protecting(known)),
        Role("operations-director", Wording("运营总监", "Operations director"), _direction(known)),
        Role(
            "shop-manager", Wording("店长", "Shop manager"), heading | _trade(known) | ({"orders.reveals.read"} & known)
        ),
        Role(ADMINISTRATOR, Wording("管理员", "Administrator"), known),
        Role("auditor", Wording("审计员", "Auditor"), _reads("", known)),
    )
    return {role.name: role for role in shipped}


def _human_resources(known: frozenset[str]) -> frozenset[str]:
    """People and their attendance whole; and all that a head holds, for whom they appoint and set passwords."""
    areas = (
        "people.staff",
        "people.service_records",
        "people.units",
        "people.positions",
        "people.sites",
        "people.duties",
        "attendance",
    )
    everything = frozenset().union(*(_of(area, known) for area in areas))
    single = {
        "people.organisation.import",
        "people.passwords.set",
        "people.emails.set",
        "people.accounts.lock",
        "people.sessions.end",
        "people.deliveries.read",
    }
    return ((everything | single | OWN | DIRECTORY | HEADING) & known) - FOR_SERVICES


def _direction(known: frozenset[str]) -> frozenset[str]:
    """A head's work everywhere, the trade, how the department decides, and its rulebook."""
    single = {"attendance.clocks.read", "people.processes.set"}
    return ((HEADING | single | HOLDING | WATCHING) & known) | _trade(known) | _of("people.clauses", known)


def _finance(known: frozenset[str]) -> frozenset[str]:
    """What money is reckoned from: who works when, orders, and the stock, counted with the keeper (WHS-6)."""
    counting = (COUNTED_TOGETHER | {"people.staff.read", "attendance.sheets.read", JOINING}) & known
    return DIRECTORY | counting | _stock_reads(known) | _order_reads(known)


def _keeping(known: frozenset[str]) -> frozenset[str]:
    """The goods and their stock, and what is offered of them to read; a stocktake is joined by finance (WHS-6)."""
    own = _of("inventory", known) - _offering(known) - HOLDING - {JOINING}
    return DIRECTORY | own | (_reads("inventory", known) - _audits(known)) | ({"orders.labels.read"} & known)


def _clerking(known: frozenset[str]) -> frozenset[str]:
    """Orders from intake on; of customers what is masked, and neither reveals nor erasures (CUS-1); no figures."""
    others = SERVING | PROMISING | OPENING_CHANNELS | OPENING_UP | PARTING | WATCHING | RECKONING
    return DIRECTORY | (_of("orders", known) - others)


def _answering(known: frozenset[str]) -> frozenset[str]:
    """What a customer who asks is answered with: orders, and to whom they go, for a reason (CUS-1)."""
    return DIRECTORY | (_order_reads(known) - RECKONING) | ((OPENING_UP | SERVING) & known)


def _protecting(known: frozenset[str]) -> frozenset[str]:
    """Customers' data on request of the customers, and who looked at them (CUS-1)."""
    return DIRECTORY | ((PARTING | WATCHING | {"orders.customers.read", "orders.channels.read"}) & known)


def _trade(known: frozenset[str]) -> frozenset[str]:
    """What is offered and on which channels, stock and orders to read, what customers come with and are promised."""
    own = (OPENING_CHANNELS | SERVING | PROMISING) & known
    return _stock_reads(known) | _order_reads(known) | _offering(known) | own


def _stock_reads(known: frozenset[str]) -> frozenset[str]:
    """What is read of the stock, but for who came into a warehouse."""
    return _reads("inventory", known) - _audits(known) - VISITORS


def _order_reads(known: frozenset[str]) -> frozenset[str]:
    return _reads("orders", known) - _audits(known) - WATCHING


def _offering(known: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(_of(area, known) for area in OFFERING))


def _audits(known: frozenset[str]) -> frozenset[str]:
    """The audit trails, which auditors and administrators read."""
    return frozenset(name for name in known if ".audit." in name)


def _of(prefix: str, known: frozenset[str]) -> frozenset[str]:
    found = frozenset(name for name in known if name.startswith(f"{prefix}."))
    return found - _audits(found) - _feeds(found)


def _reads(prefix: str, known: frozenset[str]) -> frozenset[str]:
    found = frozenset(name for name in known if name.startswith(prefix) and name.endswith((".read", ".list")))
    return found - _feeds(found)


def _feeds(known: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in known if ".feed." in name)
