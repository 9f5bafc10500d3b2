"""What is true of goods and their movements: pure functions over frozen facts."""
