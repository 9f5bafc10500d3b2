"""Prices per channel, each by a decision and from a set time on (GDS-2)."""
