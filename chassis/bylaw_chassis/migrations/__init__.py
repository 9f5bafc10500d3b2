"""Revisions of the tables every service has."""
