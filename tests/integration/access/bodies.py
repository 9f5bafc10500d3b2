"""A sound request for each call that takes a thing, another one each time, and whoever makes it."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bylaw.attendance.v1 import hours_pb2 as hours
from bylaw.attendance.v1 import punches_pb2 as punches
from bylaw.attendance.v1 import replays_pb2 as replays
from bylaw.attendance.v1 import rota_pb2 as rota
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw.people.v1 import duties_pb2 as duties
from bylaw.people.v1 import notices_pb2 as notices
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import outsiders_pb2 as outsiders
from bylaw.people.v1 import rulebook_pb2 as rulebook
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message

from tests.builders.access import Token
from tests.builders.attendance import ATTENDANCE_PERMISSIONS, FIXED_WEEK, cell
from tests.builders.notices import Office, duty
from tests.builders.people import identifier, text
from tests.integration.access import of_the_head, order_bodies, stock_bodies, ticket_bodies
from tests.integration.access.assigned import leave_assigned, pattern_assigned
from tests.integration.access.calendar_bodies import company_day_wished
from tests.integration.access.conftest import Department
from tests.integration.access.leave_bodies import balance_corrected, leave_asked
from tests.integration.access.overtime_bodies import overtime_wished
from tests.integration.access.swap_bodies import swap_wished

ORDINARY = "ordinary-matter"
A_TUESDAY = date(2026, 3, 31)
MINUTES_A_DAY = 1_440


@dataclass
class Bodies:
    """Requests in a department whose head may do everything everywhere; above the head there is a director."""

    department: Department
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        people, access_calls = self.department.suite.attendance.people, self.department.suite.access
        company = self.department.own.parent
        self.site, self.own = self.department.site.name, self.department.own.name
        director = access_calls.hire("director", company, self.site)
        people.head(company, director.name)
        self.position = access_calls.position("WRITABLE", self.department.own.name).name
        self.role = access_calls.role("writable", "people.staff.read").name
        self.duty = Office(people).create(self.head, head_of=self.department.own.name)
        self.spare = access_calls.hire("spare", self.department.own.name, self.site)
        self.department.suite.follow_people()
        self.department.suite.attendance.assign(self.department.head.name)
        self.stock = stock_bodies.StockRoom(self.department)
        self.shop = order_bodies.Shop(self.department)

    @property
    def head(self) -> Token:
        """The head, with every permission there is, everywhere."""
        held = HeldGrant(Scope.COMPANY, None, known_permissions() | ATTENDANCE_PERMISSIONS)
        return self.department.suite.token(held, person=identifier(self.department.head.name))

    @property
    def admin(self) -> Token:
        """Who holds what they give."""
        return self.department.suite.access.admin()

    def token(self, call: str) -> Token:
        """Whoever makes a call here."""
        if call == "people.Duties.DeclareDuty":
            return Office(self.department.suite.attendance.people).as_service()
        return self.admin if call.startswith(("people.Access.", "people.Accounts.")) else self.head

    def request(self, call: str) -> Any:
        """The next sound request of a call."""
        return MADE[call](self, next(self._numbers))

    def _hours(self, number: int) -> Message:
        made = hours.HoursNotice(
            subject=self.department.own.name,
            start_date=day(number),
            end_date=day(number),
            hours=["09:00-12:00"],
            cause=hours.HOURS_CAUSE_POWER_FAILURE,
            wording=words(number),
        )
        return hours.PublishHoursNoticeRequest(hours_notice=made)

    def _punch(self, number: int) -> punches.Punch:
        hours, minutes = divmod(number % MINUTES_A_DAY, 60)
        return punches.Punch(person=self.department.colleague.name, local_time=f"2026-02-03 {hours:02}:{minutes:02}:00")

    def _replay(self, number: int) -> Message:
        made = replays.Replay(
            unit=self.department.own.name, first_month=f"2025-{number % 12 + 1:02}", shift_pattern=FIXED_WEEK
        )
        return replays.CreateReplayRequest(replay=made)

    def _rota(self, number: int) -> Message:
        own, colleague = self.department.own.name, self.department.colleague.name
        return rota.PublishRotaCellsRequest(parent=own, rota_cells=[cell(colleague, day(number), "rest")])

    def _grant(self, number: int) -> Message:
        made = access.Grant(
            person=self.spare.name,
            role="roles/auditor",
            scope=access.SCOPE_UNIT,
            unit=self.department.own.name,
            start_date=day(number),
            end_date=day(number),
            reason="x",
        )
        return access.CreateGrantRequest(grant=made)

    def _service_account(self, number: int) -> Message:
        made = accounts.ServiceAccount(
            code=f"program-{number}", title=text("x"), owner=self.spare.name, end_date="2026-06-30"
        )
        return accounts.CreateServiceAccountRequest(service_account=made)

    def _decision(self, number: int) -> decisions.CreateDecisionRequest:
        made = decisions.Decision(kind=ORDINARY, subjects=[f"matters/{number}"], text="x")
        return decisions.CreateDecisionRequest(decision=made)

    def _sent_back(self, number: int) -> Message:
        suite = self.department.suite
        held = HeldGrant(Scope.COMPANY, None, known_permissions())
        found = suite.ask("people.Decisions.CreateDecision", self._decision(number), self.head)
        director = next(seat for step in found.steps for seat in step.seats).asked[0].person
        answer = decisions.AnswerDecisionRequest(
            name=found.name, answer=decisions.ANSWER_KIND_SEND_BACK, step=found.step, text="x"
        )
        suite.ask("people.Decisions.AnswerDecision", answer, suite.token(held, person=identifier(director)))
        return decisions.ResubmitDecisionRequest(name=found.name, decision=decisions.Decision(text="again"))

    def _process(self, number: int) -> Message:
        step = decisions.ProcessStep(kind=decisions.STEP_KIND_HEAD)
        made = decisions.Process(kind=f"matter-{number}", steps=[step], weight=decisions.WEIGHT_ORDINARY)
        return decisions.SetProcessRequest(process=made)

    def _delegation(self, number: int) -> Message:
        made = decisions.Delegation(delegate=self.spare.name, start_date=day(number), end_date=day(number))
        return decisions.CreateDelegationRequest(delegation=made)

    def _notice(self, number: int) -> Message:
        to = notices.NoticeAddressees(unit=self.department.own.name)
        return notices.SendNoticeRequest(notice=notices.Notice(title=text(f"t{number}"), body=text("x"), to=to))

    def _unit(self, number: int) -> Message:
        made = org.Unit(
            code=f"UNIT{number}",
            title=text("x"),
            kind=org.UNIT_KIND_TEAM,
            parent=self.department.own.name,
            duties=text("x"),
        )
        return org.CreateUnitRequest(unit=made)

    def _position(self, number: int) -> Message:
        made = org.Position(
            code=f"POST{number}", title=text("x"), unit=self.department.own.name, duties=text("x"), work=text("x")
        )
        return org.CreatePositionRequest(position=made)

    def _site(self, number: int) -> Message:
        made = org.Site(code=f"SITE{number}", title=text("x"), time_zone="Asia/Shanghai", calendar="CN")
        return org.CreateSiteRequest(site=made)

    def _permission(self, number: int) -> Message:
        suite = self.department.suite
        kind = staff.EMPLOYMENT_KIND_EXTERNAL
        outsider = suite.access.hire(f"outsider-{number}", self.department.own.name, self.site, kind=kind)
        made = outsiders.OutsideAccess(person=outsider.name, end_date="2026-03-20", reason="x")
        return outsiders.PermitOutsiderRequest(outside_access=made)

    def _clause(self, number: int) -> Message:
        made = rulebook.Clause(kind=rulebook.CLAUSE_KIND_RECORD, wording=text("x"))
        return rulebook.CreateClauseRequest(clause_id=f"OWNS-{number}", clause=made, reason="x")

    def _appointment(self, since: str, position: str = "") -> staff.Appointment:
        kind, unit = staff.EMPLOYMENT_KIND_FORMAL, self.department.own.name
        return staff.Appointment(unit=unit, position=position, site=self.site, employment_kind=kind, start_date=since)

    def _person(self, number: int) -> Message:
        can = staff.Qualification(skill="x")
        made = staff.Person(number=f"w{number}", display_name="x", qualifications=[can])
        made.appointment.CopyFrom(self._appointment("2026-01-01"))
        return staff.CreatePersonRequest(person=made)

    def _rehired(self, number: int) -> Message:
        suite = self.department.suite
        gone = suite.access.hire(f"gone-{number}", self.department.own.name, self.site, until="2026-02-01")
        return staff.RehirePersonRequest(name=gone.name, appointment=self._appointment("2026-03-01"))


def day(number: int) -> str:
    """A day of its own for each number, never a Monday: those are for whoever asks for leave."""
    weeks, weekday = divmod(number % 500, 6)
    return f"{A_TUESDAY + timedelta(weeks=weeks, days=weekday):%Y-%m-%d}"


def words(number: int) -> LocalizedText:
    """A text of its own for each number."""
    return text(f"words {number}")


def titled(request: type[Message], body: str, name: str, number: int) -> Any:
    """A change of a title."""
    made: Any = request()
    thing = getattr(made, body)
    thing.name = name
    thing.title.CopyFrom(words(number))
    made.update_mask.paths.append("title")
    return made


Make = Callable[[Bodies, int], Any]
MADE: dict[str, Make] = {
    "attendance.CompanyCalendar.PublishCompanyDay": lambda one, number: company_day_wished(one.own, day(number)),
    "attendance.Corrections.CreatePunchCorrection": lambda one, number: of_the_head.correction(
        one.department, one.head, number
    ),
    "attendance.Objections.CreateObjection": lambda one, _: of_the_head.objection(one.department, one.head),
    "attendance.Hours.PublishHoursNotice": Bodies._hours,
    "attendance.Leave.CreateLeaveRequest": lambda _, number: leave_asked(number),
    "attendance.Leave.CreateLeaveEntry": lambda one, _: balance_corrected(one.department.colleague.name),
    "attendance.Overtime.CreateOvertimeRequest": lambda _, number: overtime_wished(number),
    "attendance.LeavePolicies.CreateLeaveAssignment": lambda one, number: leave_assigned(one.own, day(number)),
    "attendance.Policies.CreatePatternAssignment": lambda one, number: pattern_assigned(one.own, day(number)),
    "attendance.Punches.CreatePunch": lambda one, number: punches.CreatePunchRequest(punch=one._punch(number)),
    "attendance.Punches.BatchCreatePunches": lambda one, number: punches.BatchCreatePunchesRequest(
        punches=[one._punch(number)]
    ),
    "attendance.Replays.CreateReplay": Bodies._replay,
    "attendance.Rota.PublishRotaCells": Bodies._rota,
    "attendance.RotaSwaps.CreateRotaSwap": lambda one, number: swap_wished(one.department, number),
    "people.Access.CreateRole": lambda _, number: access.CreateRoleRequest(
        role_id=f"own-{number}", role=access.Role(title=text("x"), permissions=["people.staff.read"])
    ),
    "people.Access.UpdateRole": lambda one, number: titled(access.UpdateRoleRequest, "role", one.role, number),
    "people.Access.CreateGrant": Bodies._grant,
    "people.Accounts.CreateServiceAccount": Bodies._service_account,
    "people.Decisions.CreateDecision": Bodies._decision,
    "people.Decisions.ResubmitDecision": Bodies._sent_back,
    "people.Decisions.SetProcess": Bodies._process,
    "people.Decisions.CreateDelegation": Bodies._delegation,
    "people.Duties.CreateDuty": lambda one, number: duties.CreateDutyRequest(
        duty=duty(title=words(number), head_of=one.department.own.name)
    ),
    "people.Duties.UpdateDuty": lambda one, number: titled(duties.UpdateDutyRequest, "duty", one.duty.name, number),
    "people.Duties.DeclareDuty": lambda one, number: duties.DeclareDutyRequest(
        key=f"key-{number}", duty=duty(title=words(number), head_of=one.department.own.name)
    ),
    "people.Notices.SendNotice": Bodies._notice,
    "people.Notices.UpdateNoticePreferences": lambda *_: notices.UpdateNoticePreferencesRequest(
        notice_preferences=notices.NoticePreferences(language="zh", outward=True)
    ),
    "people.Organisation.CreateUnit": Bodies._unit,
    "people.Organisation.UpdateUnit": lambda one, number: titled(
        org.UpdateUnitRequest, "unit", one.department.own.name, number
    ),
    "people.Organisation.CreatePosition": Bodies._position,
    "people.Organisation.UpdatePosition": lambda one, number: titled(
        org.UpdatePositionRequest, "position", one.position, number
    ),
    "people.Organisation.CreateSite": Bodies._site,
    "people.Organisation.UpdateSite": lambda one, number: titled(org.UpdateSiteRequest, "site", one.site, number),
    "people.Outsiders.PermitOutsider": Bodies._permission,
    "people.Rulebook.CreateClause": Bodies._clause,
    "people.Staff.CreatePerson": Bodies._person,
    "people.Staff.UpdatePerson": lambda one, number: staff.UpdatePersonRequest(
        person=staff.Person(name=one.department.colleague.name, display_name=f"name {number}"),
        update_mask=FieldMask(paths=["display_name"]),
    ),
    "people.Staff.AppointPerson": lambda one, number: staff.AppointPersonRequest(
        name=one.spare.name, appointment=one._appointment("2026-03-02", one.position if number % 2 else "")
    ),
    "people.Staff.RehirePerson": Bodies._rehired,
    "people.Staff.SetQualifications": lambda one, number: staff.SetQualificationsRequest(
        name=one.spare.name, qualifications=[staff.Qualification(skill=f"skill {number}")]
    ),
    **{call: lambda one, number, make=make: make(one.stock, number) for call, make in stock_bodies.MADE.items()},
    **{call: lambda one, number, make=make: make(one.shop, number) for call, make in order_bodies.MADE.items()},
    **{call: lambda one, number, make=make: make(one.shop, number) for call, make in ticket_bodies.MADE.items()},
}
"""How each call's request is made."""
