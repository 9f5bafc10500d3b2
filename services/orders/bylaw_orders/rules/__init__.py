"""What is true of orders: pure functions over frozen facts."""
