"""Ports answered by other services."""
