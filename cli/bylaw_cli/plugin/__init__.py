"""`bylaw plugin`: for a company's own developer, from a first package to what it would change in a real month."""
