"""How the department decides: processes, who may answer, what an answer does (DEC-1, DEC-2, DEC-3)."""
