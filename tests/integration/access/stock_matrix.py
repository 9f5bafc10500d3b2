"""The rows of inventory in the table of who may make which call (SEC-1)."""

KEEPERS = "warehouse-keeper administrator"
READERS_OF_STOCK = "warehouse-keeper finance operations-director shop-manager administrator auditor"
"""Whoever keeps it, counts it, trades with it, or audits it; employees see nothing of it."""

STOCK = {
    "inventory.Audit.ListAuditEntries": "administrator auditor",
    "inventory.Audit.GetAuditHead": "administrator auditor",
    "inventory.Feed.ListEvents": "administrator",
    "inventory.Feed.StreamEvents": "administrator",
    "inventory.Items.CreateItem": KEEPERS,
    "inventory.Items.GetItem": READERS_OF_STOCK,
    "inventory.Items.ListItems": READERS_OF_STOCK,
    "inventory.Items.UpdateItem": KEEPERS,
    "inventory.Reservations.CreateStockReservation": KEEPERS,
    "inventory.Reservations.ConfirmStockReservation": KEEPERS,
    "inventory.Reservations.ReleaseStockReservation": KEEPERS,
    "inventory.Reservations.GetStockReservation": READERS_OF_STOCK,
    "inventory.Reservations.ListStockReservations": READERS_OF_STOCK,
    "inventory.Stock.PostStockMovement": KEEPERS,
    "inventory.Stock.ReverseStockMovement": KEEPERS,
    "inventory.Stock.GetStockMovement": READERS_OF_STOCK,
    "inventory.Stock.ListStockMovements": READERS_OF_STOCK,
    "inventory.Stock.ListStockBalances": READERS_OF_STOCK,
    "inventory.Stock.ListCardEntries": READERS_OF_STOCK,
    "inventory.Warehouses.CreateWarehouse": KEEPERS,
    "inventory.Warehouses.GetWarehouse": READERS_OF_STOCK,
    "inventory.Warehouses.ListWarehouses": READERS_OF_STOCK,
    "inventory.Warehouses.CreatePlace": KEEPERS,
    "inventory.Warehouses.ListPlaces": READERS_OF_STOCK,
}
"""Calls by their short name."""
