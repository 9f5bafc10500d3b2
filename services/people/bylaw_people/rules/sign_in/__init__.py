"""What is true of signing in: passwords, waits, sessions, tokens, second factors, external identities."""
