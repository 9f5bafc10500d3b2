"""Shift policies: assigned, tried, changed."""
