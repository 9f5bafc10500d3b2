"""The calls on service records."""

from dataclasses import dataclass

from bylaw.people.v1 import service_records_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.values import optional_date

from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.telling import service_record_message
from bylaw_people.rules.service_record import ServiceRecord, birthday
from bylaw_people.use_cases.service_records import SINCE, service_record, set_service_record


@dataclass(frozen=True, slots=True)
class ServiceRecordsRpc:
    """ServiceRecords, as the contract has it."""

    needs: Needs

    def GetServiceRecord(self, request: messages.GetServiceRecordRequest, call: Call) -> messages.ServiceRecord:  # noqa: N802
        found = service_record(reading.person_id(request.name), call.caller, self.needs)
        return service_record_message(request.name, found)

    def SetServiceRecord(self, request: messages.SetServiceRecordRequest, call: Call) -> messages.ServiceRecord:  # noqa: N802
        since = optional_date(request.service_since_date, field=SINCE)
        wish = ServiceRecord(since, birthday(request.birthday, field="birthday"))
        person = reading.person_id(request.name)
        found = set_service_record(person, wish, call.caller, needs=self.needs, seen=request.etag)
        return service_record_message(request.name, found)
