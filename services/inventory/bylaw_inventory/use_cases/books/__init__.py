"""Days closed, goods counted by the way, months reported and handed over."""
