"""Orders of the demonstration company: its shops, and a week of orders of which something became each (ORD-1..3)."""
