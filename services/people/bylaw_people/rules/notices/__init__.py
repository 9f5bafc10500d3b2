"""What is true of notices: their text, whom they reach, and when they are delivered again (PLN-2)."""
