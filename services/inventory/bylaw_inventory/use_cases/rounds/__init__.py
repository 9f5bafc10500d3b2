"""Takes rounds in, tells of what is unusual, and says which are missing."""
