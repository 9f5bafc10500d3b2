"""How much of each item a warehouse keeps, and what is proposed (WHS-7)."""
