"""Movements posted, reversed and shown."""
