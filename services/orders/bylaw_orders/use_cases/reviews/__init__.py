"""Reviews are taken in, answered and counted."""
