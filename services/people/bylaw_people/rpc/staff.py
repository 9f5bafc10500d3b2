"""The calls on people."""

from dataclasses import dataclass

from bylaw.people.v1 import staff_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, optional_date, optional_id

from bylaw_people.ports import Needs
from bylaw_people.ports.organisation import PeopleAsked
from bylaw_people.rpc import reading
from bylaw_people.rpc.person_mask import person_wish
from bylaw_people.rpc.telling import person_message
from bylaw_people.rpc.telling_history import qualification_message, recorded_appointment_message
from bylaw_people.use_cases.appoint_person import appoint_person, rehire_person
from bylaw_people.use_cases.create_person import create_person
from bylaw_people.use_cases.end_employment import end_employment
from bylaw_people.use_cases.finding import person_within, view_of, views_of
from bylaw_people.use_cases.forms import as_of, one_id, plain, some_people
from bylaw_people.use_cases.list_qualifications import list_qualifications
from bylaw_people.use_cases.set_qualifications import set_qualifications
from bylaw_people.use_cases.update_person import update_person
from bylaw_people.use_cases.withdraw_appointment import withdraw_appointment

READ = "people.staff.read"


@dataclass(frozen=True, slots=True)
class StaffRpc:
    """Staff, as the contract has it."""

    needs: Needs
    tokens: PageTokens

    def CreatePerson(self, request: messages.CreatePersonRequest, call: Call) -> messages.Person:  # noqa: N802
        return person_message(create_person(reading.new_person(request.person), call.caller, self.needs))

    def GetPerson(self, request: messages.GetPersonRequest, call: Call) -> messages.Person:  # noqa: N802
        day = as_of(request.as_of_date, self.needs.today())
        person = reading.person_id(request.name)
        with self.needs.store.read() as records:
            found = person_within(records, person, call.caller.reach(READ), today=day)
            return person_message(view_of(records, found, day))

    def ListPeople(self, request: messages.ListPeopleRequest, call: Call) -> messages.ListPeopleResponse:  # noqa: N802
        day, page = as_of(request.as_of_date, self.needs.today()), page_of(request, call, self.tokens)
        unit, number = optional_id(request.unit, "units", field="unit"), plain(request.number, field="number")
        only = some_people(request.names, field="names")
        reach = call.caller.reach(READ)
        with self.needs.store.read() as records:
            asked = PeopleAsked(number=number, unit=unit, only=only, after=page.after, limit=page.limit)
            found = records.people.page(day, reach, asked)
            shown = [person_message(view) for view in views_of(records, found[: page.size], day)]
        return messages.ListPeopleResponse(people=shown, next_page_token=page.token(found, lambda one: one.number))

    def UpdatePerson(self, request: messages.UpdatePersonRequest, call: Call) -> messages.Person:  # noqa: N802
        return person_message(update_person(person_wish(request), call.caller, self.needs))

    def AppointPerson(self, request: messages.AppointPersonRequest, call: Call) -> messages.Person:  # noqa: N802
        wish = reading.appointment(request.appointment, field="appointment")
        return person_message(appoint_person(reading.person_id(request.name), wish, call.caller, needs=self.needs))

    def RehirePerson(self, request: messages.RehirePersonRequest, call: Call) -> messages.Person:  # noqa: N802
        wish = reading.appointment(request.appointment, field="appointment")
        return person_message(rehire_person(reading.person_id(request.name), wish, call.caller, needs=self.needs))

    def WithdrawAppointment(self, request: messages.WithdrawAppointmentRequest, call: Call) -> messages.Person:  # noqa: N802
        person, day = reading.person_id(request.name), civil_date(request.start_date, field="start_date")
        return person_message(withdraw_appointment(person, day, call.caller, needs=self.needs))

    def EndEmployment(self, request: messages.EndEmploymentRequest, call: Call) -> messages.Person:  # noqa: N802
        last_date = civil_date(request.last_date, field="last_date")
        person = reading.person_id(request.name)
        return person_message(end_employment(person, last_date, call.caller, needs=self.needs))

    def GetQualifications(self, request: messages.GetQualificationsRequest, call: Call) -> messages.Qualifications:  # noqa: N802
        person = reading.person_id(request.name)
        with self.needs.store.read() as records:
            person_within(records, person, call.caller.reach(READ), today=self.needs.today())
            found = records.qualifications.recorded(person)
        return messages.Qualifications(name=request.name, qualifications=map(qualification_message, found))

    def SetQualifications(self, request: messages.SetQualificationsRequest, call: Call) -> messages.Qualifications:  # noqa: N802
        wish = reading.qualifications(request.qualifications, field="qualifications")
        found = set_qualifications(reading.person_id(request.name), wish, call.caller, needs=self.needs)
        return messages.Qualifications(name=request.name, qualifications=map(qualification_message, found))

    def ListRecordedQualifications(  # noqa: N802
        self, request: messages.ListRecordedQualificationsRequest, call: Call
    ) -> messages.ListRecordedQualificationsResponse:
        page, person = page_of(request, call, self.tokens), reading.person_id(request.parent, field="parent")
        day = optional_date(request.as_of_date, field="as_of_date")
        found = list_qualifications(
            person, day, call.caller, needs=self.needs, after=one_id(page.after), limit=page.limit
        )
        return messages.ListRecordedQualificationsResponse(
            qualifications=[qualification_message(row.recorded) for row in found[: page.size]],
            next_page_token=page.token(found, lambda row: str(row.id)),
        )

    def ListAppointments(  # noqa: N802
        self, request: messages.ListAppointmentsRequest, call: Call
    ) -> messages.ListAppointmentsResponse:
        person = reading.person_id(request.parent, field="parent")
        with self.needs.store.read() as records:
            person_within(records, person, call.caller.reach(READ), today=self.needs.today())
            found = records.people.history(person, superseded=request.show_superseded)
        return messages.ListAppointmentsResponse(appointments=map(recorded_appointment_message, found))
