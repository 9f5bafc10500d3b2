"""Leave and its policies."""
