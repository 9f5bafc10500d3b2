"""Returned goods: what waits in inspection, and what becomes of it (WHS-3, WHS-6)."""
