"""A month closed in order, objected to in time, and corrected afterwards only on record."""
