"""Says what a person can do; what was on record before stays there as superseded (POS-2)."""

from collections.abc import Sequence
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.fields import LONGEST_NAME, Fields
from bylaw_people.rules.recording import Recorded
from bylaw_people.rules.requirements import Qualification
from bylaw_people.use_cases.finding import person_within


def set_qualifications(
    person_id: UUID, wish: Sequence[Qualification], caller: Caller, *, needs: Needs
) -> list[Recorded[Qualification]]:
    """Refuses PERSON_NOT_FOUND, FIELD_INVALID. A wish that changes nothing writes nothing."""
    fields = Fields()
    check_qualifications(fields, "qualifications", wish)
    fields.require()
    with needs.store.work(caller) as records:
        reach = caller.reach("people.staff.update")
        person = person_within(records, person_id, reach, today=needs.today(), lock=True)
        if set(records.qualifications.of([person.id]).get(person.id, [])) != set(wish):
            records.qualifications.replace([(person.id, wish)])
        return records.qualifications.recorded(person.id)


def check_qualifications(fields: Fields, field: str, wish: Sequence[Qualification]) -> None:
    """Notes what is wrong with qualifications."""
    fields.skills(field, [(one.skill, one.experience_months) for one in wish])
    for place, one in enumerate(wish):
        fields.text(f"{field}[{place}].evidence", one.evidence, LONGEST_NAME)
