"""An office whose clock pushes: both services behind a gateway on a real socket, at a time that tests set."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import punches_pb2, pushing_pb2
from bylaw_chassis.addresses import address_seal
from bylaw_gateway import GatewaySettings, create_app
from werkzeug.serving import make_server

from tests.builders.attendance import MASTER_KEY, AttendanceService
from tests.builders.terminal import Terminal

CLOCK_LINE = "bylaw.attendance.v1.ClockLine"


SETTINGS = GatewaySettings.model_validate({"trusted_proxies": "127.0.0.1/32", "contract_path": os.devnull})
"""Without the contract's comments, which take longer to read than all else of a gateway to build."""


@dataclass
class PushingOffice:
    """Anna works at HQ, where a clock is on the wall."""

    attendance: AttendanceService
    anna: str
    site: str
    terminal: Terminal

    def __post_init__(self) -> None:
        self.calls = self.attendance.pushing

    def register(self, serial_number: str = "", site: str = "HQ", **more: Any) -> pushing_pb2.PushingClock:
        """Lets a clock in."""
        serial = serial_number or self.terminal.serial_number
        request = pushing_pb2.RegisterClockRequest(site=site, serial_number=serial, **more)
        clock: pushing_pb2.PushingClock = self.calls.RegisterClock(request, metadata=self.attendance.everything)
        return clock

    def listed(self) -> pushing_pb2.ListPushingClocksResponse:
        """The clocks and who else knocked."""
        request = pushing_pb2.ListPushingClocksRequest()
        found: pushing_pb2.ListPushingClocksResponse = self.calls.ListPushingClocks(
            request, metadata=self.attendance.everything
        )
        return found

    @property
    def clock(self) -> pushing_pb2.PushingClock:
        """The one clock, as it is shown."""
        (only,) = self.listed().clocks
        return only

    def backfill(self, first: str, last: str) -> pushing_pb2.PushingClock:
        """Asks the clock to send days again."""
        request = pushing_pb2.BackfillClockRequest(name=self.clock.name, start_date=first, end_date=last)
        clock: pushing_pb2.PushingClock = self.calls.BackfillClock(request, metadata=self.attendance.everything)
        return clock

    def retire(self, day: str, clock: pushing_pb2.PushingClock | None = None) -> None:
        """Shuts a clock out, the only one where none is named."""
        request = punches_pb2.RetireClockRequest(name=(clock or self.clock).name, retire_date=day)
        self.attendance.punches.RetireClock(request, metadata=self.attendance.everything)

    def punches(self) -> list[punches_pb2.Punch]:
        """Anna's punches on record."""
        request = punches_pb2.ListPunchesRequest(parent=self.anna)
        return list(self.attendance.punches.ListPunches(request, metadata=self.attendance.everything).punches)

    def times(self) -> list[str]:
        """When Anna punched, as the clock wrote it."""
        return [punch.local_time for punch in self.punches()]

    def stay_in_touch(self, minutes: int) -> None:
        """Lets time pass in which the clock asks for commands every minute."""
        for _ in range(minutes):
            self.attendance.clock.pass_time(minutes=1)
            self.terminal.poll()

    def trouble_kinds(self) -> list[int]:
        """What lasts or has happened with the clock."""
        return [trouble.kind for trouble in self.clock.troubles]


def pushing_office_in(attendance: AttendanceService) -> tuple[str, str]:
    """What the office begins with: Anna, and her site."""
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    anna = people.person("1001", unit.name, site.name).name
    attendance.follow_people()
    attendance.assign(since="2026-01-01")
    return anna, site.name


@contextmanager
def pushing_office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    """The office, at noon of Monday, 2 March 2026."""
    anna, site = attendance.filled
    app = create_app({CLOCK_LINE: attendance.channel}, SETTINGS, seal=address_seal(MASTER_KEY))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield PushingOffice(attendance, anna, site, Terminal("127.0.0.1", server.server_port))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
