"""Goods reserved, confirmed, released."""
