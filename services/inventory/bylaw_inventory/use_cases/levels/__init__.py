"""Sets levels, shows figures and proposals, and takes their outcomes (WHS-7)."""
