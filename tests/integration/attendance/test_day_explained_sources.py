"""A day explained: by which cell or assignment it was planned, why it is worked or not, in which words of that day."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.attendance.v1 import explanations_pb2 as explanations
from bylaw.attendance.v1 import explanations_pb2_grpc
from bylaw.attendance.v1 import sheets_pb2 as sheets
from bylaw_attendance.app import build
from bylaw_chassis.caller import Scope
from bylaw_chassis.local_channel import LocalChannel
from google.protobuf import json_format

from tests.builders.attendance import AttendanceService, attendance_service, cell, settings
from tests.builders.explained import cards, on, outcomes, stamped
from tests.builders.hours import hours_notice, published
from tests.builders.people import reason
from tests.builders.policies import PlainWeek, brought
from tests.builders.rulebook import RulebookCalls
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, rota_office

DAY = "2026-02-03"


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """The company is assigned a pattern that heeds the rota; Anna works in the shop's team."""
    with rota_office(postgres) as made:
        yield made


def anna_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site = people.site()
    return people.person("A-1", people.unit("shop").name, site.name).name


BEGUN = {"anna": anna_in}


@pytest.fixture
def anna(attendance: AttendanceService) -> str:
    """Anna works at HQ by nothing yet."""
    found: str = attendance.filled
    return found


def said(day: explanations.DayExplanation) -> str:
    return day.plan.explanation.en


@pytest.mark.clause("HRS-1")
def test_the_level_that_decides_is_named_from_the_organisation_down_to_the_person(office: Office) -> None:
    attendance, source = office.attendance, explanations.PlanSource.Name

    def planned(person: str) -> tuple[str, str, str]:
        plan = attendance.explained(person, DAY).plan
        return source(plan.source).removeprefix("PLAN_SOURCE_"), plan.subject, plan.assignment

    above = planned(office.anna)
    assert above[0] == "UNIT_ABOVE"
    of_team = attendance.assign(office.team, since="2026-02-02", pattern="shiftPatterns/rota@1")
    assert planned(office.anna) == ("UNIT", office.team, of_team.name)
    own = attendance.assign(office.anna, since="2026-02-03", until="2026-02-03", pattern="shiftPatterns/rota@1")
    assert planned(office.anna) == ("PERSON", office.anna, own.name)
    assert attendance.explained(office.anna, DAY).plan.explanation.zh == (
        "排班（rota@1），分配给本人，自 2026-02-03 至 2026-02-03。"
    )
    assert planned(office.cleo) == (above[0], above[1], above[2])


@pytest.mark.clause("HRS-2")
def test_a_cell_of_the_rota_that_names_a_pattern_is_what_the_day_was_planned_by(office: Office) -> None:
    attendance = office.attendance
    attendance.publish(office.team, cell(office.anna, DAY, pattern="shiftPatterns/rota@1", repeat_minutes=3))
    attendance.publish(office.team, cell(office.anna, "2026-02-04", code="rest"))

    named, rested = (attendance.explained(office.anna, day) for day in (DAY, "2026-02-04"))

    assert named.plan.source == explanations.PLAN_SOURCE_ROTA_CELL
    assert named.plan.assignment == f"{office.anna}/rotaCells/{DAY}"
    assert json_format.MessageToDict(named.plan.parameters)["repeat_minutes"] == 3
    assert said(named) == "The published rota names Rota (rota@1) for the day."
    assert (rested.plan.source, rested.plan.cell) == (explanations.PLAN_SOURCE_UNIT_ABOVE, "rest")
    assert said(rested).endswith("The rota says “rest” of the day.")
    assert (rested.kind, rested.reason.clause) == (sheets.DAY_KIND_REST, "HRS-2")


@pytest.mark.clause("HRS-1")
def test_a_withdrawn_assignment_explains_nothing_any_more_and_what_replaced_it_does(
    attendance: AttendanceService, anna: str
) -> None:
    first = attendance.assign(since="2026-01-01")
    mistaken = attendance.assign(anna, since="2026-02-01", segments=[{"hours": "14:00-22:00"}])
    assert attendance.explained(anna, DAY).plan.assignment == mistaken.name

    attendance.withdraw(mistaken.name)

    day = attendance.explained(anna, DAY)
    assert (day.plan.assignment, day.plan.source) == (first.name, explanations.PLAN_SOURCE_ORGANISATION)
    assert day.halves[0].half.start_time == f"{DAY} 08:30"
    right = attendance.assign(anna, since="2026-02-01", segments=[{"hours": "09:00-17:00"}])
    assert attendance.explained(anna, DAY).plan.assignment == right.name


