"""The only callers of plugins in this service."""
