"""Which service asks for its user: by its own token, so that nobody passes for a service."""

from bylaw_chassis.refusals import TokenInvalid
from bylaw_chassis.tokens import TokenVerifier


def asking_service(token: str, verifier: TokenVerifier) -> str:
    """The service whose token stands beside the user's; empty where a person asks.

    Refuses TOKEN_INVALID where that is no service's token.
    """
    if not token:
        return ""
    service = verifier.verify(token).service
    if not service:
        raise TokenInvalid
    return service
