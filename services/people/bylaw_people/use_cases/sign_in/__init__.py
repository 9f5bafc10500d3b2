"""Signing in and out, refreshing, second factors, access tokens, service accounts, the external provider."""
