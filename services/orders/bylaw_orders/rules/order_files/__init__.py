"""Files of orders: tables out of bytes, orders as importers read them, and what became of each line (ORD-1)."""
