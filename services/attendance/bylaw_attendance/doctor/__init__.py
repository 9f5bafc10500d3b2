"""What `bylaw doctor` proves of attendance."""
