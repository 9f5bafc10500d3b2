"""What is true of duties: when they come due, what proves that they were done, and who is told when they were not."""
