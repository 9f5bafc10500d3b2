"""What use cases need, as protocols."""
