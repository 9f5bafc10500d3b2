"""Readers of the files and bodies that punches arrive in: bytes in, parallel columns out, nothing stored."""
