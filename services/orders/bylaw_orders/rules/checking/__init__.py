"""The checks of an order before it goes (ORD-1)."""
