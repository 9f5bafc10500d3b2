"""An attendance service beside a real people service, both on fresh databases, and the calls tests make."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from bylaw.attendance.v1 import corrections_pb2 as corrections
from bylaw.attendance.v1 import explanations_pb2 as explanations
from bylaw.attendance.v1 import photos_pb2 as photos
from bylaw.attendance.v1 import policies_pb2 as policies
from bylaw.attendance.v1 import punches_pb2 as punches
from bylaw.attendance.v1 import rota_pb2 as rota
from bylaw.attendance.v1 import sheets_pb2 as sheets
from bylaw_attendance.app import MIGRATIONS, AttendanceSettings, build
from bylaw_attendance.policies import Plugins
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.migrate import migrate
from bylaw_kit.checking import Exists
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import Runner
from bylaw_plugin_host.starting import introduced
from google.api.httpbody_pb2 import HttpBody
from google.protobuf import json_format
from sqlalchemy import make_url

from tests.builders.attendance_permissions import ATTENDANCE_PERMISSIONS
from tests.builders.attendance_stubs import AttendanceStubs
from tests.builders.images import jpeg
from tests.builders.people import (
    MASTER_KEY,
    ROLE_PASSWORD,
    PeopleService,
    SetClock,
    people_again,
    people_service,
    url_of_admin,
)
from tests.databases import Databases

EVERYTHING = HeldGrant(Scope.COMPANY, None, ATTENDANCE_PERMISSIONS)
FIXED_WEEK, BY_ROTA = "shiftPatterns/fixed-week@1", "shiftPatterns/rest-by-rota@1"
SHIPPED = (FIXED_WEEK, BY_ROTA, "shiftPatterns/crews@1", "shiftPatterns/flexible-hours@1")


def migrated_url(databases: Databases) -> str:
    """The address, for the service's own role, of a fresh database with the schema of attendance."""
    url = databases.prepared("attendance", lambda admin: migrate(admin, MIGRATIONS, password=ROLE_PASSWORD))
    return make_url(url).set(username="bylaw_attendance", password=ROLE_PASSWORD).render_as_string(hide_password=False)


