"""Shows and sets what leave depends on of a person: cumulative service and the birthday (LVE-1)."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import service_record_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.service_record import ServiceRecord, ServiceRecordChanged, ServiceRecordView, check_since
from bylaw_people.use_cases.finding import person_within

READ, SET = "people.service_records.read", "people.service_records.set"
SINCE = "service_since_date"


def service_record(person: UUID, caller: Caller, needs: Needs) -> ServiceRecordView:
    """What is on record of somebody; refuses PERSON_NOT_FOUND."""
    with needs.store.read() as records:
        person_within(records, person, caller.reach(READ), today=needs.today())
        return records.service_records.of(person)


def set_service_record(
    person_id: UUID, wish: ServiceRecord, caller: Caller, *, needs: Needs, seen: str
) -> ServiceRecordView:
    """Refuses PERSON_NOT_FOUND, SERVICE_RECORD_CHANGED, FIELD_INVALID. A wish that changes nothing writes nothing."""
    with needs.store.work(caller) as records:
        person = person_within(records, person_id, caller.reach(SET), today=needs.today(), lock=True)
        before = records.service_records.of(person.id)
        if seen and seen != str(before.revision):
            raise ServiceRecordChanged
        check_since(person, wish.since, field=SINCE)
        if wish != before.record:
            records.service_records.add(person.id, wish, revision=before.revision + 1)
            records.publish(service_record_changed(person.id, wish))
        return records.service_records.of(person.id)
