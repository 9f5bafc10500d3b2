"""What orders want of the stock, and the steps to it."""
