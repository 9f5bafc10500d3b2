"""What is read from catalogues and stock lists, line by line."""
