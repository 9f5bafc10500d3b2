"""What is true of an organisation and its people: pure functions over frozen facts."""
