"""Whom leave asks: the steps of its policy, foreseen in the preview, and those of the company where it has set some."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import leave_pb2 as leave
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import decisions_pb2 as decisions

from tests.builders.leave import AGREED, WAITING, LeaveOffice, leave_office
from tests.databases import Databases

MONDAY, TUESDAY, LATER = "2026-03-09", "2026-03-10", "2026-03-21"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


def give_role(office: LeaveOffice, person: str, role: str) -> None:
    """Somebody holds a role for the whole organisation."""
    grant = access.Grant(person=person, role=f"roles/{role}", scope=access.SCOPE_COMPANY)
    people = office.attendance.people
    people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.everything)


def foreseen(preview: leave.LeavePreview) -> list[list[str]]:
    """Whom people would ask, step by step."""
    return [[one.person for one in step.deciders] for step in preview.steps]


@pytest.mark.clause("LVE-2", "DEC-2")
def test_a_kind_that_names_human_resources_asks_them_behind_the_head(office: LeaveOffice) -> None:
    vacant = office.preview("marriage", TUESDAY, evidence="the certificate")
    assert foreseen(vacant) == [[office.heidi], [office.dora]], "nobody holds the role: the head above stands in"
    assert vacant.steps[1].deciders[0].reason.zh == "作为上一级负责人代行，因该职务空缺"
    give_role(office, office.cleo, "hr")
    preview = office.preview("marriage", TUESDAY, evidence="the certificate")
    assert foreseen(preview) == [[office.heidi], [office.cleo]]
    assert list(preview.leave_request.approval_steps) == ["unit-head", "hr"]

    asked = office.ask("marriage", TUESDAY, evidence="the certificate")
    office.answer(asked)
    office.learn()
    assert office.get(asked.name).state == WAITING
    done = office.answer(asked, who=office.cleo)
    office.learn()
    assert office.get(asked.name).state == AGREED
    assert [one.person for one in done.answers] == [office.heidi, office.cleo]
    assert "approval_steps" not in {fact.key for fact in done.facts}, "the plan says who is asked"


@pytest.mark.clause("LVE-2", "DEC-2")
def test_long_leave_asks_head_head_above_and_human_resources_in_this_order(office: LeaveOffice) -> None:
    give_role(office, office.cleo, "hr")
    order = [office.heidi, office.dora, office.cleo]
    assert foreseen(office.preview("personal", MONDAY, LATER)) == [[one] for one in order]
    asked = office.ask("personal", MONDAY, LATER)
    said = [office.answer(asked, who=who).state for who in order]
    assert said == [decisions.DECISION_STATE_WAITING] * 2 + [decisions.DECISION_STATE_AGREED]


@pytest.mark.clause("LVE-2", "DEC-2")
def test_a_process_that_the_company_has_set_stands_above_the_policy(office: LeaveOffice) -> None:
    people = office.attendance.people
    head = decisions.ProcessStep(kind=decisions.STEP_KIND_HEAD)
    own = decisions.Process(kind="leave", weight=decisions.WEIGHT_ORDINARY, measure="day", steps=[head])
    office.decisions.SetProcess(decisions.SetProcessRequest(process=own), metadata=people.everything)
    preview = office.preview("personal", MONDAY, LATER)
    assert list(preview.leave_request.approval_steps) == ["unit-head", "head-above", "hr"]
    assert foreseen(preview) == [[office.heidi]]
    assert office.answer(office.ask("personal", MONDAY, LATER)).state == decisions.DECISION_STATE_AGREED


@pytest.mark.clause("LVE-2", "LVE-3")
def test_a_long_trip_goes_to_the_head_above_too(office: LeaveOffice) -> None:
    assert foreseen(office.preview("trip", MONDAY, "2026-03-11")) == [[office.heidi]]
    longer = office.preview("trip", MONDAY, "2026-03-12")
    assert (list(longer.leave_request.approval_steps), foreseen(longer)) == (
        ["unit-head", "head-above"],
        [[office.heidi], [office.dora]],
    )
