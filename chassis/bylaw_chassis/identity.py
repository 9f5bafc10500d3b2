"""The secret by which the services of an installation know each other."""

from bylaw_chassis.keys import derived_key


def service_secret(master_key: str) -> str:
    """What a service shows to people to be signed in; derived, so that the master key itself never travels."""
    return derived_key(master_key, "service-session").hex()
