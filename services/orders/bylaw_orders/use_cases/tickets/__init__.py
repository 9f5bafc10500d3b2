"""Tickets are taken, worked on, settled and closed."""
