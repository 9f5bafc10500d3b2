"""The stock ledger: double entry, append-only, chained by balance (WHS-4)."""
