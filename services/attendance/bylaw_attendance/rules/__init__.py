"""What is true of attendance: pure functions over frozen facts."""
