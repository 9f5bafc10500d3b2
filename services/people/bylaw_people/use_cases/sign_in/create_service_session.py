"""Signs a service of the suite in by the installation's secret."""

import hmac

from bylaw_people.rules.sign_in.refusals import SignInRefused
from bylaw_people.use_cases.sign_in.admitting import admit_service
from bylaw_people.use_cases.sign_in.minting import Opened, Session, signed
from bylaw_people.use_cases.sign_in.needs import SignInNeeds

SERVICES = frozenset({"attendance", "inventory", "orders", "gateway"})


def create_service_session(name: str, secret: str, means: SignInNeeds) -> Session:
    """Refuses SIGN_IN_REFUSED."""
    right = hmac.compare_digest(secret.encode(), means.secrets.service.encode())
    if not (right and name in SERVICES):
        raise SignInRefused
    return signed(Opened(admit_service(name)), means)
