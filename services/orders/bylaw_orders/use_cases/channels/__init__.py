"""Channels are opened and changed."""
