"""Overtime and hours worked."""
