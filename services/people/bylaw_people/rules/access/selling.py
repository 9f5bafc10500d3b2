"""What may be done with orders and customers, in parts that different roles hold (ORD-1, CUS-1, CUS-2)."""

OPENING_CHANNELS = frozenset({"orders.channels.create", "orders.channels.update", "orders.checks.set"})
"""On which terms a channel sells and what its orders are checked for is the trade's to set, not its clerks' (ORD-1)."""

SERVING = frozenset(
    {
        "orders.tickets.create",
        "orders.tickets.open",
        "orders.tickets.work",
        "orders.tickets.rate",
        "orders.ticket_actions.create",
        "orders.reviews.create",
        "orders.reviews.answer",
    }
)
"""Whoever answers customers works on what they come with, and whoever it is taken up to; not who ships (CUS-2)."""

PROMISING = frozenset({"orders.service_policies.update"})
"""What customers are promised is the trade's to set (CUS-2)."""

OPENING_UP = frozenset({"orders.customers.reveal", "orders.customers.find_by_digits"})
"""Whoever answers customers may have one's data revealed, for a reason (CUS-1)."""

PARTING = frozenset({"orders.customers.export", "orders.customers.erase"})
"""What a customer may ask for is done by whoever looks after the data, not by those who use them (CUS-1)."""

WATCHING = frozenset({"orders.reveals.read", "orders.erasures.read"})
"""Who looked at customers' data is for those who answer for it, not for those who look (CUS-1)."""

RECKONING = frozenset({"orders.figures.read"})
"""What a shop turns over is for those who answer for it and for finance, not for its clerks (ANA-1)."""
