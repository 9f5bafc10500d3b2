"""What writes the reference: each page is read from the thing it describes, so that it cannot say otherwise."""
