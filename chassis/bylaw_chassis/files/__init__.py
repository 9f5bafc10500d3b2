"""Files that somebody hands in: opened within limits, decoded, and walked line by line."""
