"""Inventory: goods, the places they are at, the ledger of their movements, and what is reserved of them."""
