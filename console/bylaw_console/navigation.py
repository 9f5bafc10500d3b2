"""Where things are: the workplaces, what each of them has in its navigation, and where somebody begins."""

from collections.abc import Iterator
from dataclasses import dataclass

from bylaw_console.members import Member


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: where it leads, its word, and permissions of which one is needed to see it."""

    path: str
    word: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workplace:
    """A navigation of at most seven entries; it is for whoever holds one of `needs`."""

    name: str
    needs: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def word(self) -> str:
        """Its name in the words of the console."""
        return f"workplace.{self.name}"


TODAY = Item("/today", "nav.today")
MONTH = Item("/month", "nav.month", ("attendance.sheets.read",))
REQUESTS = Item("/requests", "nav.requests", ("attendance.leave.create",))
INBOX = Item("/inbox", "nav.inbox")
NOTICES = Item("/notices", "nav.notices")
DUTIES = Item("/duties", "nav.duties", ("people.duties.read",))
CLAUSES = Item("/clauses", "nav.clauses")
TEAM = Item("/team", "nav.team")
ROTA = Item("/rota", "nav.rota", ("attendance.rota.publish",))
MONTHS = Item("/months", "nav.months", ("attendance.months.read",))
POLICIES = Item("/policies", "nav.policies")
CALENDAR = Item("/calendar", "nav.calendar")
EXPORTS = Item("/exports", "nav.exports")
STAFF = Item("/people", "nav.staff", ("people.staff.read",))
TASKS = Item("/warehouse", "nav.warehouse_tasks")
RECEIVE = Item("/receive", "nav.receive", ("inventory.delivery_notes.read",))
ISSUE = Item("/issue", "nav.issue", ("inventory.reservations.read",))
STOCKTAKES = Item("/stocktakes", "nav.stocktakes", ("inventory.stocktakes.read",))
DAYS = Item("/book-days", "nav.book_days", ("inventory.books.read",))
OVERVIEW = Item("/overview", "nav.overview")
FIGURES = Item("/figures", "nav.figures", ("orders.figures.read",))
STOCK = Item("/stock", "nav.stock", ("inventory.levels.read",))
ORGANISATION = Item("/organisation", "nav.organisation", ("people.units.read",))
STATUS = Item("/status", "nav.status")
GRANTS = Item("/grants", "nav.grants", ("people.grants.read",))
AUDIT = Item("/audit", "nav.audit")

HELD = Item("/held", "nav.held", ("orders.orders.update",))
ORDERS = Item("/orders", "nav.orders", ("orders.orders.read",))
AT_RISK = Item("/at-risk", "nav.at_risk", ("orders.parcels.read",))
TICKETS = Item("/tickets", "nav.tickets", ("orders.tickets.read",))
IMPORTS = Item("/imports", "nav.imports", ("orders.imports.read",))

HEAD = Workplace("head", ("attendance.months.review",), (TODAY, TEAM, ROTA, INBOX, MONTHS, REQUESTS, CLAUSES))
ORDER_DESK = Workplace(
    "orders",
    ("orders.orders.update", "orders.tickets.work"),
    (HELD, ORDERS, AT_RISK, TICKETS, IMPORTS, FIGURES, CLAUSES),
)
WAREHOUSE = Workplace("warehouse", ("inventory.stock.post",), (TASKS, RECEIVE, ISSUE, STOCK, STOCKTAKES, DAYS, CLAUSES))
HR = Workplace("hr", ("attendance.months.close",), (MONTHS, INBOX, STAFF, POLICIES, CALENDAR, EXPORTS, CLAUSES))
MANAGER = Workplace("manager", ("orders.figures.read",), (OVERVIEW, INBOX, TEAM, FIGURES, STOCK, ORGANISATION, CLAUSES))
OPERATOR = Workplace(
    "operator",
    ("people.audit.read", "people.keys.rotate"),
    (STATUS, POLICIES, GRANTS, STAFF, AUDIT, ORGANISATION, CLAUSES),
)

WORKPLACES = (
    Workplace("everyone", (), (TODAY, MONTH, REQUESTS, INBOX, NOTICES, DUTIES, CLAUSES)),
    HEAD,
    WAREHOUSE,
    ORDER_DESK,
    HR,
    MANAGER,
    OPERATOR,
)
"""From the one for everybody to the one that is for the fewest: who has several begins in the last of theirs."""


def workplaces_of(member: Member) -> list[Workplace]:
    """Those that are for somebody."""
    return [place for place in WORKPLACES if not place.needs or member.may(*place.needs)]


def workplace_of(member: Member, wished: str) -> Workplace:
    """The one they chose, where it is theirs; else where they begin."""
    own = workplaces_of(member)
    return next((place for place in own if place.name == wished), own[-1])


def items_of(member: Member, workplace: Workplace) -> Iterator[Item]:
    """What somebody sees of a workplace."""
    return (item for item in workplace.items if not item.needs or member.may(*item.needs))
