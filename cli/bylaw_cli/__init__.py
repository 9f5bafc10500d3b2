"""The command `bylaw`: everything on one machine with one command."""
