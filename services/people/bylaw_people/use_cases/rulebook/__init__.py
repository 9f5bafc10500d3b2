"""What people do to the rulebook: one verb a file."""
