"""Goods with special requirements and their named keepers (WHS-9)."""
