"""Ports that other services answer."""
