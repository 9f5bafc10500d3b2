"""Service records as tests put them on record."""

from typing import Any

from bylaw.people.v1 import service_records_pb2 as records
from bylaw.people.v1.service_records_pb2_grpc import ServiceRecordsStub

from tests.builders.people import PeopleService


def service_records_of(people: PeopleService) -> ServiceRecordsStub:
    """The calls."""
    return ServiceRecordsStub(people.channel)


def served(
    people: PeopleService, person: str, since: str = "", birthday: str = "", *, caller: Any = None, etag: str = ""
) -> records.ServiceRecord:
    """Puts on record since when somebody has served, and when their birthday is."""
    request = records.SetServiceRecordRequest(name=person, service_since_date=since, birthday=birthday, etag=etag)
    stub = service_records_of(people)
    made: records.ServiceRecord = stub.SetServiceRecord(request, metadata=caller or people.everything)
    return made


def service_record(people: PeopleService, person: str, caller: Any = None) -> records.ServiceRecord:
    """What is on record of somebody."""
    request = records.GetServiceRecordRequest(name=person)
    found: records.ServiceRecord = service_records_of(people).GetServiceRecord(
        request, metadata=caller or people.everything
    )
    return found
