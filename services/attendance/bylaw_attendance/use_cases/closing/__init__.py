"""Review, hand-over, objection, close and correction."""
