"""Months judged and shown."""
