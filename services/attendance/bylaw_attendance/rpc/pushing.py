"""Calls about clocks that push, and those that the gateway makes for the clocks themselves."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import pushing_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.values import optional_id, resource_id

from bylaw_attendance.messages.pushing import pushing_message, unknown_message
from bylaw_attendance.rules.clocks.clock_trust import Visitor
from bylaw_attendance.rules.clocks.pushing import PushedTable
from bylaw_attendance.use_cases.clocks.meet_clock import MeetClock
from bylaw_attendance.use_cases.clocks.pushed import Pushed
from bylaw_attendance.use_cases.clocks.register_clock import REGISTER, RegisterClock, Registration
from bylaw_attendance.use_cases.clocks.take_pushed import TakePushed
from bylaw_attendance.use_cases.forms import business_date, known_number, optional_number, optional_text


@dataclass(frozen=True, slots=True)
class PushingClockCalls:
    """RegisterClock, ListPushingClocks, BackfillClock."""

    clocks: RegisterClock

    def RegisterClock(self, request: Any, call: Call) -> Any:  # noqa: N802
        given = Registration(
            request.site,
            request.serial_number,
            optional_number(request, "utc_offset_minutes"),
            request.allowed_lag_seconds,
            optional_text(request, "communication_key"),
            tuple(request.source_networks),
        )
        return pushing_message(self.clocks.register(given, call.caller, call.caller.reach(REGISTER)))

    def ListPushingClocks(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        found, unknown = self.clocks.listed(optional_id(request.site, "sites", field="site"))
        return pushing_pb2.ListPushingClocksResponse(
            clocks=map(pushing_message, found), unknown_clocks=map(unknown_message, unknown)
        )

    def BackfillClock(self, request: Any, call: Call) -> Any:  # noqa: N802
        first = business_date(request.start_date, field="start_date")
        last = business_date(request.end_date, field="end_date")
        clock = resource_id(request.name, "clocks")
        return pushing_message(self.clocks.backfill(clock, (first, last), call.caller, call.caller.reach(REGISTER)))


@dataclass(frozen=True, slots=True)
class ClockLineCalls:
    """GreetClock, RecordPushed, PollClock, AnswerCommands."""

    meet: MeetClock
    take: TakePushed

    def GreetClock(self, request: Any, call: Call) -> Any:  # noqa: N802
        return pushing_pb2.GreetClockResponse(**self.meet.greet(_visitor(request, call))._asdict())

    def RecordPushed(self, request: Any, call: Call) -> Any:  # noqa: N802
        pushed = Pushed(
            _visitor(request, call),
            PushedTable(known_number(request.table, PushedTable, field="table")),
            request.stamp,
            request.content,
            request.too_large,
        )
        return pushing_pb2.RecordPushedResponse(line_count=self.take.record(pushed))

    def PollClock(self, request: Any, call: Call) -> Any:  # noqa: N802
        commands = self.meet.poll(_visitor(request, call))
        return pushing_pb2.PollClockResponse(
            commands=[pushing_pb2.ClockCommand(number=number, text=text) for number, text in commands]
        )

    def AnswerCommands(self, request: Any, call: Call) -> Any:  # noqa: N802
        self.meet.answer(_visitor(request, call), request.content)
        return pushing_pb2.AnswerCommandsResponse()


def _visitor(request: Any, call: Call) -> Visitor:
    return Visitor(request.serial_number, call.came_from, request.communication_key)
