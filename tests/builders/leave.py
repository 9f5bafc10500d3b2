"""Leave as tests ask for it, have it decided by the real people service, and read it; statutory leave for everybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2, sheets_pb2
from bylaw.attendance.v1 import leave_pb2 as leave
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw.people.v1 import decisions_pb2_grpc
from bylaw_chassis.caller import Scope
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import ATTENDANCE_PERMISSIONS, AttendanceService, Fill, attendance_service
from tests.databases import Databases

WAITING, AGREED, REFUSED, WITHDRAWN, CANCELLED = (
    leave.LEAVE_REQUEST_STATE_WAITING,
    leave.LEAVE_REQUEST_STATE_AGREED,
    leave.LEAVE_REQUEST_STATE_REFUSED,
    leave.LEAVE_REQUEST_STATE_WITHDRAWN,
    leave.LEAVE_REQUEST_STATE_CANCELLED,
)
FIRST_HALF, SECOND_HALF = leave.DAY_HALF_FIRST, leave.DAY_HALF_SECOND
YES, NO = decisions.ANSWER_KIND_AGREE, decisions.ANSWER_KIND_REFUSE
SINCE, NUMBERS = "2020-01-01", ("A-1", "B-1", "H-1")
OWN = ATTENDANCE_PERMISSIONS | {f"people.decisions.{verb}" for verb in ("create", "read", "answer")}


@dataclass
class LeaveOffice:
    """Anna and Ben work in the shop under Heidi, the shop under Dora, who heads the company; Cleo works in the store.

    It is noon on Monday 2026-03-02 there, and everybody has worked a fixed week since 2020.
    """

    attendance: AttendanceService
    shop: str
    store: str
    anna: str
    ben: str
    heidi: str
    dora: str
    cleo: str

    def __post_init__(self) -> None:
        self.stub = self.attendance.leave
        self.decisions = decisions_pb2_grpc.DecisionsStub(self.attendance.people.channel)

    def oneself(self, person: str) -> Any:
        """Whoever does what is their own."""
        return self.attendance.caller(Scope.SELF, person=person, permissions=frozenset(OWN))

    @property
    def head(self) -> Any:
        """The head of the shop."""
        return self.attendance.caller(Scope.SUBTREE, unit=self.shop, person=self.heidi, permissions=frozenset(OWN))

    def wish(self, kind: str, start: str, end: str = "", **more: Any) -> leave.LeaveRequest:
        """What is to be asked for."""
        return leave.LeaveRequest(kind=kind, start_date=start, end_date=end, **more)

    def preview(self, *asked: str, person: str = "", **more: Any) -> leave.LeavePreview:
        """What would come of it, for Anna where nobody else is named."""
        kind, start, *end = asked
        request = leave.PreviewLeaveRequestRequest(kind=kind, start_date=start, end_date="".join(end), **more)
        return self.stub.PreviewLeaveRequest(request, metadata=self.oneself(person or self.anna))

    def ask(self, *asked: str, person: str = "", request_id: str = "", **more: Any) -> leave.LeaveRequest:
        """Asks for it, for Anna where nobody else is named."""
        request = leave.CreateLeaveRequestRequest(leave_request=self.wish(*asked, **more), request_id=request_id)
        return self.stub.CreateLeaveRequest(request, metadata=self.oneself(person or self.anna))

    def answer(self, asked: leave.LeaveRequest, kind: Any = YES, who: str = "", text: str = "so be it") -> Any:
        """Answers the step of its decision that waits, as the head where nobody else is named."""
        caller = self.oneself(who or self.heidi)
        decision = self.decisions.GetDecision(decisions.GetDecisionRequest(name=asked.decision), metadata=caller)
        request = decisions.AnswerDecisionRequest(name=asked.decision, step=decision.step, answer=kind, text=text)
        return self.decisions.AnswerDecision(request, metadata=caller)

    def delegate(self, to: str) -> None:
        """The head has somebody decide beside them."""
        wish = decisions.Delegation(delegate=to, end_date="2026-12-31")
        create = frozenset({"people.delegations.create", "people.staff.read"})
        head = self.attendance.caller(Scope.SUBTREE, unit=self.shop, person=self.heidi, permissions=create)
        self.decisions.CreateDelegation(decisions.CreateDelegationRequest(delegation=wish), metadata=head)

    def learn(self) -> None:
        """Attendance reads what people has to tell, and has it take effect."""
        self.run("organisation", "outcomes")

    def run(self, *kinds: str) -> None:
        """Runs timers once, in this order."""
        timers = {timer.kind: timer for timer in self.attendance.service.runner.timers}
        for kind in kinds:
            timers[kind].function(None)  # type: ignore[arg-type]

    def agreed(self, *asked: str, **more: Any) -> leave.LeaveRequest:
        """Asks for it and has it agreed by the head, and by the next one up where that is asked."""
        made = self.ask(*asked, **more)
        if self.answer(made).state == decisions.DECISION_STATE_WAITING:
            self.answer(made, who=self.dora)
        self.learn()
        return self.get(made.name)

    def get(self, name: str, caller: Any = None) -> leave.LeaveRequest:
        """A request."""
        return self.stub.GetLeaveRequest(leave.GetLeaveRequestRequest(name=name), metadata=caller or self.head)

    def names(self, caller: Any = None, **more: Any) -> list[str]:
        """What a page lists, in its order."""
        answer = self.stub.ListLeaveRequests(leave.ListLeaveRequestsRequest(**more), metadata=caller or self.head)
        return [one.name for one in answer.leave_requests]

    def cancel(self, name: str, caller: Any = None, **more: Any) -> leave.LeaveRequest:
        """Takes one back, as Anna where nobody else is named."""
        request = leave.CancelLeaveRequestRequest(name=name, **more)
        return self.stub.CancelLeaveRequest(request, metadata=caller or self.oneself(self.anna))

    def shorten(self, name: str, end: str, caller: Any = None, **more: Any) -> leave.LeaveRequest:
        """Ends one earlier, as Anna where nobody else is named."""
        request = leave.ShortenLeaveRequestRequest(name=name, end_date=end, **more)
        return self.stub.ShortenLeaveRequest(request, metadata=caller or self.oneself(self.anna))

    def give_back(self, name: str, start: str = "", caller: Any = None, **more: Any) -> leave.LeaveRequest:
        """Gives somebody's days back, as the head where nobody else is named."""
        request = leave.GiveBackLeaveRequest(name=name, start_date=start, **{"text": "was there", **more})
        return self.stub.GiveBackLeave(request, metadata=caller or self.head)

    def balances(self, day: str = "", person: str = "") -> dict[str, str]:
        """What is there of each balance."""
        return {one.code: one.amount for one in self.shown_balances(day, person)}

    def shown_balances(self, day: str = "", person: str = "", caller: Any = None) -> list[leave.LeaveBalance]:
        """The balances of somebody, Anna where nobody else is named."""
        request = leave.ListLeaveBalancesRequest(parent=person or self.anna, date=day)
        answer = self.stub.ListLeaveBalances(request, metadata=caller or self.oneself(person or self.anna))
        return list(answer.leave_balances)

    def entries(self, balance: str = "", person: str = "", **more: Any) -> list[leave.LeaveEntry]:
        """What is recorded of somebody, Anna where nobody else is named."""
        request = leave.ListLeaveEntriesRequest(parent=person or self.anna, balance=balance, **more)
        answer = self.stub.ListLeaveEntries(request, metadata=self.oneself(person or self.anna))
        return list(answer.leave_entries)

    def correct(self, balance: str, amount: str, day: str, caller: Any = None, **more: Any) -> leave.LeaveEntry:
        """Corrects Anna's balance by hand."""
        entry = leave.LeaveEntry(balance=balance, amount=amount, date=day, **{"reason": "brought along", **more})
        request = leave.CreateLeaveEntryRequest(parent=self.anna, leave_entry=entry)
        return self.stub.CreateLeaveEntry(request, metadata=caller or self.attendance.everything)

    def day(self, day: str, person: str = "") -> sheets_pb2.Day:
        """A day of somebody's sheet, Anna's where nobody else is named."""
        sheet = self.attendance.sheet(person or self.anna, day[:7])
        return next(one for one in sheet.days if one.work_date == day)

    def told(self) -> list[leave.LeaveRequestChanged]:
        """What the feed has told of leave."""
        events = self.attendance.feed.ListEvents(
            feed_pb2.ListEventsRequest(page_size=1000), metadata=self.attendance.everything
        ).events
        kind = "leave_request_changed"
        return [event.leave_request_changed for event in events if event.WhichOneof("change") == kind]


