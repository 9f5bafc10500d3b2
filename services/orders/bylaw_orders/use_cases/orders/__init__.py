"""Orders are shown, cancelled and restated."""
