"""Parcels handed to carriers (WHS-12)."""
