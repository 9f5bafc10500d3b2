"""Who may do what: roles, what comes with a post, what may be granted, and outsiders (SEC-1, SEC-2, SEC-3)."""
