"""Registers who comes into a warehouse and leaves it."""
