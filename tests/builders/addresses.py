"""What a gateway of the tests' installation says of where a call comes from."""

from bylaw_chassis.addresses import ADDRESS, SEAL, TRACE, address_seal

MASTER_KEY = "a key for tests, long enough to be one"


def coming_from(address: str, trace_id: str = "0" * 32) -> tuple[tuple[str, str], ...]:
    """Metadata of a call that the gateway hands on for somebody at an address; none for an empty one."""
    sealed = address_seal(MASTER_KEY).sealed(address, trace_id)
    return ((TRACE, trace_id), (ADDRESS, address), (SEAL, sealed)) if address else ()
