"""From plans and punches to findings."""
