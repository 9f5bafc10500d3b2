"""What an order is, comes to, and how far it is."""
