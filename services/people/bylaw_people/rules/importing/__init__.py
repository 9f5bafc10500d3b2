"""What a file's lines come to: what is new, what changes, what is on record already, and every faulty line."""
