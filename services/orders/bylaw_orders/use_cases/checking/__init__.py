"""Orders are checked, and how is set."""
