"""Further units of an item, and quantities stated in them (GDS-1)."""
