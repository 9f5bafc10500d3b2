"""The week everybody follows and what the two clocks of the demonstration company recorded (HRS-1, HRS-4, HRS-5)."""

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bylaw.attendance.v1 import (
    policies_pb2,
    policies_pb2_grpc,
    punches_pb2,
    punches_pb2_grpc,
    sheets_pb2,
    sheets_pb2_grpc,
)
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.company_files import FIRST_DAY, rows
from bylaw_cli.demonstration.habits import punches

DEVICES = {"HQ": 1, "WH": 2}
WORKED = (sheets_pb2.DAY_KIND_WORK, sheets_pb2.DAY_KIND_MAKE_UP_WORK)
ENDED = (punches_pb2.IMPORT_STATE_DONE, punches_pb2.IMPORT_STATE_REFUSED, punches_pb2.IMPORT_STATE_FAILED)
ANYBODY = "1014"
"""Whose sheet says which days are worked: everybody follows one week."""


def assign_week(asking: Asking) -> None:
    """Everybody follows the rulebook's week."""
    stub = asking.stub(policies_pb2_grpc.PoliciesStub)
    if asking.ask(stub.ListPatternAssignments, policies_pb2.ListPatternAssignmentsRequest()).pattern_assignments:
        return
    patterns = asking.ask(stub.ListShiftPatterns, policies_pb2.ListShiftPatternsRequest()).shift_patterns
    week = next(pattern for pattern in patterns if "fixed-week@" in pattern.name)
    assignment = policies_pb2.PatternAssignment(shift_pattern=week.name, start_date=FIRST_DAY)
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=assignment)
    asking.ask(stub.CreatePatternAssignment, request)


def hand_in(asking: Asking) -> Sequence[str]:
    """Hands in last month's and this month's punches as the clocks write them; they reported all days but the last.

    Answers the imports, which the service works off meanwhile.
    """
    days = _working_days(asking)
    if not days:
        return []
    reported = [day for day in days if day < min(asking.today, days[-1])]
    stub = asking.stub(punches_pb2_grpc.PunchesStub)
    imports = []
    for site in DEVICES:
        request = punches_pb2.CreatePunchImportRequest(
            file=HttpBody(content_type="text/plain", data=_attlog(site, reported)),
            format=punches_pb2.PUNCH_FILE_FORMAT_ATTLOG,
            site=site,
            file_name=f"{site}_attlog.dat",
            complete_until_date=(days[-1] - timedelta(days=1)).isoformat(),
        )
        imports.append(asking.ask(stub.CreatePunchImport, request).name)
    return imports


def wait_for(asking: Asking, imports: Sequence[str]) -> None:
    """Waits until the service has worked the imports off."""
    stub = asking.stub(punches_pb2_grpc.PunchesStub)
    for name in imports:
        while asking.ask(stub.GetPunchImport, punches_pb2.GetPunchImportRequest(name=name)).state not in ENDED:
            time.sleep(0.05)


def _working_days(asking: Asking) -> list[date]:
    """Working days of last month and this month up to today, as the service itself plans them."""
    last_month = asking.today.replace(day=1) - timedelta(days=1)
    stub = asking.stub(sheets_pb2_grpc.SheetsStub)
    days: list[date] = []
    for month in (last_month, asking.today):
        name = f"{asking.name(ANYBODY)}/sheets/{month:%Y-%m}"
        sheet = asking.ask(stub.GetSheet, sheets_pb2.GetSheetRequest(name=name))
        days += [date.fromisoformat(day.work_date) for day in sheet.days if day.kind in WORKED]
    return [day for day in days if day <= asking.today]


def _attlog(site: str, days: list[date]) -> bytes:
    return "".join(_attlog_lines(site, days)).encode()


def _attlog_lines(site: str, days: list[date]) -> Iterator[str]:
    """Lines of an `attlog.dat`, in time order: PIN right-aligned, time, device, status, verify, work code."""
    numbers = [row["number"] for row in rows() if row["site"] == site]
    stamped = sorted((at, number) for day in days for number in numbers for at in punches(number, day))
    for at, number in stamped:
        yield f"{number:>9}\t{at:%Y-%m-%d %H:%M:%S}\t{DEVICES[site]}\t255\t1\t0\n"