class AttendanceService(AttendanceStubs):
    """A built service and its stubs; `people` is the service beside it, `url` its own database."""

    @property
    def everything(self) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller who may do everything, with a token of now."""
        return self.people.as_caller(EVERYTHING)

    @property
    def clock(self) -> SetClock:
        """The clock of both services."""
        return self.people.clock

    def caller(
        self, scope: Scope, *, unit: str = "", person: str = "", permissions: frozenset[str] = ATTENDANCE_PERMISSIONS
    ) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller whose grant has a scope."""
        held = HeldGrant(scope, _id(unit) if unit else None, permissions)
        return self.people.as_caller(held, person=_id(person) if person else None)

    def assign(
        self,
        subject: str = "",
        since: str = "2015-01-01",
        until: str = "",
        *,
        pattern: str = FIXED_WEEK,
        is_approved: bool = False,
        **parameters: Any,
    ) -> policies.PatternAssignment:
        """Puts a subject (nothing: everybody) under a pattern, the fixed week where no other is named.

        Approved: by another system of hours, on which the caps of HRS-7 are not held.
        """
        made = policies.PatternAssignment(subject=subject, shift_pattern=pattern, start_date=since, end_date=until)
        if is_approved or pattern not in SHIPPED or {"segments", "hours", "shifts"} & {*parameters}:
            # What tests bring along works whenever it likes: for the caps on it there are tests of their own.
            made.hours_system, made.hours_approval = policies.HOURS_SYSTEM_IRREGULAR, "a test's own"
        json_format.ParseDict(parameters, made.parameters)
        request = policies.CreatePatternAssignmentRequest(pattern_assignment=made)
        return self.policies.CreatePatternAssignment(request, metadata=self.everything)

    def withdraw(
        self, name: str, reason: str = "by mistake", caller: Any = None, **more: Any
    ) -> policies.PatternAssignment:
        """Withdraws an assignment."""
        request = policies.WithdrawPatternAssignmentRequest(name=name, reason=reason, **more)
        return self.policies.WithdrawPatternAssignment(request, metadata=caller or self.everything)

    def assignments(self, caller: Any = None, **more: Any) -> list[policies.PatternAssignment]:
        """A page of the assignments, newest first."""
        request = policies.ListPatternAssignmentsRequest(**more)
        answer = self.policies.ListPatternAssignments(request, metadata=caller or self.everything)
        return list(answer.pattern_assignments)

    def publish(self, unit: str, *cells: rota.RotaCell, caller: Any = None) -> rota.PublishRotaCellsResponse:
        """Publishes cells of a unit's rota."""
        request = rota.PublishRotaCellsRequest(parent=unit, rota_cells=cells)
        return self.rota.PublishRotaCells(request, metadata=caller or self.everything)

    def punch(self, person: str, local_time: str, **more: Any) -> punches.Punch:
        """Records a punch."""
        made = punches.Punch(person=person, local_time=local_time, **more)
        return self.punches.CreatePunch(punches.CreatePunchRequest(punch=made), metadata=self.everything)

    def ask_correction(self, person: str, local_time: str) -> corrections.PunchCorrection:
        """Asks, as the person, that a sign-out be taken as made."""
        wish = corrections.PunchCorrection(local_time=local_time, direction=punches.DIRECTION_OUT, reason="x")
        request = corrections.CreatePunchCorrectionRequest(punch_correction=wish)
        return self.corrections.CreatePunchCorrection(request, metadata=self.caller(Scope.SELF, person=person))

    def take_photo(self, person: str) -> photos.SignInPhoto:
        """Signs in, as the person, by a photo."""
        request = photos.CreateSignInPhotoRequest(image=HttpBody(data=jpeg()))
        return self.photos.CreateSignInPhoto(request, metadata=self.caller(Scope.SELF, person=person))

    def hand_in(self, content: bytes, site: str, **more: Any) -> punches.PunchImport:
        """Hands a file in; the job that reads it has not run yet."""
        request = punches.CreatePunchImportRequest(file=HttpBody(data=content), site=site, **more)
        return self.punches.CreatePunchImport(request, metadata=self.everything)

    def imported(self, content: bytes, site: str, **more: Any) -> punches.PunchImport:
        """Hands a file in and runs the job."""
        made = self.hand_in(content, site, **more)
        self.run_jobs()
        return self.get_import(made.name)

    def follow_people(self) -> None:
        """Reads people's feed on, as the timer does every second; no test waits for that second."""
        (timer,) = (timer for timer in self.service.runner.timers if timer.kind == "organisation")
        timer.function(None)  # type: ignore[arg-type]

    def run_jobs(self) -> None:
        """Runs what is due of imports."""
        while self.service.runner.run_one(["punch-import"]):
            pass

    def get_import(self, name: str) -> punches.PunchImport:
        """An import as it stands."""
        return self.punches.GetPunchImport(punches.GetPunchImportRequest(name=name), metadata=self.everything)

    def revoke(self, name: str, reason: str = "x", caller: Any = None) -> punches.PunchImport:
        """Takes an import back."""
        request = punches.RevokePunchImportRequest(name=name, reason=reason)
        return self.punches.RevokePunchImport(request, metadata=caller or self.everything)

    def refused_lines(self, name: str) -> list[tuple[int, str, str]]:
        """The lines an import refused: number, field, reason."""
        request = punches.ListRefusedLinesRequest(parent=name, page_size=1000)
        answer = self.punches.ListRefusedLines(request, metadata=self.everything)
        return [(line.line, line.field, line.reason) for line in answer.lines]

    def repeated_lines(self, name: str, **more: Any) -> punches.ListRepeatedLinesResponse:
        """A page of the lines whose punches were on record."""
        request = punches.ListRepeatedLinesRequest(parent=name, **more)
        return self.punches.ListRepeatedLines(request, metadata=self.everything)

    def sheet(self, person: str, month: str, caller: Any = None) -> sheets.Sheet:
        """A person's sheet."""
        request = sheets.GetSheetRequest(name=f"{person}/sheets/{month}")
        return self.sheets.GetSheet(request, metadata=caller or self.everything)

    def explained(self, person: str, day: str, caller: Any = None) -> explanations.DayExplanation:
        """A day of a person's sheet, explained."""
        request = explanations.ExplainDayRequest(name=f"{person}/days/{day}")
        return self.explanations.ExplainDay(request, metadata=caller or self.everything)

    def unit_sheets(self, unit: str, month: str, caller: Any = None, **more: Any) -> sheets.ListSheetsResponse:
        """A page of a unit's sheets."""
        request = sheets.ListSheetsRequest(parent=unit, month=month, **more)
        return self.sheets.ListSheets(request, metadata=caller or self.everything)


