"""The rows of orders in the table of who may make which call (SEC-1)."""

CLERKS = "order-clerk administrator"
TRADERS = "operations-director shop-manager administrator"
"""Whoever says on which channels and terms is sold (ORD-1)."""

READERS_OF_ORDERS = "order-clerk customer-service finance operations-director shop-manager administrator auditor"
"""Whoever takes orders, answers customers, reckons, trades, or audits; employees see nothing of them."""

ORDERS = {
    "orders.Audit.ListAuditEntries": "administrator auditor",
    "orders.Audit.GetAuditHead": "administrator auditor",
    "orders.Channels.CreateChannel": TRADERS,
    "orders.Channels.GetChannel": READERS_OF_ORDERS,
    "orders.Channels.ListChannels": READERS_OF_ORDERS,
    "orders.Channels.UpdateChannel": TRADERS,
    "orders.Feed.ListEvents": "administrator",
    "orders.Feed.StreamEvents": "administrator",
    "orders.OrderChecks.ListOrderChecks": READERS_OF_ORDERS,
    "orders.OrderChecks.GetChannelChecks": READERS_OF_ORDERS,
    "orders.OrderChecks.ListChannelChecks": READERS_OF_ORDERS,
    "orders.OrderChecks.SetChannelChecks": TRADERS,
    "orders.Orders.CreateOrder": CLERKS,
    "orders.Orders.BatchCreateOrders": CLERKS,
    "orders.Orders.GetOrder": READERS_OF_ORDERS,
    "orders.Orders.ListOrders": READERS_OF_ORDERS,
    "orders.Orders.CancelOrder": CLERKS,
    "orders.Orders.UpdateOrder": CLERKS,
    "orders.Orders.HoldOrder": CLERKS,
    "orders.Orders.BatchReleaseOrders": CLERKS,
    "orders.Orders.SplitOrder": CLERKS,
    "orders.Orders.RecordPayment": CLERKS,
    "orders.Orders.ListOrderEvents": READERS_OF_ORDERS,
}
