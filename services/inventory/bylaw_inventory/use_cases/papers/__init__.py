"""Papers set, and what was refused for lack of them (WHS-3)."""
