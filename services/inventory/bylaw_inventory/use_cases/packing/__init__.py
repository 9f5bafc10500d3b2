"""Checks of what is packed, and where they are needed (WHS-3, WHS-12)."""
