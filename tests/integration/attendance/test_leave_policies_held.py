"""Which leave policies hold for whom: statutory leave for everybody, and of each policy the nearest assignment."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from bylaw_attendance.apps.leave_policies import held_leave
from bylaw_attendance.policies import Policies
from bylaw_attendance.use_cases.leave.held_leave import HeldLeave
from bylaw_chassis.database import Database
from bylaw_hooks.leave import Employment, Period

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.leave_policies import (
    PLAIN,
    STATUTORY,
    LaterPlainLeave,
    PlainLeave,
    assign_leave,
    bringing,
    end_leave,
    withdraw_leave,
)
from tests.builders.service_records import served
from tests.databases import Databases

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
PLUGINS = bringing(PlainLeave(), LaterPlainLeave())


@dataclass
class Office:
    """Anna works in the shop, below the company."""

    attendance: AttendanceService
    leave: HeldLeave
    company: str
    shop: str
    anna: str

    def held(self, *days: str) -> list[list[str]]:
        """What holds for Anna on each of these days, nearest first."""
        return [
            [one.policy for one in self.leave.held(self.id, Period(date.fromisoformat(day), date.fromisoformat(day)))]
            for day in days
        ]

    def given(self, balance: str, span: Period = YEAR) -> Fraction:
        """What Anna is given of a balance within a span."""
        held = self.leave.held(self.id, span)
        found = [those for _, those in self.leave.entitlements(self.employment, span, held)]
        return sum((one.amount for those in found for one in those if one.balance == balance), Fraction(0))

    @property
    def employment(self) -> Employment:
        """Anna's only one."""
        (found,) = self.leave.employments(self.id)
        return found

    @property
    def id(self) -> UUID:
        """Anna's."""
        return UUID(self.anna.partition("/")[2])


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with attendance_service(postgres, plugins=PLUGINS) as attendance:
        people = attendance.people
        site, company = people.site(), people.unit("company")
        shop = people.unit("shop", parent=company.name)
        anna = people.person("A-1", shop.name, site.name)
        attendance.follow_people()
        with closing(Database(attendance.url, "attendance", attendance.clock, 2)) as database:
            leave = held_leave(database, Policies(PLUGINS(lambda clause, _: bool(clause))))
            yield Office(attendance, leave, company.name, shop.name, anna.name)


@pytest.mark.clause("LVE-1")
@pytest.mark.postgresql15
def test_statutory_leave_holds_for_everybody_without_anybody_assigning_it(office: Office) -> None:
    assert office.held("2026-03-01") == [["statutory-leave@1"]]
    assert "annual" in [one.kind.code for one in office.leave.kinds(office.id, YEAR.last)]
    assert office.given("floating") > 0


@pytest.mark.clause("LVE-1")
def test_policies_hold_side_by_side_and_of_each_the_nearest_assignment_decides(office: Office) -> None:
    assign_leave(office.attendance, office.company, "2026-03-01")
    assign_leave(office.attendance, office.shop, "2026-05-01", "2026-05-31", policy=STATUTORY, annual_notice_days=9)
    assert office.held("2026-02-28", "2026-03-01", "2026-05-31") == [
        ["statutory-leave@1"],
        ["acme-plain@1", "statutory-leave@1"],
        ["statutory-leave@1", "acme-plain@1"],
    ]
    april, may = (office.leave.kinds(office.id, date(2026, month, 1)) for month in (4, 5))
    notice = [{one.kind.code: one.kind.notice_days for one in kinds}["annual"] for kinds in (april, may)]
    assert notice == [3, 9]


@pytest.mark.clause("LVE-1")
def test_each_policy_gives_what_falls_on_the_days_on_which_it_holds(office: Office) -> None:
    assign_leave(office.attendance, office.shop, "2026-03-09")
    assert office.given("acme-day") == 0
    assign_leave(office.attendance, office.anna, "2026-03-08", "2026-03-08")
    assert office.given("acme-day") == 1
    assert office.given("acme-day", Period(date(2026, 3, 9), date(2027, 3, 8))) == 1


@pytest.mark.clause("LVE-1")
def test_a_newer_version_takes_the_place_of_the_older_one_of_its_subject(office: Office) -> None:
    first = assign_leave(office.attendance, office.shop, "2026-01-01")
    second = assign_leave(office.attendance, office.shop, "2026-04-01", policy=PLAIN.replace("@1", "@2"))
    assert office.held("2026-03-31", "2026-04-01") == [
        ["acme-plain@1", "statutory-leave@1"],
        ["acme-plain@2", "statutory-leave@1"],
    ]
    withdraw_leave(office.attendance, second.name)
    assert office.held("2026-04-01") == [["acme-plain@1", "statutory-leave@1"]]
    end_leave(office.attendance, first.name, "2026-03-31")
    assert office.held("2026-03-31", "2026-04-01") == [["acme-plain@1", "statutory-leave@1"], ["statutory-leave@1"]]


@pytest.mark.clause("LVE-1")
def test_service_with_other_employers_counts_and_the_birthday_is_told_without_its_year(office: Office) -> None:
    assert office.given("annual") == 0
    served(office.attendance.people, office.anna, "2004-05-01", "02-29")
    office.attendance.follow_people()
    assert (office.employment.served_since, office.employment.birthday) == (date(2004, 5, 1), (2, 29))
    assert office.given("annual") == 15
    served(office.attendance.people, office.anna)
    office.attendance.follow_people()
    assert (office.employment.service_since, office.employment.birthday) == (None, None)
