"""What is true of the rulebook: dated wordings, the company's own copy, what an import comes to."""
