"""Channels reviewed."""
