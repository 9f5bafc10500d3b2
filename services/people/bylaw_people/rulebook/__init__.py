"""The rulebook that ships: every clause in our own words, dated, in both languages; a file for each service."""
