"""Clocks at the door: who they are, what they may say and what they are told."""
