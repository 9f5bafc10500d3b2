"""Overtime asked, found and capped, and the hours worked against the law."""
