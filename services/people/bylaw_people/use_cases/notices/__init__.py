"""What is done with notices, one verb a file (PLN-2)."""
