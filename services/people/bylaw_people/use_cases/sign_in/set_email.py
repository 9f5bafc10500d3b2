"""Sets the address by which the external provider finds somebody (SEC-1)."""

from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.sign_in.identities import normal_email
from bylaw_people.rules.sign_in.refusals import EmailTaken
from bylaw_people.use_cases.finding import person_within, require_unchanged
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.taking_over import require_no_more


def set_email(person_id: UUID, email: str, caller: Caller, means: SignInNeeds) -> None:
    """Refuses PERSON_NOT_FOUND, EMAIL_TAKEN, GRANT_BEYOND_OWN, FIELD_INVALID."""
    address = normal_email(email)
    if email and not address:
        raise FieldInvalid(field="email", zh="应为邮箱地址，如 wang@example.com", en="expected wang@example.com")
    reach = caller.reach("people.emails.set")
    with means.needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=means.needs.today(), lock=True)
        require_unchanged(records, caller)
        require_no_more(records, person, caller, means.needs)
        if not records.accounts.set_email(person.id, address):
            raise EmailTaken
        records.identities.forget(person.id)
