"""What scanners read (GDS-1, WHS-8)."""
