"""Photos that prove something: what an image is, and the folder in which it lies outside the database."""
