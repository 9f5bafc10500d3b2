"""Catalogues and stock lists taken in."""
