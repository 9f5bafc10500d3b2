"""Items, warehouses and places put on record."""
