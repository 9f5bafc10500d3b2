"""The commands on orders: what came, what waits for a person, what each has come to, what it claims (ORD, WHS-3)."""
