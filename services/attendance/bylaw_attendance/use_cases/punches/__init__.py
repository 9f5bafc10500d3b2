"""Punches recorded and imported."""
