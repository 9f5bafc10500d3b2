"""Photos that stand for a punch."""
