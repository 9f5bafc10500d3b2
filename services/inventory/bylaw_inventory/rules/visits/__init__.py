"""Who comes into a warehouse and leaves it."""
