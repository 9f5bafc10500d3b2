"""The rows of orders in the table of who may make which call (SEC-1)."""

CLERKS = "order-clerk administrator"
TRADERS = "operations-director shop-manager administrator"
"""Whoever says on which channels and terms is sold (ORD-1)."""

READERS_OF_ORDERS = "order-clerk customer-service finance operations-director shop-manager administrator auditor"
"""Whoever takes orders, answers customers, reckons, trades, or audits; employees see nothing of them."""

READERS_OF_CUSTOMERS = f"{READERS_OF_ORDERS} data-protection"
REVEALING = "customer-service administrator"
"""Whoever answers customers; what they look at is seen by those who answer for it (CUS-1)."""

RECKONING = "finance operations-director shop-manager administrator auditor"
"""Whoever answers for what is turned over, reckons with it, or audits (ANA-1, MKT-3)."""

ANSWERING = "customer-service operations-director shop-manager administrator"
"""Whoever works on what customers come with, and whoever it is taken up to (CUS-2, CUS-3)."""

WATCHING = "data-protection operations-director administrator auditor"
PARTING = "data-protection administrator"

ORDERS = {
    "orders.Audit.ListAuditEntries": "administrator auditor",
    "orders.Audit.GetAuditHead": "administrator auditor",
    "orders.Channels.CreateChannel": TRADERS,
    "orders.Channels.GetChannel": f"{READERS_OF_ORDERS} data-protection",
    "orders.Channels.ListChannelWarehouses": f"{READERS_OF_ORDERS} data-protection",
    "orders.Channels.ListChannels": f"{READERS_OF_ORDERS} data-protection",
    "orders.Channels.UpdateChannel": TRADERS,
    "orders.Customers.GetCustomer": READERS_OF_CUSTOMERS,
    "orders.Customers.FindCustomers": READERS_OF_CUSTOMERS,
    "orders.Customers.FindCustomersByLastDigits": REVEALING,
    "orders.Customers.RevealRecipient": REVEALING,
    "orders.Customers.ListReveals": f"{WATCHING} shop-manager",
    "orders.Customers.GetOrderLabel": f"{READERS_OF_ORDERS} warehouse-keeper",
    "orders.Customers.ExportCustomer": PARTING,
    "orders.Customers.EraseCustomer": PARTING,
    "orders.Customers.ListErasures": WATCHING,
    "orders.Feed.ListEvents": "administrator",
    "orders.Feed.StreamEvents": "administrator",
    "orders.Figures.ExportFigures": RECKONING,
    "orders.Figures.ListKeyFigureRecords": RECKONING,
    "orders.Figures.ListKeyFigures": RECKONING,
    "orders.Figures.ListSalesFigures": RECKONING,
    "orders.Figures.ListSalesRecords": RECKONING,
    "orders.OrderChecks.ListOrderChecks": READERS_OF_ORDERS,
    "orders.OrderChecks.GetChannelChecks": READERS_OF_ORDERS,
    "orders.OrderChecks.ListChannelChecks": READERS_OF_ORDERS,
    "orders.OrderChecks.SetChannelChecks": TRADERS,
    "orders.CourierLine.ReceivePush": "anybody",
    "orders.OrderImports.CreateOrderImport": CLERKS,
    "orders.OrderImports.AddOrderImportFile": CLERKS,
    "orders.OrderImports.GetOrderImport": READERS_OF_ORDERS,
    "orders.OrderImports.ListOrderImports": READERS_OF_ORDERS,
    "orders.OrderImports.ListOrderImportLines": READERS_OF_ORDERS,
    "orders.OrderImports.ListOrderImporters": READERS_OF_ORDERS,
    "orders.OrderMerges.MergeOrders": CLERKS,
    "orders.OrderMerges.UnmergeOrder": CLERKS,
    "orders.OrderMerges.ListMergeCandidates": READERS_OF_ORDERS,
    "orders.OrderParcels.GetOrderParcel": READERS_OF_ORDERS,
    "orders.OrderParcels.ListOrderParcels": READERS_OF_ORDERS,
    "orders.OrderParcels.FindOrderParcels": READERS_OF_ORDERS,
    "orders.OrderParcels.AddOrderParcel": CLERKS,
    "orders.OrderParcels.ListTrackEvents": READERS_OF_ORDERS,
    "orders.OrderParcels.ReportTrack": CLERKS,
    "orders.OrderParcels.ListOrderPromises": READERS_OF_ORDERS,
    "orders.OrderParcels.GetCustomerMessages": f"{READERS_OF_ORDERS} data-protection",
    "orders.OrderParcels.SetCustomerMessages": TRADERS,
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
    "orders.Reviews.BatchCreateReviews": ANSWERING,
    "orders.Reviews.ImportReviews": ANSWERING,
    "orders.Reviews.GetReview": READERS_OF_ORDERS,
    "orders.Reviews.ListReviews": READERS_OF_ORDERS,
    "orders.Reviews.AnswerReview": ANSWERING,
    "orders.Reviews.ListReviewFigures": READERS_OF_ORDERS,
    "orders.ServicePolicies.GetServicePolicy": READERS_OF_ORDERS,
    "orders.ServicePolicies.UpdateServicePolicy": TRADERS,
    "orders.TicketActions.CreateTicketAction": ANSWERING,
    "orders.TicketActions.GetTicketAction": READERS_OF_ORDERS,
    "orders.TicketActions.ListTicketActions": READERS_OF_ORDERS,
    "orders.TicketActions.WithdrawTicketAction": ANSWERING,
    "orders.StockClaims.ListStockClaims": READERS_OF_ORDERS,
    "orders.StockClaims.ListStockDisagreements": READERS_OF_ORDERS,
    "orders.StockClaims.ReconcileStock": CLERKS,
    "orders.Tickets.CreateTicket": ANSWERING,
    "orders.Tickets.GetTicket": READERS_OF_ORDERS,
    "orders.Tickets.ListTickets": READERS_OF_ORDERS,
    "orders.Tickets.ListTicketMessages": ANSWERING,
    "orders.Tickets.CreateTicketMessage": ANSWERING,
    "orders.Tickets.AssignTicket": ANSWERING,
    "orders.Tickets.AnswerTicket": ANSWERING,
    "orders.Tickets.EscalateTicket": ANSWERING,
    "orders.Tickets.IssueReturnSlip": ANSWERING,
    "orders.Tickets.CloseTicket": ANSWERING,
    "orders.Tickets.ReopenTicket": ANSWERING,
    "orders.Tickets.RateTicket": ANSWERING,
}
