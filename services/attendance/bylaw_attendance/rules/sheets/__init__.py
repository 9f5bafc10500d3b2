"""Sheets as people see them and as they leave the house."""
