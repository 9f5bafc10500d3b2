"""What use cases need: stores and what neighbours answer."""
