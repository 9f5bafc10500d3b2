"""Fixed places of goods, and what is put away to them (WHS-8)."""