@pytest.mark.clause("HRS-1")
def test_a_day_of_rest_names_its_clause_and_lets_no_card_take_its_punches(
    attendance: AttendanceService, anna: str
) -> None:
    attendance.assign(since="2026-01-01")
    stamped(attendance, "2026-02-08 09:00")

    day = attendance.explained(anna, "2026-02-08")

    assert (day.kind, day.reason.clause, len(day.halves)) == (sheets.DAY_KIND_REST, "HRS-1", 0)
    assert day.reason.explanation.en == "A day of rest of the pattern (HRS-1)."
    assert day.reason.explanation.zh == "班制的休息日（HRS-1）。"
    assert outcomes(day) == {"02-08 09:00": "OUTSIDE"}


@pytest.mark.clause("HRS-3")
def test_holidays_and_make_up_days_are_explained_by_the_calendar(attendance: AttendanceService, anna: str) -> None:
    attendance.assign(since="2026-01-01")

    holiday, make_up = (attendance.explained(anna, day) for day in ("2026-02-17", "2026-02-14"))

    assert (holiday.reason.calendar, holiday.reason.calendar_kind) == ("CN", "holiday")
    assert holiday.reason.explanation.en == "A public holiday: off (HRS-3)."
    assert (make_up.reason.calendar_kind, make_up.reason.explanation.en) == (
        "make-up-work",
        "A make-up working day: worked (HRS-3).",
    )
    assert [one.clause for one in holiday.clause_wordings] == ["HRS-3"]


@pytest.mark.clause("HRS-6")
def test_a_day_under_a_notice_names_the_notice_and_is_not_said_to_be_the_patterns(
    attendance: AttendanceService, anna: str
) -> None:
    attendance.assign(since="2026-01-01")
    off = published(attendance, hours_notice("", DAY))
    other = published(attendance, hours_notice("", "2026-02-04", "", "09:00-12:00"))

    free, changed, rest = (attendance.explained(anna, day) for day in (DAY, "2026-02-04", "2026-02-08"))

    assert (free.reason.hours_notice, changed.reason.hours_notice) == (off.name, other.name)
    assert free.reason.explanation.en == "By a notice nobody works on it (HRS-6)."
    assert changed.reason.explanation.en == "A working day whose hours a notice sets (HRS-6)."
    assert cards(changed)[0].on_time_limit_time == "2026-02-04 08:55:59"
    assert (rest.reason.hours_notice, rest.reason.explanation.en) == ("", "A day of rest of the pattern (HRS-1).")


@pytest.mark.clause("HRS-3")
def test_a_day_whose_official_calendar_is_not_announced_says_that_it_may_change(
    attendance: AttendanceService, anna: str
) -> None:
    attendance.assign(since="2026-01-01")

    days = ("2031-02-04", "2026-02-04", "2031-05-01")
    unknown, known, statutory = (attendance.explained(anna, day).reason for day in days)

    assert (unknown.provisional, known.provisional) == (True, False)
    assert unknown.explanation.en.endswith("not announced yet, or not known: the day may change.")
    assert statutory.explanation.en.startswith("A public holiday: off (HRS-3). Statutory holidays are off by law")


def test_days_without_an_assignment_or_an_employment_say_which_of_the_two_lacks(
    attendance: AttendanceService, anna: str
) -> None:
    attendance.assign(since="2026-01-12")

    early, none = (attendance.explained(anna, day) for day in ("2026-01-09", "2026-01-13"))
    people = attendance.people
    before = people.person("N-1", people.unit("new").name, people.site("S2").name, since="2026-01-20")

    assert said(early) == "No pattern is assigned for the day, so no card is asked for."
    assert (early.kind, early.reason.calendar_kind) == (sheets.DAY_KIND_UNSPECIFIED, "")
    assert none.kind == sheets.DAY_KIND_WORK
    assert said(attendance.explained(before.name, "2026-01-14")) == "The person was not employed on the day."


