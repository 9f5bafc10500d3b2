"""Shows figures, and the records that make them up."""