def cell(person: str, day: str, code: str = "", pattern: str = "", **parameters: Any) -> rota.RotaCell:
    """What the rota is to say of a person's day."""
    made = rota.RotaCell(person=person, work_date=day, code=code, shift_pattern=pattern)
    json_format.ParseDict(parameters, made.parameters)
    return made


Fill = Callable[[AttendanceService], Any]
"""What is done before a test, and what of it tests need to know."""


def _id(name: str) -> UUID:
    return UUID(name.rpartition("/")[2])


def settings(url: str, **more: Any) -> AttendanceSettings:
    """Settings for a test."""
    return AttendanceSettings(database_url=url, master_key=MASTER_KEY, **more)


@cache
def _shipped() -> tuple[Runner, ...]:
    return tuple(introduced([one for one in installed() if one.shipped]))


def shipped(exists: Exists) -> PolicyHost:
    """The plugins that ship, introduced once for all tests of a process: they run inside and keep nothing."""
    return PolicyHost([one for one in _shipped() if not one.manifest.channels], exists)


@contextmanager
def attendance_service(
    databases: Databases,
    clock: SetClock | None = None,
    plugins: Plugins = shipped,
    fill: Fill | None = None,
    **more: Any,
) -> Iterator[AttendanceService]:
    """Both services, talking in process, with the plugins that ship; `more` are settings of attendance.

    What `fill` makes is made once for all who ask for the same at the same hour, and is there from the beginning in
    copies of both databases; its answer too.
    """
    clock = clock or SetClock()
    if fill is None:
        with (
            people_service(databases, clock) as people,
            _beside(databases, people, migrated_url(databases), plugins, more) as made,
        ):
            yield made
        return
    told = sorted((name, value) for name, value in more.items() if name != "photo_folder")
    key = (databases, fill, plugins, clock.now, *told)
    if key not in _BEGUN:
        _BEGUN[key] = _begun(databases, SetClock(clock.now), plugins, fill, more)
    begun = _BEGUN[key]
    clock.now = begun.clock.now
    with (
        people_again(databases, begun.people, clock) as people,
        _beside(databases, people, databases.copied(begun.url), plugins, more) as made,
    ):
        made.filled = deepcopy(begun.filled)
        yield made


_BEGUN: dict[tuple[Any, ...], AttendanceService] = {}


def _begun(
    databases: Databases, clock: SetClock, plugins: Plugins, fill: Fill, more: dict[str, Any]
) -> AttendanceService:
    with attendance_service(databases, clock, plugins, **more) as made:
        made.filled = fill(made)
        databases.keep(made.url, made.people.url)
    return made


@contextmanager
def _beside(
    databases: Databases, people: PeopleService, url: str, plugins: Plugins, more: dict[str, Any]
) -> Iterator[AttendanceService]:
    with TemporaryDirectory() as folder:
        told = settings(url, **{"photo_folder": folder, **more})
        service = build(told, channels={"people": people.channel}, clock=people.clock, plugins=plugins)
        try:
            yield AttendanceService(service, people, url)
        finally:
            service.close()
            databases.drop(url_of_admin(databases, url))
