"""Sets passwords: one's own, knowing the old one; somebody else's, who may do no more than oneself (SEC-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.granting import Place, require_within
from bylaw_people.rules.passwords import require_strong
from bylaw_people.rules.refusals import PersonHasNoLogin, SignInRefused
from bylaw_people.rules.staff import PersonRecord
from bylaw_people.use_cases.finding import EVERYONE, person_within
from bylaw_people.use_cases.holding import caller_for
from bylaw_people.use_cases.sign_in import SignIn, attempts_of


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """Changes passwords."""

    needs: Needs
    sign_in: SignIn

    def own(self, old: str, new: str, *, caller: Caller) -> None:
        """Refuses SIGN_IN_REFUSED (the old one is wrong), SIGN_IN_THROTTLED, PASSWORD_TOO_WEAK."""
        if caller.person is None:
            raise SignInRefused
        with self.needs.store.read() as records:
            person = records.people.find(caller.person, EVERYONE, self.needs.today())
            hash_ = records.passwords.hash_of(caller.person)
        attempts = attempts_of(person.login if person else "", "")
        self.sign_in.count(attempts)
        if person is None or not self.sign_in.check.right(old, hash_):
            raise SignInRefused
        require_strong(new, person.login)
        fresh = self.sign_in.check.hash(new)
        with self.needs.store.work(caller) as records:
            records.passwords.set(person.id, fresh)
            records.passwords.forgive(attempts)

    def of(self, person_id: UUID, new: str, *, caller: Caller) -> None:
        """Refuses PERSON_NOT_FOUND, PERSON_HAS_NO_LOGIN, PASSWORD_TOO_WEAK, GRANT_BEYOND_OWN."""
        reach, today = caller.reach("people.passwords.set"), self.needs.today()
        with self.needs.store.read() as records:
            person = person_within(records, person_id, reach, today=today)
            if not person.login:
                raise PersonHasNoLogin
            self._require_no_more(records, person, caller)
        require_strong(new, person.login)
        fresh = self.sign_in.check.hash(new)
        with self.needs.store.work(caller) as records:
            records.passwords.set(person.id, fresh)

    def _require_no_more(self, records: Records, person: PersonRecord, caller: Caller) -> None:
        """Whoever sets a password could sign in with it: they must hold all that its owner holds."""
        today = self.needs.today()
        own_unit = records.grants.unit_of(person.id, today)
        for grant in caller_for(records, person, today, needs=self.needs).grants:
            unit = grant.unit or (own_unit if grant.scope.value == "self" else None)
            above = records.grants.units_above(unit, today) if unit else frozenset()
            require_within(caller.reach, grant.permissions, Place(grant.scope, person.id, unit, above))
