"""What a shop shows of an item, what is missing of it, and where it is listed (GDS-1)."""
