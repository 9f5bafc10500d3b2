"""Facts as messages of the contract."""
