"""Who is replayed, and who may look: the reach of whoever starts a replay, and of whoever reads it (SEC-1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.attendance import ATTENDANCE_PERMISSIONS, FIXED_WEEK, AttendanceService
from tests.builders.people import identifier, reason
from tests.builders.what_if import WhatIf

pytestmark = pytest.mark.clause("SEC-1")


@dataclass
class Company:
    """A company with a shop, the shop's team, and a store; one person in each of the three, who is also its head."""

    what_if: WhatIf
    units: dict[str, str]
    people: dict[str, str]

    def head(self, unit: str, scope: Scope = Scope.SUBTREE, who: str = "") -> Any:
        """The head of a unit, by a grant over it."""
        attendance = self.what_if.attendance
        return attendance.caller(scope, unit=self.units[unit], person=self.people[who or unit])

    def whose(self, name: str) -> set[str]:
        """Who is in a replay."""
        return {change.employee_number for change in self.what_if.changes(name)}


def company_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, units = people.site().name, {"co": people.unit("co").name}
    for code, parent in (("shop", "co"), ("store", "co"), ("team", "shop")):
        units[code] = people.unit(code, parent=units[parent]).name
    persons = {code: people.person(code, units[code], site).name for code in ("shop", "store", "team")}
    attendance.assign(since="2026-01-01")
    attendance.follow_people()
    return units, persons


BEGUN = {"company": company_in}


@pytest.fixture
def company(attendance: AttendanceService) -> Company:
    return Company(WhatIf(attendance), *attendance.filled)


def refused(call: Callable[..., Any], *args: Any, **more: Any) -> str:
    """Why a call is refused."""
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **more)
    return reason(error.value)


TUESDAYS: Any = {"working_days": ["tuesday"]}


def test_only_people_within_the_callers_reach_are_replayed(company: Company) -> None:
    start = company.what_if.done
    found = {
        "everybody": start("", **TUESDAYS).name,
        "shop": start(company.units["shop"], **TUESDAYS).name,
        "all of a head": start("", caller=company.head("shop"), **TUESDAYS).name,
        "unit alone": start(company.units["shop"], caller=company.head("shop", Scope.UNIT), **TUESDAYS).name,
    }

    assert {name: company.whose(replay) for name, replay in found.items()} == {
        "everybody": {"shop", "store", "team"},
        "shop": {"shop", "team"},
        "all of a head": {"shop", "team"},
        "unit alone": {"shop"},
    }


def test_a_unit_beyond_reach_is_refused_like_one_there_is_not(company: Company) -> None:
    start, head = company.what_if.start, company.head("shop")
    assert refused(start, company.units["store"], caller=head) == "UNIT_NOT_FOUND"
    assert refused(start, company.units["co"], caller=head) == "UNIT_NOT_FOUND"


def test_one_head_reads_nothing_of_anothers_replay(company: Company) -> None:
    what_if, other = company.what_if, company.head("store")
    done = what_if.done(company.units["shop"], caller=company.head("shop"))

    for call in (what_if.get, what_if.changes, what_if.workbook, what_if.cancel):
        assert refused(call, done.name, other) == "REPLAY_NOT_FOUND"
        assert refused(call, "replays/018f0000-0000-7000-8000-000000000000", other) == "REPLAY_NOT_FOUND"
    assert refused(switched, company, done.name, other) == "REPLAY_NOT_FOUND"


def test_whoever_reaches_all_of_the_unit_sees_it_and_whoever_reaches_a_part_does_not(company: Company) -> None:
    get, of_shop = company.what_if.get, company.what_if.done(company.units["shop"])
    of_all = company.what_if.done("")

    assert get(of_shop.name, company.head("shop")) == of_shop
    assert get(of_shop.name, company.head("co", who="store")) == of_shop
    assert refused(get, of_shop.name, company.head("team")) == "REPLAY_NOT_FOUND"
    assert refused(get, of_shop.name, company.head("shop", Scope.UNIT)) == "REPLAY_NOT_FOUND"
    assert refused(get, of_all.name, company.head("co", who="store")) == "REPLAY_NOT_FOUND"
    assert get(of_all.name, company.what_if.attendance.caller(Scope.COMPANY)) == of_all


def test_whoever_started_it_sees_it_as_long_as_they_reach_what_they_reached_then(company: Company) -> None:
    get, starter = company.what_if.get, company.head("shop")
    done = company.what_if.done("", caller=starter)

    assert get(done.name, starter) == done
    assert get(done.name, company.what_if.attendance.caller(Scope.COMPANY, person=company.people["shop"])) == done
    narrowed = company.head("team", who="shop")
    elsewhere = company.head("store", who="shop")
    for now in (narrowed, elsewhere):
        assert refused(get, done.name, now) == "REPLAY_NOT_FOUND"


def test_reading_alone_does_not_start_or_stop(company: Company) -> None:
    what_if = company.what_if
    reader = what_if.attendance.caller(Scope.COMPANY, permissions=frozenset({"attendance.replays.read"}))
    waiting = what_if.start("")

    assert what_if.get(waiting.name, reader).name == waiting.name
    assert refused(what_if.start, "", caller=reader) == "PERMISSION_MISSING"
    assert refused(what_if.cancel, waiting.name, reader) == "PERMISSION_MISSING"


def test_whoever_may_assign_but_not_read_replays_names_none(company: Company) -> None:
    done = company.what_if.done("")
    held = HeldGrant(Scope.COMPANY, None, ATTENDANCE_PERMISSIONS - {"attendance.replays.read"})
    caller = company.what_if.attendance.people.as_caller(held, person=identifier(company.people["shop"]))

    assert refused(switched, company, done.name, caller) == "REPLAY_NOT_FOUND"


def switched(company: Company, replay: str, caller: Any) -> policies_pb2.PatternAssignment:
    """Switches the caller's store on by a replay."""
    made = policies_pb2.PatternAssignment(
        subject=company.units["store"], shift_pattern=FIXED_WEEK, start_date="2026-03-01", replay=replay
    )
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
    return company.what_if.attendance.policies.CreatePatternAssignment(request, metadata=caller)
