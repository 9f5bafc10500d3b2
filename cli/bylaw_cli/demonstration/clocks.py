"""What the two clocks of the demonstration company recorded of everybody's planned days (HRS-4, HRS-5)."""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bylaw.attendance.v1 import punches_pb2, punches_pb2_grpc, sheets_pb2, sheets_pb2_grpc
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.company_files import rows
from bylaw_cli.demonstration.habits import punches
from bylaw_cli.demonstration.patterns import first_of_last_month

DEVICES = {"HQ": 1, "WH": 2}
ENDED = (punches_pb2.IMPORT_STATE_DONE, punches_pb2.IMPORT_STATE_REFUSED, punches_pb2.IMPORT_STATE_FAILED)
Dues = Mapping[date, Sequence[datetime]]
"""By day: when each card of it is due, local, in order."""


def hand_in(asking: Asking) -> Sequence[str]:
    """Hands in last month's and this month's punches as the clocks write them; they reported all days but the last.

    Answers the imports, which the service works off meanwhile.
    """
    dues = _dues(asking)
    days = sorted({day for planned in dues.values() for day in planned if day <= asking.today})
    if not days:
        return []
    until = min(asking.today, days[-1])
    stub = asking.stub(punches_pb2_grpc.PunchesStub)
    imports = []
    for site in DEVICES:
        request = punches_pb2.CreatePunchImportRequest(
            file=HttpBody(content_type="text/plain", data=_attlog(site, dues, until)),
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


def _dues(asking: Asking) -> Mapping[str, Dues]:
    """By number, when cards are due last month and this month, as the service itself plans them."""
    stub = asking.stub(sheets_pb2_grpc.SheetsStub)
    found: dict[str, dict[date, Sequence[datetime]]] = {}
    for month in (first_of_last_month(asking.today), asking.today):
        request = sheets_pb2.ListSheetsRequest(
            parent=asking.units["MUJIN"], month=f"{month:%Y-%m}", view=sheets_pb2.SHEET_VIEW_FULL
        )
        for sheet in asking.ask(stub.ListSheets, request).sheets:
            found.setdefault(sheet.employee_number, {}).update(
                {date.fromisoformat(day.work_date): _due_of(day) for day in sheet.days if day.halves}
            )
    return found


def _due_of(day: sheets_pb2.Day) -> list[datetime]:
    return [datetime.fromisoformat(point.due_time) for half in day.halves for point in half.card_points]


def _attlog(site: str, dues: Mapping[str, Dues], until: date) -> bytes:
    return "".join(_attlog_lines(site, dues, until)).encode()


def _attlog_lines(site: str, dues: Mapping[str, Dues], until: date) -> Iterator[str]:
    """Lines of an `attlog.dat`, in time order: PIN right-aligned, time, device, status, verify, work code."""
    stamped = sorted(
        (at, number)
        for number in [row["number"] for row in rows() if row["site"] == site]
        for day, points in dues.get(number, {}).items()
        if day < until
        for at in punches(number, day, points)
    )
    for at, number in stamped:
        yield f"{number:>9}\t{at:%Y-%m-%d %H:%M:%S}\t{DEVICES[site]}\t255\t1\t0\n"
