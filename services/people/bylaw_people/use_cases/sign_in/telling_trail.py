"""Tells the audit trail at whose account somebody tries to sign in, so that an auditor sees guessing (SEC-1, SEC-3)."""

from uuid import UUID

from bylaw_chassis.call import turned_out_about
from bylaw_chassis.values import resource_name

from bylaw_people.use_cases.sign_in.needs import SignInNeeds


def tell_whose(login: str, person: UUID | None, means: SignInNeeds) -> None:
    """The person whose login it is; of a login that nobody has, its pseudonym, and never the login itself.

    The pseudonym is worked out in either case: a login that somebody has takes no less time.
    """
    unknown = means.secrets.pseudonyms.login(login)
    turned_out_about(resource_name("people", person) or resource_name("logins", unknown))
