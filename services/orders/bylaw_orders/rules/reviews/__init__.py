"""Reviews of products: answered in time and counted (CUS-3)."""
