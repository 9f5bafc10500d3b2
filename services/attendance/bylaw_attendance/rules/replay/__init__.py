"""Policies tried on days that were."""
