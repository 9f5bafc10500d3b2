"""Orders get their goods, and give them back."""
