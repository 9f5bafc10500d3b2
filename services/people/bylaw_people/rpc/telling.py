"""People as messages of the contract."""

from bylaw.people.v1 import service_records_pb2, staff_pb2
from bylaw_chassis.values import resource_name

from bylaw_people.events import appointment_message, birthday_text, day_text
from bylaw_people.message_values import instant_message, told
from bylaw_people.rules.service_record import ServiceRecordView
from bylaw_people.rules.staff import Appointment, PersonView


def person_message(person: PersonView) -> staff_pb2.Person:
    """A person as of a date; without an appointment where none holds then."""
    return staff_pb2.Person(
        name=resource_name("people", person.id),
        number=person.number,
        display_name=person.display_name,
        login=person.login,
        appointment=told(reasoned_message, person.appointment),
        head=resource_name("people", person.head),
        etag=str(person.revision),
    )


def reasoned_message(appointment: Appointment) -> staff_pb2.Appointment:
    """An appointment with why it was made though something is lacking, and who said so (POS-2)."""
    shown = appointment_message(appointment)
    shown.reason, shown.reason_by = appointment.reason, resource_name("people", appointment.reason_by)
    return shown


def service_record_message(name: str, found: ServiceRecordView) -> service_records_pb2.ServiceRecord:
    """What is on record of a person by resource name; without an instant where nothing is yet."""
    return service_records_pb2.ServiceRecord(
        name=name,
        service_since_date=day_text(found.record.since),
        birthday=birthday_text(found.record.birthday),
        etag=str(found.revision),
        record_time=instant_message(found.recorded_at),
        recorded_by=resource_name("people", found.recorded_by),
    )
