"""Prices asked for, settled and shown."""
