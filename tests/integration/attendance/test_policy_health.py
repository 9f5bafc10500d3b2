"""A pattern's failure over a person's month is on record until the month's next good run, for those who may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import policies_pb2
from bylaw_attendance.doctor.checks import policy_health
from bylaw_attendance.store import tables
from bylaw_attendance.store.tables import assignments
from bylaw_chassis.caller import Scope
from bylaw_chassis.doctor import Examined, Finding
from bylaw_cli.hosting import Hosted
from bylaw_fixed_week.parameters import Week
from bylaw_hooks import Both, MonthAnswer, MonthFacts, MonthPlan

from tests.builders.attendance import FIXED_WEEK, AttendanceService, attendance_service
from tests.builders.people import reason
from tests.builders.policies import Broken, Lying, Moody, brought
from tests.databases import Databases

MOODY, LYING, BROKEN, FICKLE = (f"shiftPatterns/{name}@1" for name in ("moody", "lying", "broken", "fickle"))


@dataclass
class Office:
    """Anna and Ben work in the shop by a moody pattern, Cleo in the store by the fixed week."""

    attendance: AttendanceService
    shop: str
    store: str
    anna: str
    ben: str
    cleo: str
    fickle: "Fickle"

    def entries(self, caller: Any = None, **wish: Any) -> list[policies_pb2.PolicyHealthEntry]:
        """What is listed."""
        request = policies_pb2.ListPolicyHealthRequest(**wish)
        answer = self.attendance.policies.ListPolicyHealth(request, metadata=caller or self.attendance.everything)
        return list(answer.entries)

    def fail(self, person: str, month: str = "2026-02") -> str:
        """Asks for a sheet that cannot be judged; answers why."""
        with pytest.raises(grpc.RpcError) as refused:
            self.attendance.sheet(person, month)
        return reason(refused.value)

    def finding(self) -> Finding:
        """What the doctor sees."""
        database = self.attendance.service.database
        with database.read() as connection:
            return policy_health(connection, Examined(database, None, running=True))  # type: ignore[arg-type]


class Fickle(Lying):
    """Raises, until it lies instead."""

    name, title = "fickle", Both("善变班", "Fickle week")
    lies = False

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: Week) -> MonthAnswer:
        if not self.lies:
            raise ZeroDivisionError("a fault of the plugin")
        return super().judge_month(facts, plan, parameters)


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    fickle = Fickle()
    with attendance_service(postgres, plugins=brought(Moody(), Lying(), Broken(), fickle)) as attendance:
        people = attendance.people
        site, shop, store = people.site().name, people.unit("shop").name, people.unit("store").name
        anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
        cleo = people.person("C-1", store, site).name
        attendance.assign(since="2026-01-01")
        attendance.assign(shop, since="2026-01-01", pattern=MOODY)
        attendance.punch(anna, "2026-02-02 08:20:00")
        yield Office(attendance, shop, store, anna, ben, cleo, fickle)


@pytest.mark.postgresql15
def test_a_failure_opens_an_entry_that_counts_and_the_next_good_run_ends_it(office: Office) -> None:
    clock = office.attendance.clock
    first = clock()
    assert office.fail(office.anna) == "POLICY_FAILED"
    clock.pass_time(minutes=5)
    office.attendance.unit_sheets(office.shop, "2026-02")

    (entry,) = office.entries()
    assert (entry.person, entry.employee_number, entry.month) == (office.anna, "A-1", "2026-02")
    assert (entry.shift_pattern, entry.distribution) == (MOODY, "acme-patterns 0.3")
    assert (entry.reason, entry.rule, entry.work_date) == ("POLICY_FAILED", "", "")
    assert "A-1" in entry.message.zh
    assert "A-1" in entry.message.en
    assert entry.first_seen_time.ToDatetime(tzinfo=first.tzinfo) == first
    assert entry.last_seen_time.ToDatetime(tzinfo=first.tzinfo) == clock()
    assert (entry.seen_count, entry.HasField("end_time")) == (2, False)

    office.attendance.assign(office.anna, since="2026-01-01")
    office.attendance.sheet(office.anna, "2026-02")

    assert office.entries() == []
    (ended,) = office.entries(show_ended=True)
    assert (ended.name, ended.seen_count) == (entry.name, 2)
    assert ended.end_time.ToDatetime(tzinfo=first.tzinfo) == clock()


def test_a_failure_that_comes_again_after_a_good_run_is_a_new_entry(office: Office) -> None:
    office.fail(office.anna)
    office.attendance.assign(office.anna, since="2026-01-01", until="2026-02-28")
    office.attendance.sheet(office.anna, "2026-02")
    request = policies_pb2.ListPatternAssignmentsRequest(page_size=1)
    listed = office.attendance.policies.ListPatternAssignments(request, metadata=office.attendance.everything)
    wish = policies_pb2.EndPatternAssignmentRequest(name=listed.pattern_assignments[0].name, last_date="2026-01-31")
    office.attendance.policies.EndPatternAssignment(wish, metadata=office.attendance.everything)

    assert office.fail(office.anna) == "POLICY_FAILED"

    assert [entry.HasField("end_time") for entry in office.entries(show_ended=True)] == [False, True]


def test_a_month_whose_kept_sheet_holds_again_is_settled_without_being_judged_anew(office: Office) -> None:
    kept = office.attendance.sheet(office.ben, "2026-02")
    made = office.attendance.assign(office.ben, since="2026-02-10", pattern=BROKEN)
    assert office.fail(office.ben) == "POLICY_FAILED"
    assert len(office.entries()) == 1
    with office.attendance.service.database.work() as work:
        work.connection.execute(assignments.delete().where(assignments.c.id == made.name.partition("/")[2]))

    assert office.attendance.sheet(office.ben, "2026-02").inputs_digest == kept.inputs_digest

    assert office.entries() == []


def test_the_same_pattern_at_fault_in_another_way_is_the_same_entry_and_tells_of_the_last(office: Office) -> None:
    office.attendance.assign(office.anna, since="2026-01-01", pattern=FICKLE)
    assert office.fail(office.anna) == "POLICY_FAILED"
    (before,) = office.entries()
    office.fickle.lies = True
    office.attendance.clock.pass_time(minutes=5)

    assert office.fail(office.anna) == "POLICY_ANSWER_INVALID"

    (entry,) = office.entries(show_ended=True)
    assert (entry.name, entry.first_seen_time) == (before.name, before.first_seen_time)
    assert (entry.reason, entry.rule, entry.work_date) == ("POLICY_ANSWER_INVALID", "C7", "2026-02-28")
    assert (entry.seen_count, entry.HasField("end_time")) == (2, False)
    assert entry.last_seen_time.ToDatetime() > before.last_seen_time.ToDatetime()


def test_a_fault_of_another_pattern_ends_the_entry_and_opens_its_own_with_rule_and_day(office: Office) -> None:
    office.fail(office.anna)
    office.attendance.assign(office.anna, since="2026-01-01", pattern=LYING)

    assert office.fail(office.anna) == "POLICY_ANSWER_INVALID"

    now, before = office.entries(show_ended=True)
    assert (now.reason, now.rule, now.work_date) == ("POLICY_ANSWER_INVALID", "C7", "2026-02-28")
    assert "C7" in now.message.zh
    assert "no negative or absurd minutes" in now.message.en
    assert (before.reason, before.HasField("end_time"), now.HasField("end_time")) == ("POLICY_FAILED", True, False)


def test_a_pattern_that_is_gone_or_takes_its_parameters_no_longer_is_an_entry_too(office: Office) -> None:
    with office.attendance.service.database.work() as work:
        change = assignments.update().where(assignments.c.pattern == "fixed-week@1")
        work.connection.execute(change.values(parameters={"colour": "red"}))
        gone = assignments.update().where(assignments.c.pattern == "moody@1")
        work.connection.execute(gone.values(pattern="uninstalled@1"))

    assert office.fail(office.ben) == "POLICY_VERSION_GONE"
    assert office.fail(office.cleo) == "POLICY_PARAMETERS_INVALID"

    told = {entry.employee_number: (entry.reason, entry.shift_pattern) for entry in office.entries()}
    assert told == {
        "B-1": ("POLICY_VERSION_GONE", "shiftPatterns/uninstalled@1"),
        "C-1": ("POLICY_PARAMETERS_INVALID", FIXED_WEEK),
    }


def test_what_no_pattern_is_to_blame_for_is_no_entry(office: Office) -> None:
    people = office.attendance.people
    yard = people.unit("yard").name
    with office.attendance.service.database.work() as work:
        work.connection.execute(assignments.delete().where(assignments.c.subject_kind == "organisation"))
    nobody = people.person("N-1", yard, people.site("Y").name).name
    office.attendance.follow_people()

    assert office.fail(nobody) == "NO_POLICY"
    assert office.entries() == []


@pytest.mark.clause("SEC-1")
def test_entries_are_listed_by_month_and_unit_within_reach_in_pages(office: Office) -> None:
    office.attendance.assign(office.cleo, since="2026-01-01", pattern=BROKEN)
    office.fail(office.anna)
    for month in ("2026-01", "2026-02"):
        office.fail(office.cleo, month)
    head = office.attendance.caller(Scope.UNIT, unit=office.shop)

    def who(**wish: Any) -> list[tuple[str, str]]:
        return [(entry.employee_number, entry.month) for entry in office.entries(**wish)]

    every = [("C-1", "2026-02"), ("C-1", "2026-01"), ("A-1", "2026-02")]
    assert who() == every
    assert who(month="2026-02") == [every[0], every[2]]
    assert who(unit=office.store) == every[:2]
    assert who(unit=office.store, month="2026-02") == every[:1]
    assert who(month="2026-03") == []
    assert who(caller=head) == every[2:]
    with pytest.raises(grpc.RpcError) as refused:
        who(caller=head, unit=office.store)
    assert reason(refused.value) == "UNIT_NOT_FOUND"
    request = policies_pb2.ListPolicyHealthRequest(page_size=2)
    page = office.attendance.policies.ListPolicyHealth(request, metadata=office.attendance.everything)
    request.page_token = page.next_page_token
    rest = office.attendance.policies.ListPolicyHealth(request, metadata=office.attendance.everything)
    assert [(one.employee_number, one.month) for one in (*page.entries, *rest.entries)] == every


def test_the_doctor_names_the_pattern_and_how_many_months_wait_for_it(office: Office) -> None:
    assert office.finding().holds
    office.fail(office.anna)

    found = office.finding()

    assert not found.holds
    assert "moody@1 (acme-patterns 0.3): POLICY_FAILED" in found.seen.en
    assert "1 人" in found.seen.zh
    office.attendance.assign(office.anna, since="2026-01-01")
    office.attendance.sheet(office.anna, "2026-02")
    assert office.finding().holds


def test_an_operator_sees_it_in_health_and_the_service_goes_on(office: Office) -> None:
    service = office.attendance.service
    assert service.holds("policies")

    office.fail(office.anna)

    assert not service.holds("policies")
    readiness = Hosted({"attendance": service}).readiness()
    assert (readiness["attendance"], readiness["attendance.policies"]) == ("ready", "degraded")
    office.attendance.assign(office.anna, since="2026-01-01")
    office.attendance.sheet(office.anna, "2026-02")
    assert service.holds("policies")


@pytest.mark.postgresql15
def test_of_a_persons_month_one_entry_is_open_at_most_whoever_looks_at_once(office: Office) -> None:
    office.fail(office.anna)
    with office.attendance.service.database.engine.begin() as connection:
        columns = ", ".join(column.name for column in tables.policy_health.columns if column.name != "id")
        again = f"insert into policy_health (id, {columns}) select gen_random_uuid(), {columns} from policy_health"  # noqa: S608
        with pytest.raises(sa.exc.IntegrityError):
            connection.exec_driver_sql(again)
