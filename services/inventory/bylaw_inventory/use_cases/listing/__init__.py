"""Sheets kept, and items listed and taken off."""
