"""What the contracts say of permissions: which there are, which count only everywhere, which are services'."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permissions:
    """Every permission by name; those that count only for the whole organisation, and those of services alone."""

    known: frozenset[str]
    everywhere: frozenset[str] = frozenset()
    services_only: frozenset[str] = frozenset()

    @property
    def givable(self) -> frozenset[str]:
        """What a role of the company's own may hold."""
        return self.known - self.services_only
