"""Customers' personal data: what it is, how it is shown, for which reasons it may be seen (CUS-1)."""
