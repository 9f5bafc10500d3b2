"""What is picked for a reservation (WHS-8)."""
