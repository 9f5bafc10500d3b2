"""One day explained."""
