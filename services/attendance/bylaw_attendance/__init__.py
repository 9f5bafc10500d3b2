"""The attendance service: punches in, month sheets out."""
