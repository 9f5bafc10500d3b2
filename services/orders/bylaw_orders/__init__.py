"""Orders: what customers buy, from intake to signature and after, and the customers' data."""
