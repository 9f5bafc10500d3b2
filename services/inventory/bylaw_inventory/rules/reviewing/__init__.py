"""The review of what a channel offers (GDS-3)."""
