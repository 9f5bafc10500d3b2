"""Stocktakes opened, counted, explained, signed, decided and booked (WHS-6)."""
