"""The demonstration company: an organisation, its people, and two months of punches with every kind of finding."""
