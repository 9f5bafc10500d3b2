"""Where parcels are, and whether what was promised is kept."""
