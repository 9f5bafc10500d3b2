"""Stock counted by keeper and finance together: what is counted, what differs, and what is adjusted (WHS-6)."""
