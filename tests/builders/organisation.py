"""Changes of the organisation in time, through the service's own calls, in a line each."""

from dataclasses import dataclass

from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.people import PeopleService, text

FORMAL = staff.EMPLOYMENT_KIND_FORMAL


@dataclass(frozen=True)
class Changes:
    """Asks for changes of an organisation."""

    people: PeopleService

    def rename(self, unit: str, title: str, since: str) -> org.Unit:
        """Another title of a unit."""
        return self._update(org.Unit(name=unit, title=text(title), effective_date=since), "title")

    def move(self, unit: str, parent: str, since: str) -> org.Unit:
        """Another parent of a unit."""
        return self._update(org.Unit(name=unit, parent=parent, effective_date=since), "parent")

    def close(self, unit: str, last: str) -> org.Unit:
        """The end of a unit."""
        request = org.CloseUnitRequest(name=unit, last_date=last)
        return self.people.organisation.CloseUnit(request, metadata=self.people.everything)

    def take_back(self, unit: str, since: str) -> org.Unit:
        """A change of a unit taken back."""
        request = org.WithdrawUnitChangeRequest(name=unit, effective_date=since)
        return self.people.organisation.WithdrawUnitChange(request, metadata=self.people.everything)

    def deputy(self, unit: str, person: str, since: str, until: str = "") -> org.Unit:
        """A deputy of a unit's head."""
        request = org.AppointDeputyRequest(name=unit, deputy=person, effective_date=since, last_date=until)
        return self.people.organisation.AppointDeputy(request, metadata=self.people.everything)

    def head(self, unit: str, person: str, since: str, until: str = "") -> org.Unit:
        """A head of a unit."""
        request = org.AppointHeadRequest(name=unit, head=person, effective_date=since, last_date=until)
        return self.people.organisation.AppointHead(request, metadata=self.people.everything)

    def end_head(self, unit: str, last: str, *, deputy: bool = False) -> org.Unit:
        """The end of a headship."""
        request = org.EndHeadshipRequest(name=unit, last_date=last, deputy=deputy)
        return self.people.organisation.EndHeadship(request, metadata=self.people.everything)

    def take_back_head(self, unit: str, since: str, *, deputy: bool = False) -> org.Unit:
        """A headship taken back."""
        request = org.WithdrawHeadshipRequest(name=unit, effective_date=since, deputy=deputy)
        return self.people.organisation.WithdrawHeadship(request, metadata=self.people.everything)

    def unit(self, unit: str, day: str = "") -> org.Unit:
        """A unit as of a date."""
        request = org.GetUnitRequest(name=unit, as_of_date=day)
        return self.people.organisation.GetUnit(request, metadata=self.people.everything)

    def versions(self, unit: str, *, superseded: bool = False) -> list[org.UnitVersion]:
        """What a unit was, is and will be."""
        request = org.ListUnitVersionsRequest(parent=unit, show_superseded=superseded)
        return list(self.people.organisation.ListUnitVersions(request, metadata=self.people.everything).versions)

    def appoint(self, person: str, unit: str, site: str, since: str, **more: str) -> staff.Person:
        """Another appointment."""
        request = staff.AppointPersonRequest(name=person, appointment=appointment(unit, site, since, **more))
        return self.people.staff.AppointPerson(request, metadata=self.people.everything)

    def rehire(self, person: str, unit: str, site: str, since: str, **more: str) -> staff.Person:
        """Another employment."""
        request = staff.RehirePersonRequest(name=person, appointment=appointment(unit, site, since, **more))
        return self.people.staff.RehirePerson(request, metadata=self.people.everything)

    def leave(self, person: str, last: str) -> staff.Person:
        """The end of an employment."""
        request = staff.EndEmploymentRequest(name=person, last_date=last)
        return self.people.staff.EndEmployment(request, metadata=self.people.everything)

    def take_back_appointment(self, person: str, since: str) -> staff.Person:
        """An appointment, or the end of an employment, taken back."""
        request = staff.WithdrawAppointmentRequest(name=person, start_date=since)
        return self.people.staff.WithdrawAppointment(request, metadata=self.people.everything)

    def person(self, person: str, day: str = "") -> staff.Person:
        """A person as of a date."""
        request = staff.GetPersonRequest(name=person, as_of_date=day)
        return self.people.staff.GetPerson(request, metadata=self.people.everything)

    def appointments(self, person: str, *, superseded: bool = False) -> list[staff.Appointment]:
        """What somebody was appointed to."""
        request = staff.ListAppointmentsRequest(parent=person, show_superseded=superseded)
        return list(self.people.staff.ListAppointments(request, metadata=self.people.everything).appointments)

    def _update(self, unit: org.Unit, *paths: str) -> org.Unit:
        request = org.UpdateUnitRequest(unit=unit, update_mask=FieldMask(paths=paths))
        return self.people.organisation.UpdateUnit(request, metadata=self.people.everything)


def appointment(unit: str, site: str, since: str, **more: str) -> staff.Appointment:
    """An appointment of formal staff."""
    return staff.Appointment(unit=unit, site=site, start_date=since, employment_kind=FORMAL, **more)
