"""Loads the demonstration company through the same calls as everybody; run again after a kill, it goes on."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import grpc
from bylaw.attendance.v1 import (
    policies_pb2,
    policies_pb2_grpc,
    punches_pb2,
    punches_pb2_grpc,
    sheets_pb2,
    sheets_pb2_grpc,
)
from bylaw.people.v1 import (
    access_pb2,
    access_pb2_grpc,
    organisation_pb2,
    organisation_pb2_grpc,
    sign_in_pb2,
    sign_in_pb2_grpc,
    staff_pb2,
)
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.habits import punches
from bylaw_cli.demonstration.staff import rows, take_on

ZONE = ZoneInfo("Asia/Shanghai")
HEADS = {
    "MUJIN": "1014",
    "MGMT": "1014",
    "OFFICE": "1002",
    "TECH": "1016",
    "MARKET": "1018",
    "OPS": "1006",
    "SERVICE": "1020",
    "LOGISTICS": "1022",
    "DATA": "1024",
    "GROWTH": "1012",
}
GRANTS = {"1014": "operations-director", "1002": "hr"}
FILES = (("sites", "SITES"), ("units", "UNITS"), ("positions", "POSITIONS"))
FIRST_DAY = "2021-01-01"
WORKED = (sheets_pb2.DAY_KIND_WORK, sheets_pb2.DAY_KIND_MAKE_UP_WORK)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where to load it: a channel to each service, an administrator's token, the password of its people, the hour."""

    channels: Mapping[str, grpc.Channel]
    token: str
    password: str
    now: datetime

    def load(self) -> None:
        """Makes the organisation, its people, heads and logins, the week, and last month's and this month's punches."""
        self._import_organisation()
        people = take_on(self.channels["people"], self._ask)
        self._appoint_heads(people)
        self._open_logins(people)
        self._assign_week()
        self._import_punches(people)

    def _ask(self, method: Callable[..., Any], request: Any) -> Any:
        return method(request, timeout=60, metadata=(("authorization", f"Bearer {self.token}"),))

    def _import_organisation(self) -> None:
        stub = organisation_pb2_grpc.OrganisationStub(self.channels["people"])
        for name, kind in FILES:
            content = files(__package__).joinpath(f"{name}.csv").read_bytes()
            request = organisation_pb2.ImportOrganisationRequest(
                file=HttpBody(content_type="text/csv", data=content),
                kind=organisation_pb2.OrganisationFileKind.Value(f"ORGANISATION_FILE_KIND_{kind}"),
                effective_date=FIRST_DAY,
            )
            self._ask(stub.ImportOrganisation, request)

    def _appoint_heads(self, people: Mapping[str, staff_pb2.Person]) -> None:
        stub = organisation_pb2_grpc.OrganisationStub(self.channels["people"])
        units = self._ask(stub.ListUnits, organisation_pb2.ListUnitsRequest(page_size=1000)).units
        for unit in units:
            head = people.get(HEADS.get(unit.code, ""))
            if head and unit.head != head.name:
                request = organisation_pb2.AppointHeadRequest(
                    name=unit.name, head=head.name, effective_date=head.appointment.start_date
                )
                self._ask(stub.AppointHead, request)

    def _open_logins(self, people: Mapping[str, staff_pb2.Person]) -> None:
        sign_in = sign_in_pb2_grpc.SignInStub(self.channels["people"])
        access = access_pb2_grpc.AccessStub(self.channels["people"])
        for person in people.values():
            request = sign_in_pb2.SetPasswordRequest(name=person.name, new_password=self.password)
            self._ask(sign_in.SetPassword, request)
        for number, role in GRANTS.items():
            held = self._ask(access.ListGrants, access_pb2.ListGrantsRequest(person=people[number].name)).grants
            if not any(grant.role == f"roles/{role}" for grant in held):
                grant = access_pb2.Grant(
                    person=people[number].name,
                    role=f"roles/{role}",
                    scope=access_pb2.SCOPE_COMPANY,
                    start_date=self.now.astimezone(ZONE).date().isoformat(),
                )
                self._ask(access.CreateGrant, access_pb2.CreateGrantRequest(grant=grant))

    def _assign_week(self) -> None:
        """Everybody follows the rulebook's week (HRS-1, HRS-4, HRS-5)."""
        stub = policies_pb2_grpc.PoliciesStub(self.channels["attendance"])
        request = policies_pb2.ListPatternAssignmentsRequest()
        if self._ask(stub.ListPatternAssignments, request).pattern_assignments:
            return
        patterns = self._ask(stub.ListShiftPatterns, policies_pb2.ListShiftPatternsRequest()).shift_patterns
        week = next(pattern for pattern in patterns if "fixed-week@" in pattern.name)
        assignment = policies_pb2.PatternAssignment(shift_pattern=week.name, start_date=FIRST_DAY)
        self._ask(
            stub.CreatePatternAssignment,
            policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=assignment),
        )

    def _import_punches(self, people: Mapping[str, staff_pb2.Person]) -> None:
        """Hands in what the two clocks recorded, as the clocks write it; they have reported all days but the last."""
        days = self._working_days(people)
        if not days:
            return
        today = self.now.astimezone(ZONE).date()
        reported = [day for day in days if day < min(today, days[-1])]
        stub = punches_pb2_grpc.PunchesStub(self.channels["attendance"])
        for site, numbers in {"HQ": self._at("HQ"), "WH": self._at("WH")}.items():
            request = punches_pb2.CreatePunchImportRequest(
                file=HttpBody(content_type="text/plain", data=_attlog(site, numbers, reported)),
                format=punches_pb2.PUNCH_FILE_FORMAT_ATTLOG,
                site=site,
                file_name=f"{site}_attlog.dat",
                complete_until_date=(days[-1] - timedelta(days=1)).isoformat(),
            )
            self._wait(stub, self._ask(stub.CreatePunchImport, request).name)

    def _working_days(self, people: Mapping[str, staff_pb2.Person]) -> list[date]:
        """Working days of last month and this month up to today, as the service itself plans them."""
        today = self.now.astimezone(ZONE).date()
        last_month = today.replace(day=1) - timedelta(days=1)
        stub = sheets_pb2_grpc.SheetsStub(self.channels["attendance"])
        days: list[date] = []
        for month in (last_month, today):
            name = f"{people['1014'].name}/sheets/{month:%Y-%m}"
            sheet = self._ask(stub.GetSheet, sheets_pb2.GetSheetRequest(name=name))
            days += [date.fromisoformat(day.work_date) for day in sheet.days if day.kind in WORKED]
        return [day for day in days if day <= today]

    def _at(self, site: str) -> list[str]:
        return [row["number"] for row in rows() if row["site"] == site]

    def _wait(self, stub: punches_pb2_grpc.PunchesStub, name: str) -> None:
        ended = (punches_pb2.IMPORT_STATE_DONE, punches_pb2.IMPORT_STATE_REFUSED, punches_pb2.IMPORT_STATE_FAILED)
        while self._ask(stub.GetPunchImport, punches_pb2.GetPunchImportRequest(name=name)).state not in ended:
            time.sleep(0.05)


def _attlog(site: str, numbers: list[str], days: list[date]) -> bytes:
    return "".join(_attlog_lines(site, numbers, days)).encode()


def _attlog_lines(site: str, numbers: list[str], days: list[date]) -> Iterator[str]:
    """Lines of an `attlog.dat`, in time order: PIN right-aligned, time, device, status, verify, work code."""
    device = {"HQ": 1, "WH": 2}[site]
    stamped = sorted((at, number) for day in days for number in numbers for at in punches(number, day))
    for at, number in stamped:
        yield f"{number:>9}\t{at:%Y-%m-%d %H:%M:%S}\t{device}\t255\t1\t0\n"
