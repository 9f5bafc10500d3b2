"""What is on record as messages of the contract."""
