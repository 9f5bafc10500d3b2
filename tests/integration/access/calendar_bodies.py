"""Sound requests about the calendar: a day off for each number."""

from bylaw.attendance.v1 import calendar_pb2
from google.protobuf.message import Message

from tests.builders.people import text


def company_day_wished(unit: str, day: str) -> Message:
    """A day off of a unit."""
    made = calendar_pb2.CompanyDay(subject=unit, start_date=day, end_date=day, wording=text("x"))
    return calendar_pb2.PublishCompanyDayRequest(company_day=made)
