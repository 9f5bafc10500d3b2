"""Benchmarks: each measures itself against a limit in the same run."""
