"""Notices of hours as tests publish them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import hours_pb2 as hours
from bylaw.attendance.v1 import sheets_pb2

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason, text

POWER, DISASTER, BUSINESS = (
    hours.HOURS_CAUSE_POWER_FAILURE,
    hours.HOURS_CAUSE_NATURAL_DISASTER,
    hours.HOURS_CAUSE_BUSINESS_NEED,
)


def hours_notice(
    subject: str = "",
    since: str = "2026-02-03",
    until: str = "",
    *worked: str,
    cause: int = POWER,
    words: str = "no power",
) -> hours.HoursNotice:
    """A notice about a subject (nothing: everybody); of hours worked instead, or of a day off."""
    return hours.HoursNotice(
        subject=subject,
        start_date=since,
        end_date=until,
        day_off=not worked,
        hours=worked,
        cause=hours.HoursCause.ValueType(cause),
        wording=text(words),
    )


def published(
    attendance: AttendanceService, notice: hours.HoursNotice, caller: Sequence[tuple[str, str]] = ()
) -> hours.HoursNotice:
    """Publishes a notice."""
    request = hours.PublishHoursNoticeRequest(hours_notice=notice)
    made: hours.HoursNotice = attendance.hours.PublishHoursNotice(request, metadata=caller or attendance.everything)
    return made


def withdrawn(
    attendance: AttendanceService, name: str, caller: Sequence[tuple[str, str]] = (), **more: Any
) -> hours.HoursNotice:
    """Withdraws a notice."""
    request = hours.WithdrawHoursNoticeRequest(**{"name": name, "reason": "by mistake", **more})
    made: hours.HoursNotice = attendance.hours.WithdrawHoursNotice(request, metadata=caller or attendance.everything)
    return made


@dataclass
class Office:
    """Anna works in the shop and Bo in the office beside it, both at HQ; Cai in the shop, at the store."""

    attendance: AttendanceService
    site: str
    company: str
    shop: str
    anna: str
    bo: str
    cai: str

    def day(self, person: str, number: int) -> sheets_pb2.Day:
        """A day of February."""
        return self.attendance.sheet(person, "2026-02").days[number - 1]


def hours_office_in(attendance: AttendanceService) -> tuple[str, ...]:
    """What an office begins with: three people, two sites, two units of a company; all by the fixed week."""
    people = attendance.people
    site, store = people.site(), people.site("STORE")
    company = people.unit("company")
    shop, office = people.unit("shop", company.name), people.unit("office", company.name)
    attendance.assign(since="2026-01-01")
    names = [
        people.person(number, unit.name, at.name).name
        for number, unit, at in (("A-1", shop, site), ("B-1", office, site), ("C-1", shop, store))
    ]
    return site.name, company.name, shop.name, *names


def refused(call: Any, *arguments: Any, **more: Any) -> str:
    """Why a call is refused."""
    with pytest.raises(grpc.RpcError) as error:
        call(*arguments, **more)
    return reason(error.value)


def hours_of(day: sheets_pb2.Day) -> list[str]:
    """The hours of each half of a day of a sheet."""
    return [f"{half.start_time[11:]}-{half.end_time[11:]}" for half in day.halves]
