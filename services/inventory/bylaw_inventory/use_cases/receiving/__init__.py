"""Goods received against delivery notes (WHS-1, WHS-2)."""
