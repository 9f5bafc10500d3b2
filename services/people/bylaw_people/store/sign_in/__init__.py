"""What is kept of signing in: hashes, counts, sessions, digests of tokens, wrapped secrets; never a secret in clear."""
