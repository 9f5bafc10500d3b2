"""Files of orders are handed in, read, and taken in chunk by chunk (ORD-1)."""
