"""The calls on duties and on what comes due of them."""

from dataclasses import dataclass
from uuid import UUID

from bylaw.people.v1 import duties_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, optional_id, resource_id

from bylaw_people.duty_messages import duty_message, occurrence_message
from bylaw_people.ports import Needs
from bylaw_people.rpc import duty_reading as read
from bylaw_people.rules.duties.duty import Occurrence
from bylaw_people.rules.duties.making import OfficialDay
from bylaw_people.use_cases.duties.close_occurrence import close_declared, complete_occurrence, excuse_occurrence
from bylaw_people.use_cases.duties.create_duty import create_duty
from bylaw_people.use_cases.duties.declare_duty import declare_duty
from bylaw_people.use_cases.duties.show_duties import list_duties, list_occurrences, show_duty, show_occurrence
from bylaw_people.use_cases.duties.update_duty import end_duty, update_duty
from bylaw_people.use_cases.forms import instant_and_id, one_id, plain


@dataclass(frozen=True, slots=True)
class DutiesRpc:
    """Duties, as the contract has it."""

    needs: Needs
    tokens: PageTokens
    official: OfficialDay

    def CreateDuty(self, request: messages.CreateDutyRequest, call: Call) -> messages.Duty:  # noqa: N802
        duty = read.new_duty(request.duty, self.needs.today(), self.needs.clock())
        return duty_message(create_duty(duty, call.caller, needs=self.needs, official=self.official))

    def GetDuty(self, request: messages.GetDutyRequest, call: Call) -> messages.Duty:  # noqa: N802
        return duty_message(show_duty(_duty(request.name), call.caller, self.needs))

    def ListDuties(self, request: messages.ListDutiesRequest, call: Call) -> messages.ListDutiesResponse:  # noqa: N802
        page, clause = page_of(request, call, self.tokens), plain(request.clause, field="clause")
        after = one_id(page.after)
        found = list_duties(clause, after, page.limit, caller=call.caller, needs=self.needs)
        shown = [duty_message(duty) for duty in found[: page.size]]
        return messages.ListDutiesResponse(duties=shown, next_page_token=page.token(found, lambda duty: str(duty.id)))

    def UpdateDuty(self, request: messages.UpdateDutyRequest, call: Call) -> messages.Duty:  # noqa: N802
        duty = resource_id(request.duty.name, "duties", field="duty.name")
        change = read.change_of(request, self.needs.today(), self.needs.clock())
        return duty_message(update_duty(duty, change, call.caller, needs=self.needs, official=self.official))

    def EndDuty(self, request: messages.EndDutyRequest, call: Call) -> messages.Duty:  # noqa: N802
        last = civil_date(request.end_date, field="end_date")
        return duty_message(end_duty(_duty(request.name), last, call.caller, needs=self.needs))

    def ListDutyOccurrences(  # noqa: N802
        self, request: messages.ListDutyOccurrencesRequest, call: Call
    ) -> messages.ListDutyOccurrencesResponse:
        page, query = page_of(request, call, self.tokens), read.query(request, call.caller.person)
        found = list_occurrences(query, instant_and_id(page.after), page.limit, caller=call.caller, needs=self.needs)
        return messages.ListDutyOccurrencesResponse(
            duty_occurrences=[self._shown(due) for due in found[: page.size]],
            next_page_token=page.token(found, read.place_of),
        )

    def GetDutyOccurrence(  # noqa: N802
        self, request: messages.GetDutyOccurrenceRequest, call: Call
    ) -> messages.DutyOccurrence:
        return self._shown(show_occurrence(read.occurrence_id(request.name), call.caller, self.needs))

    def CompleteDutyOccurrence(  # noqa: N802
        self, request: messages.CompleteDutyOccurrenceRequest, call: Call
    ) -> messages.DutyOccurrence:
        due, proof = read.occurrence_id(request.name), read.proof(request.proof)
        return self._shown(complete_occurrence(due, proof, call.caller, needs=self.needs))

    def ExcuseDutyOccurrence(  # noqa: N802
        self, request: messages.ExcuseDutyOccurrenceRequest, call: Call
    ) -> messages.DutyOccurrence:
        due = read.occurrence_id(request.name)
        return self._shown(excuse_occurrence(due, request.excuse, call.caller, needs=self.needs))

    def DeclareDuty(self, request: messages.DeclareDutyRequest, call: Call) -> messages.Duty:  # noqa: N802
        duty = read.new_duty(request.duty, self.needs.today(), self.needs.clock(), key=request.key)
        return duty_message(declare_duty(duty, call.caller, needs=self.needs, official=self.official))

    def CloseDutyOccurrence(  # noqa: N802
        self, request: messages.CloseDutyOccurrenceRequest, call: Call
    ) -> messages.DutyOccurrence:
        day, done_by = read.due_date(request.due_date), optional_id(request.done_by, "people", field="done_by")
        proof = read.proof(request.proof)
        return self._shown(
            close_declared(request.key, day, proof, done_by=done_by, caller=call.caller, needs=self.needs)
        )

    def _shown(self, due: Occurrence) -> messages.DutyOccurrence:
        return occurrence_message(due, self.needs.clock())


def _duty(name: str) -> UUID:
    return resource_id(name, "duties")
