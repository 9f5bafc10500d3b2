"""How plugins are found, run in workers of their own, and checked; services reach plugins through here alone."""
