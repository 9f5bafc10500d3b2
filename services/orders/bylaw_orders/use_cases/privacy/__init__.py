"""Customers' data shown, revealed, exported, erased and kept no longer than they may be (CUS-1)."""
