"""Which papers goods move against (WHS-3)."""
