"""The checks of an order before it goes (审单, ORD-1)."""
