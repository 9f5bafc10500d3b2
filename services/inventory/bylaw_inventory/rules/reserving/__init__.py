"""Goods held for somebody: what is free, what is taken, and when a hold ends."""
