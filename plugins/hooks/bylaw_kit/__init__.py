"""What works with the surface: a site's months as facts, answers to read, columns, and the conformance kit."""
