"""What is done with duties, one verb a file."""
