"""What figures are reckoned from and how (the ground of ANA-1 and MKT-3)."""
