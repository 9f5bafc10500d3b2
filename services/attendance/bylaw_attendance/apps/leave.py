"""Puts together what serves leave, trips and duty outside; a part of `app.py`."""

from collections.abc import Sequence
from dataclasses import dataclass

import grpc
from bylaw.attendance.v1 import leave_pb2
from bylaw_chassis.decisions import asked_decisions
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.decisions.desk import PeopleDesk
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server

from bylaw_attendance import calendars
from bylaw_attendance.apps.leave_policies import held_leave
from bylaw_attendance.apps.together import Together
from bylaw_attendance.neighbours import ASKED
from bylaw_attendance.policies import Policies
from bylaw_attendance.ports.leave import LeavePolicies
from bylaw_attendance.rpc.leave import LeaveBalanceCalls, LeaveCalls
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.store import (
    closed_months,
    heads,
    leave_ledger,
    leave_people,
    leave_requests,
    rota,
)
from bylaw_attendance.use_cases.find_head import FindHead
from bylaw_attendance.use_cases.leave.ask_leave import AskLeave
from bylaw_attendance.use_cases.leave.consider_leave import ConsiderLeave
from bylaw_attendance.use_cases.leave.end_leave import EndLeave, EndNeverAsked
from bylaw_attendance.use_cases.leave.grant_leave import GrantDaily, GrantLeave
from bylaw_attendance.use_cases.leave.measure_leave import MeasureDaily, MeasureLeave
from bylaw_attendance.use_cases.leave.own_responsibility import OwnResponsibility
from bylaw_attendance.use_cases.leave.plan_leave import PlanLeave
from bylaw_attendance.use_cases.leave.preview_leave import PreviewLeave
from bylaw_attendance.use_cases.leave.show_leave import AdjustLeave, ShowLeave
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth

GRANT_SECONDS, MINUTE_SECONDS, HOUR_SECONDS = 10.0, 60.0, 3_600.0


@dataclass(frozen=True, slots=True)
class LeaveParts:
    """What leave is made of; `month` and `book` plan the days that it is measured by."""

    own: Member
    finding: Finding
    month: LoadMonth
    book: Policies
    rota_limits: RotaLimits

    @property
    def policies(self) -> LeavePolicies:
        """What policies say."""
        return held_leave(self.own.database, self.book)

    @property
    def grant(self) -> GrantLeave:
        """Brings ledgers to what policies grant."""
        return GrantLeave(self.own.database, self.policies, leave_people, leave_ledger)

    @property
    def shown(self) -> ShowLeave:
        """What may be seen."""
        stores = (leave_requests, leave_ledger, rota)
        return ShowLeave(self.own.database, self.finding, self.policies, self.grant, *stores)

    @property
    def consider(self) -> ConsiderLeave:
        """What would come of a request."""
        database, official = self.own.database, calendars.official_days
        plan = PlanLeave(database, self.month, self.book, official)
        stores = (leave_people, leave_requests, leave_ledger)
        beside = (rota, self.rota_limits)
        return ConsiderLeave(database, self.finding, organisation, self.policies, self.grant, plan, *stores, *beside)

    def decisions(self, people: grpc.Channel) -> AskPeople:
        """The desk at which people is asked."""
        return AskPeople(self.own.database, PeopleDesk(people, self.own.neighbours, ASKED), asked_decisions)

    def calls(self, decisions: AskPeople) -> Together:
        """The calls."""
        database, tokens, shown, consider = self.own.database, self.own.page_tokens, self.shown, self.consider
        stores = (leave_people, leave_requests, leave_ledger)
        head = FindHead(organisation, heads)
        own = OwnResponsibility(database, self.finding, head, *stores, closed_months)
        ask = AskLeave(database, consider, leave_people, leave_requests, closed_months, decisions, own)
        end = EndLeave(database, consider, shown, *stores, closed_months, decisions, self.measure)
        adjust = AdjustLeave(database, shown, leave_people, leave_ledger)
        return Together(
            LeaveCalls(PreviewLeave(consider, closed_months, decisions, own), ask, end, shown, tokens),
            LeaveBalanceCalls(shown, adjust, tokens),
        )

    @property
    def measure(self) -> MeasureLeave:
        """What measures leave anew where its days are planned otherwise."""
        stores = (leave_people, leave_requests, leave_ledger)
        return MeasureLeave(self.own.database, self.consider, *stores, closed_months)

    def timers(self, decisions: AskPeople) -> Sequence[Timer]:
        """What is granted daily, and what was kept and never asked."""
        database = self.own.database
        never = EndNeverAsked(database, leave_people, leave_requests, decisions, self.own.is_current)
        return (
            Timer("leave-grants", GRANT_SECONDS, GrantDaily(database, self.grant, leave_people)),
            Timer("leave-never-asked", MINUTE_SECONDS, never),
            Timer("leave-measured", HOUR_SECONDS, MeasureDaily(database, leave_requests, lambda: self.finding.today)),
        )


def add_leave(server: Server, parts: LeaveParts) -> Sequence[Timer]:
    """Adds the calls about leave; answers its timers."""
    decisions = parts.decisions(parts.own.neighbours.channels[PEOPLE])
    server.add(leave_pb2.DESCRIPTOR.services_by_name["Leave"], parts.calls(decisions))
    return parts.timers(decisions)
