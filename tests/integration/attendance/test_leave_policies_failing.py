"""A leave policy at fault is refused by name, kept until the same goes well again, and found by the doctor."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from bylaw_attendance.apps.leave_policies import held_leave
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_attendance.policies import Policies
from bylaw_attendance.rules.leave.leave_policy_refusals import LeaveAnswerInvalid, LeavePolicyFailed
from bylaw_attendance.store.leave_assignment_tables import leave_assignments as kept
from bylaw_attendance.use_cases.leave.held_leave import HeldLeave
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined, Finding, examine
from bylaw_hooks.leave import LeaveRequest, Period

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.leave import WAITING, leave_office, refusal
from tests.builders.leave_policies import Failing, Generous, assign_leave, bringing, leave_policies, withdraw_leave
from tests.databases import Databases

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
GENEROUS, FAILING = "leavePolicies/acme-generous@1", "leavePolicies/acme-failing@1"


@dataclass
class Office:
    """Anna, and policies of which one gives too much as long as it is told to."""

    attendance: AttendanceService
    leave: HeldLeave
    generous: Generous
    anna: UUID

    def grant(self) -> None:
        """Asks what Anna is given this year."""
        (employment,) = self.leave.employments(self.anna)
        self.leave.entitlements(employment, YEAR, self.leave.held(self.anna, YEAR))

    def faults(self, policy: str) -> list[tuple[str, str, str, int]]:
        """What is on record of a policy."""
        found = leave_policies(self.attendance)[policy].faults
        return [(one.asked, one.reason, one.rule, one.seen_count) for one in found]

    @property
    def well(self) -> bool:
        """What the service says of itself."""
        return bool(self.attendance.service.details["leave-policies"]())


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    generous = Generous()
    plugins = bringing(generous, Failing())
    with attendance_service(postgres, plugins=plugins) as attendance:
        people = attendance.people
        anna = people.person("A-1", people.unit("shop").name, people.site().name).name
        attendance.follow_people()
        with closing(Database(attendance.url, "attendance", attendance.clock, 2)) as database:
            leave = held_leave(database, Policies(plugins(lambda clause, _: bool(clause))))
            yield Office(attendance, leave, generous, UUID(anna.partition("/")[2]))


def examined(attendance: AttendanceService) -> Finding:
    found = examine(
        Examined(attendance.service.database, MIGRATIONS, running=False), checks(attendance.people.service.database)
    )
    return next(finding for finding in found if finding.check == "leave policies")


@pytest.mark.clause("LVE-1")
@pytest.mark.postgresql15
def test_what_it_gives_against_the_rules_is_not_used_and_is_kept_until_it_goes_well(office: Office) -> None:
    assign_leave(office.attendance, policy=GENEROUS)
    for _ in range(2):
        with pytest.raises(LeaveAnswerInvalid) as refused:
            office.grant()
    assert (refused.value.variables["rule"], refused.value.variables["day"]) == ("L2", "1999-01-01")
    assert "acme-leave 0.3" in refused.value.message_en
    assert office.faults(GENEROUS) == [("entitlements", "LEAVE_ANSWER_INVALID", "L2", 2)]
    assert not office.well

    office.generous.generous = False
    office.grant()
    assert office.faults(GENEROUS) == []
    assert office.well


def test_nobody_waits_for_a_policy_that_was_withdrawn(office: Office) -> None:
    mistake = assign_leave(office.attendance, policy=GENEROUS)
    with pytest.raises(LeaveAnswerInvalid):
        office.grant()
    assert not office.well
    withdraw_leave(office.attendance, mistake.name)
    assert office.well
    office.grant()


def test_what_it_raises_is_told_without_a_value_and_other_questions_are_answered(office: Office) -> None:
    assign_leave(office.attendance, policy=FAILING)
    kinds = office.leave.kinds(office.anna, YEAR.first)
    (offered,) = [one for one in kinds if one.policy == "acme-failing@1"]
    request = LeaveRequest(offered.kind.code, YEAR.first, YEAR.first, asked_on=YEAR.first)
    with pytest.raises(LeavePolicyFailed) as refused:
        office.leave.measure(offered, request, ())
    assert "acme-day" not in refused.value.message_en
    assert office.faults(FAILING) == [("measure", "LEAVE_POLICY_FAILED", "", 1)]
    office.grant()
    assert office.faults(FAILING) == [("measure", "LEAVE_POLICY_FAILED", "", 1)]
    assert "acme-failing@1 (acme-leave 0.3): measure" in examined(office.attendance).seen.en


def test_the_doctor_finds_what_is_assigned_and_not_installed_or_takes_its_parameters_no_more(office: Office) -> None:
    attendance = office.attendance
    assert examined(attendance).holds
    assert "statutory-leave@1" in examined(attendance).seen.en
    gone = assign_leave(attendance, policy=GENEROUS)
    assert "assigned but gone: acme-generous@1" in examined(attendance).seen.en
    withdraw_leave(attendance, gone.name)
    assert examined(attendance).holds
    with attendance.service.database.engine.begin() as connection:
        connection.execute(kept.update().values(parameters={"marriage_days": 1}))
    assert "gone: statutory-leave@1" in examined(attendance).seen.en.replace("acme-generous@1, ", "")


@pytest.mark.clause("LVE-1")
def test_a_policy_at_fault_keeps_nobody_from_leave_of_another(postgres: Databases) -> None:
    generous = Generous()
    generous.generous = False
    with leave_office(postgres, plugins=bringing(generous)) as office:
        assign_leave(office.attendance, policy=GENEROUS)
        assert office.balances("2026-12-31")["acme-day"] == "1"
        generous.generous = True

        assert office.balances("2026-12-31")["acme-day"] == "1", "as it was recorded"
        assert office.ask("annual", "2026-03-10").state == WAITING
        assert refusal(office.ask, "acme-day", "2026-03-12").reason == "LEAVE_ANSWER_INVALID"
