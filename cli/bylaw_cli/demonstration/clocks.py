"""What the two clocks of the demonstration company recorded of everybody's planned days (HRS-4, HRS-5)."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bylaw.attendance.v1 import punches_pb2, punches_pb2_grpc
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.company_files import rows
from bylaw_cli.demonstration.habits import punches
from bylaw_cli.demonstration.planned import Dues, Plans, months

DEVICES = {"HQ": 1, "WH": 2}
ENDED = (punches_pb2.IMPORT_STATE_DONE, punches_pb2.IMPORT_STATE_REFUSED, punches_pb2.IMPORT_STATE_FAILED)
STAYED_MINUTES = 135


@dataclass(frozen=True, slots=True)
class Exceptions:
    """On which days, by number, habits do not hold: who was away, and who stayed on."""

    away: Mapping[str, Collection[date]]
    stayed: Mapping[str, Collection[date]]


def hand_in(asking: Asking, plans: Plans, exceptions: Exceptions) -> Sequence[str]:
    """Hands in all months' punches as the clocks write them; they reported every day before today.

    Answers the imports, which the service works off meanwhile.
    """
    dues = _dues(asking, plans)
    stub = asking.stub(punches_pb2_grpc.PunchesStub)
    imports = []
    for site in DEVICES:
        request = punches_pb2.CreatePunchImportRequest(
            file=HttpBody(content_type="text/plain", data=_attlog(site, dues, asking.today, exceptions)),
            format=punches_pb2.PUNCH_FILE_FORMAT_ATTLOG,
            site=site,
            file_name=f"{site}_attlog.dat",
            complete_until_date=asking.day(-1),
        )
        imports.append(asking.ask(stub.CreatePunchImport, request).name)
    return imports


def wait_for(asking: Asking, imports: Sequence[str]) -> None:
    """Waits until the service has worked the imports off."""
    stub = asking.stub(punches_pb2_grpc.PunchesStub)
    for name in imports:
        while asking.ask(stub.GetPunchImport, punches_pb2.GetPunchImportRequest(name=name)).state not in ENDED:
            time.sleep(0.05)


def _dues(asking: Asking, plans: Plans) -> Mapping[str, Dues]:
    """By number, when cards are due in all months, as the service itself plans them."""
    found: dict[str, dict[date, Sequence[datetime]]] = {}
    for month in months(asking.today):
        for number, dues in plans.dues(month).items():
            found.setdefault(number, {}).update(dues)
    return found


def _attlog(site: str, dues: Mapping[str, Dues], until: date, exceptions: Exceptions) -> bytes:
    return "".join(_attlog_lines(site, dues, until, exceptions)).encode()


def _attlog_lines(site: str, dues: Mapping[str, Dues], until: date, exceptions: Exceptions) -> Iterator[str]:
    """Lines of an `attlog.dat`, in time order: PIN right-aligned, time, device, status, verify, work code."""
    stamped = sorted(
        (at, number)
        for number in [row["number"] for row in rows() if row["site"] == site]
        for day, points in dues.get(number, {}).items()
        if day < until and day not in exceptions.away.get(number, ())
        for at in punches(number, day, points, stayed_minutes=_stayed(number, day, exceptions))
    )
    for at, number in stamped:
        yield f"{number:>9}\t{at:%Y-%m-%d %H:%M:%S}\t{DEVICES[site]}\t255\t1\t0\n"


def _stayed(number: str, day: date, exceptions: Exceptions) -> int:
    return STAYED_MINUTES if day in exceptions.stayed.get(number, ()) else 0
