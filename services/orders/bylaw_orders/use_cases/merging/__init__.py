"""Orders that are shipped together."""
