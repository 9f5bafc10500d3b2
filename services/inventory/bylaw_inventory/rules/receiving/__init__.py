"""Deliveries against their notes: counted, compared, accepted or refused (WHS-1, WHS-2)."""
