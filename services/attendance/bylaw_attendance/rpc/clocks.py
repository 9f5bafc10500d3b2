"""Calls about clocks."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import punches_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.values import optional_id, resource_id

from bylaw_attendance.messages.records import clock_message
from bylaw_attendance.use_cases.clocks.keep_clocks import REPORT, RETIRE, KeepClocks
from bylaw_attendance.use_cases.forms import business_date, business_instant, short_text


@dataclass(frozen=True, slots=True)
class ClockCalls:
    """ListClocks, ReportClock, RetireClock."""

    clocks: KeepClocks

    def ListClocks(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        found = self.clocks.listed(optional_id(request.site, "sites", field="site"))
        return punches_pb2.ListClocksResponse(clocks=map(clock_message, found))

    def ReportClock(self, request: Any, call: Call) -> Any:  # noqa: N802
        reported = self.clocks.report(
            request.site,
            short_text(request.device, field="device"),
            business_instant(request, "report_time"),
            reach=call.caller.reach(REPORT),
        )
        return clock_message(reported)

    def RetireClock(self, request: Any, call: Call) -> Any:  # noqa: N802
        retired = self.clocks.retire(
            resource_id(request.name, "clocks"),
            business_date(request.retire_date, field="retire_date"),
            call.caller.reach(RETIRE),
        )
        return clock_message(retired)
