"""Overtime as tests ask for it, have it decided by the real people service, and find it; and the hours of a month."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import feed_pb2
from bylaw.attendance.v1 import overtime_pb2 as overtime
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.leave import OWN, YES, LeaveOffice

PAY, TIME_OFF = overtime.OVERTIME_COMPENSATION_PAY, overtime.OVERTIME_COMPENSATION_TIME_OFF
WAITING, AGREED, REFUSED, WITHDRAWN = (
    overtime.OVERTIME_STATE_WAITING,
    overtime.OVERTIME_STATE_AGREED,
    overtime.OVERTIME_STATE_REFUSED,
    overtime.OVERTIME_STATE_WITHDRAWN,
)
FIVE_DAYS = {"working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}


@dataclass
class OvertimeOffice:
    """The office of `leave_office`: noon on Monday 2026-03-02, a week of six days; Heidi heads Anna's shop."""

    office: LeaveOffice

    def __post_init__(self) -> None:
        self.attendance = self.office.attendance
        self.anna, self.heidi = self.office.anna, self.office.heidi
        self.stub = self.attendance.overtime

    def wish(self, day: str, hours: str = "18:00-20:30", **more: Any) -> overtime.OvertimeRequest:
        """What is to be asked for."""
        return overtime.OvertimeRequest(
            work_date=day, hours=hours, **{"compensation": PAY, "reason": "stocktaking", **more}
        )

    def ask(
        self, day: str, *hours: str, person: str = "", request_id: str = "", **more: Any
    ) -> overtime.OvertimeRequest:
        """Asks for it, as Anna where nobody else is named."""
        wish = self.wish(day, *hours, **more)
        request = overtime.CreateOvertimeRequestRequest(overtime_request=wish, request_id=request_id)
        return self.stub.CreateOvertimeRequest(request, metadata=self.office.oneself(person or self.anna))

    def decided(self, made: overtime.OvertimeRequest, answer: Any = YES) -> overtime.OvertimeRequest:
        """Has the head answer, and attendance learn of it."""
        caller = self.office.oneself(self.heidi)
        found = self.office.decisions.GetDecision(decisions.GetDecisionRequest(name=made.decision), metadata=caller)
        request = decisions.AnswerDecisionRequest(name=made.decision, step=found.step, answer=answer, text="so be it")
        self.office.decisions.AnswerDecision(request, metadata=caller)
        self.office.learn()
        return self.get(made.name)

    def agreed(self, day: str, *hours: str, **more: Any) -> overtime.OvertimeRequest:
        """Asks for it, and has it agreed."""
        return self.decided(self.ask(day, *hours, **more))

    def get(self, name: str, caller: Any = None) -> overtime.OvertimeRequest:
        """A request as the head sees it."""
        request = overtime.GetOvertimeRequestRequest(name=name)
        return self.stub.GetOvertimeRequest(request, metadata=caller or self.office.head)

    def names(self, caller: Any = None, **more: Any) -> list[str]:
        """What a page lists, in its order."""
        request = overtime.ListOvertimeRequestsRequest(**more)
        answer = self.stub.ListOvertimeRequests(request, metadata=caller or self.office.head)
        return [one.name for one in answer.overtime_requests]

    def withdraw(self, name: str, caller: Any = None, **more: Any) -> overtime.OvertimeRequest:
        """Takes one back, as Anna where nobody else is named."""
        request = overtime.WithdrawOvertimeRequestRequest(name=name, **more)
        return self.stub.WithdrawOvertimeRequest(request, metadata=caller or self.office.oneself(self.anna))

    def confirm(self, name: str, caller: Any = None, **more: Any) -> overtime.OvertimeRequest:
        """Confirms one, as the head where nobody else is named."""
        request = overtime.ConfirmOvertimeRequestRequest(name=name, **more)
        return self.stub.ConfirmOvertimeRequest(request, metadata=caller or self.office.head)

    def punched(self, day: str, *times: str) -> None:
        """A day of Anna's punches, the clock of the site having reported all of it."""
        lines = "\n".join(f"A-1\t{day} {time}:00\t0\t1" for time in times).encode()
        self.attendance.imported(lines, "HQ", complete_until_date=day)

    def hours(self, month: str = "2026-03", person: str = "") -> overtime.WorkHours:
        """The hours of a month, Anna's where nobody else is named."""
        request = overtime.GetWorkHoursRequest(name=f"{person or self.anna}/workHours/{month}")
        return self.stub.GetWorkHours(request, metadata=self.attendance.everything)

    def told(self) -> list[int]:
        """The states that the feed has told of."""
        request = feed_pb2.ListEventsRequest(page_size=1000)
        events = self.attendance.feed.ListEvents(request, metadata=self.attendance.everything).events
        kind = "overtime_request_changed"
        return [event.overtime_request_changed.state for event in events if event.WhichOneof("change") == kind]


def overtime_asked(attendance: AttendanceService, person: str, day: str) -> overtime.OvertimeRequest:
    """Somebody asks, as themselves, for an hour in the evening."""
    wish = overtime.OvertimeRequest(work_date=day, hours="18:00-19:00", compensation=PAY, reason="x")
    caller = attendance.caller(Scope.SELF, person=person, permissions=frozenset(OWN))
    request = overtime.CreateOvertimeRequestRequest(overtime_request=wish)
    return attendance.overtime.CreateOvertimeRequest(request, metadata=caller)
