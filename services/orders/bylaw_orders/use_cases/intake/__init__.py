"""Orders are taken in (ORD-1)."""