def trip_asked(attendance: AttendanceService, person: str, day: str) -> leave.LeaveRequest:
    """Somebody asks, as themselves, for a trip of a day."""
    made = leave.LeaveRequest(kind="trip", start_date=day)
    caller = attendance.caller(Scope.SELF, person=person, permissions=frozenset(OWN))
    return attendance.leave.CreateLeaveRequest(leave.CreateLeaveRequestRequest(leave_request=made), metadata=caller)


@contextmanager
def leave_office(
    postgres: Databases, *, also: Callable[[LeaveOffice], None] | None = None, **more: Any
) -> Iterator[LeaveOffice]:
    """The office, with nobody's leave asked for yet; what is done in it first, `also`, is made once for all."""
    with attendance_service(postgres, fill=_office_in(also), **more) as attendance:
        yield LeaveOffice(attendance, *attendance.filled)


@cache
def _office_in(also: Callable[[LeaveOffice], None] | None) -> Fill:
    def fill(attendance: AttendanceService) -> tuple[str, ...]:
        names = _staff_of(attendance)
        if also:
            also(LeaveOffice(attendance, *names))
        return names

    return fill


def _staff_of(attendance: AttendanceService) -> tuple[str, ...]:
    people = attendance.people
    company, site = people.unit("ACME", since=SINCE).name, people.site().name
    shop, store = (people.unit(code, company, SINCE).name for code in ("shop", "store"))
    anna, ben, heidi = (people.person(number, shop, site, since=SINCE).name for number in NUMBERS)
    cleo, dora = (people.person(*who, site, since=SINCE).name for who in (("C-1", store), ("D-1", company)))
    people.head(shop, heidi)
    people.head(company, dora)
    attendance.assign(company, since="2020-01-01")
    return shop, store, anna, ben, heidi, dora, cleo


def refusal(call: Any, *args: Any, **named: Any) -> Refusal:
    """What a call is refused with."""
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **named)
    return refusal_from(error.value)
