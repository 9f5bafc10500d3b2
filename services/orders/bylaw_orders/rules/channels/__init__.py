"""The shops through which orders come."""
