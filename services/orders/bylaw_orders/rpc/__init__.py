"""Message in, command, message out."""
