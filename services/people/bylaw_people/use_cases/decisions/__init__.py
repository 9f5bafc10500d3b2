"""How the department decides: one verb a file (DEC-1, DEC-2, DEC-3)."""
