"""How the organisation is remembered: tables, repositories and queries."""
