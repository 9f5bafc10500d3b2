"""What orders hears of the warehouse."""