@pytest.mark.clause("ATT-2")
def test_each_clause_is_read_in_its_words_of_that_day(attendance: AttendanceService, anna: str) -> None:
    attendance.assign(since="2026-01-01")
    stamped(attendance, *(f"2026-02-{day} {time}" for day in ("03", "12") for time in ("08:35", "12:01")))
    book = RulebookCalls(attendance.people)
    shipped = book.get("ATT-2").wording.en
    book.revise("ATT-2", "Ten minutes.", "2026-02-10")
    attendance.follow_people()
    wordings = attendance.service.server.wordings
    assert wordings
    wordings.refresh()

    def words(day: str) -> list[str]:
        found = attendance.explained(anna, day).clause_wordings
        return [one.wording.en for one in found if one.clause == "ATT-2"]

    assert [words(day) for day in (DAY, "2026-02-12")] == [[shipped], ["Ten minutes."]]


def test_where_the_pattern_is_gone_what_was_kept_is_explained_and_no_more(postgres: Databases) -> None:
    with attendance_service(postgres, plugins=brought(PlainWeek())) as attendance:
        people = attendance.people
        site, unit = people.site(), people.unit("shop")
        anna = people.person("A-1", unit.name, site.name).name
        attendance.assign(since="2026-01-01", pattern="shiftPatterns/plain@1")
        stamped(attendance, *on(DAY, "08:31", "08:33", "12:01"))
        before = attendance.sheet(anna, "2026-02")
        known = attendance.explained(anna, DAY)
        later = build(settings(attendance.url), channels={"people": people.channel}, clock=attendance.clock)
        try:
            stub = explanations_pb2_grpc.ExplanationsStub(LocalChannel(later.server))
            request = explanations.ExplainDayRequest(name=f"{anna}/days/{DAY}")
            day = stub.ExplainDay(request, metadata=attendance.everything)
        finally:
            later.close()

    assert (known.plan.gone, day.plan.gone) == (False, True)
    assert day.inputs_digest == before.inputs_digest
    assert [card.card_point for card in cards(day)] == [card.card_point for card in cards(known)]
    assert said(day).endswith(
        "The pattern is not installed any more: what was kept is shown; windows and limits are not known."
    )
    assert [card.limits_known for card in cards(day)] == [False] * 4
    assert [(half.open_time, half.HasField("window")) for half in day.halves] == [("", False)] * 2
    assert outcomes(day) == {"02-03 08:31": "BOUND", "02-03 08:33": "UNKNOWN", "02-03 12:01": "BOUND"}


@pytest.mark.clause("SEC-1")
def test_oneself_and_whose_reach_holds_the_person_read_why_and_nobody_else_learns_of_them(office: Office) -> None:
    attendance = office.attendance

    def asks(caller: object, person: str) -> str:
        try:
            return attendance.explained(person, DAY, caller).employee_number
        except grpc.RpcError as refused:
            return reason(refused)

    own = attendance.caller(Scope.SELF, person=office.anna)
    head = attendance.caller(Scope.SUBTREE, unit=office.shop)
    assert [asks(own, one) for one in (office.anna, office.ben)] == ["A-1", "PERSON_NOT_FOUND"]
    assert [asks(head, one) for one in (office.anna, office.cleo)] == ["A-1", "PERSON_NOT_FOUND"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("{anna}/days/2026-02-30", "FIELD_INVALID"),
        ("{anna}/days/9999-12-01", "FIELD_INVALID"),
        ("{anna}/days/", "FIELD_INVALID"),
        ("{anna}", "FIELD_INVALID"),
        ("people/me/days/2026-02-03", "FIELD_INVALID"),
        ("people/00000000-0000-7000-8000-000000000009/days/2026-02-03", "PERSON_NOT_FOUND"),
        ("{anna}/days/2026-02-03", "NO_POLICY"),
    ],
)
def test_a_name_that_is_no_day_is_refused(attendance: AttendanceService, anna: str, name: str, why: str) -> None:
    request = explanations.ExplainDayRequest(name=name.format(anna=anna))
    with pytest.raises(grpc.RpcError) as refused:
        attendance.explanations.ExplainDay(request, metadata=attendance.everything)
    assert reason(refused.value) == why
