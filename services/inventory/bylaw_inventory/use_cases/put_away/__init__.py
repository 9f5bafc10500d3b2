"""Goods put away to their fixed places (WHS-8)."""
