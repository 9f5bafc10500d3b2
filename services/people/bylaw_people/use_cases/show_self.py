"""Shows callers themselves."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.staff import PersonView
from bylaw_people.use_cases.finding import EVERYONE, view_of


def show_self(caller: Caller, needs: Needs) -> tuple[PersonView | None, bool]:
    """The caller as a person as of today, nothing for a service of the suite; and whether a second factor counts."""
    if caller.person is None:
        return None, False
    today = needs.today()
    with needs.store.read() as records:
        person = records.people.find(caller.person, EVERYONE, today)
        factor = records.second_factors.find(caller.person)
        return view_of(records, person, today) if person else None, bool(factor and factor.confirmed)
