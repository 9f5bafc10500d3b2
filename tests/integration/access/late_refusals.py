"""Refusals that come late, when a call has found and often written most of what it wanted."""

from collections.abc import Callable, Mapping
from typing import Any

from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import rulebook_pb2 as rulebook
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from google.api.httpbody_pb2 import HttpBody

from tests.integration.access.bodies import Bodies
from tests.integration.access.poisoning import NOBODY

Late = tuple[str, Any, str]
"""The call, the request, and why it is refused."""

PEOPLE_FILE = """工号,姓名,部门,用工类型,入职日期,地点
late-1,李伟,OWN,正式,2026-02-01,HQ
late-2,王芳,OWN,正式,2026-02-01,HQ
late-3,赵敏,NOWHERE,正式,2026-02-01,HQ
"""
CLAUSES_FILE = """clause,kind,effective_date,retired,wording_zh,wording_en,reason
LATE-1,record,,,甲。,One.,
ATT-2,,,,乙。,Two.,
NOT AN ID,record,,,丙。,Three.,
"""


def _person(bodies: Bodies, **taken: str) -> Any:
    request = bodies.request("people.Staff.CreatePerson")
    for name, value in taken.items():
        setattr(request.person, name, value)
    return request


def _batch(bodies: Bodies) -> Any:
    request = bodies.request("attendance.Punches.BatchCreatePunches")
    request.punches.add(person=f"people/{NOBODY}", local_time="2026-02-03 08:00:00")
    return request


def _circle(bodies: Bodies) -> org.UpdateUnitRequest:
    made = bodies.department.suite.ask(
        "people.Organisation.CreateUnit", bodies.request("people.Organisation.CreateUnit"), bodies.head
    )
    request = org.UpdateUnitRequest(unit=org.Unit(name=bodies.department.own.name, parent=made.name))
    request.update_mask.paths.append("parent")
    return request


def _to_oneself(bodies: Bodies) -> Any:
    request = bodies.request("people.Access.CreateGrant")
    request.grant.person = f"people/{bodies.department.suite.attendance.people.administrator}"
    return request


def _own_answer(bodies: Bodies) -> decisions.AnswerDecisionRequest:
    asked = bodies.department.suite.ask(
        "people.Decisions.CreateDecision", bodies.request("people.Decisions.CreateDecision"), bodies.head
    )
    agree = decisions.ANSWER_KIND_AGREE
    return decisions.AnswerDecisionRequest(name=asked.name, answer=agree, step=asked.step, text="x")


def _process_of_nobody(bodies: Bodies) -> Any:
    request = bodies.request("people.Decisions.SetProcess")
    request.process.steps.add(kind=decisions.STEP_KIND_PERSON, person=f"people/{NOBODY}")
    return request


def _held_role(bodies: Bodies) -> access.DeleteRoleRequest:
    spare = bodies.spare.name
    bodies.department.suite.access.give(bodies.role.removeprefix("roles/"), person=spare, start_date="2026-03-02")
    return access.DeleteRoleRequest(name=bodies.role)


LATE: Mapping[str, Callable[[Bodies], Late]] = {
    "a number that is taken": lambda one: (
        "people.Staff.CreatePerson",
        _person(one, number="spare"),
        "PERSON_NUMBER_TAKEN",
    ),
    "a login that is taken": lambda one: ("people.Staff.CreatePerson", _person(one, login="spare"), "LOGIN_TAKEN"),
    "a batch whose last punch is nobody's": lambda one: (
        "attendance.Punches.BatchCreatePunches",
        _batch(one),
        "PERSON_NOT_FOUND",
    ),
    "a file whose last line is faulty": lambda _: (
        "people.Organisation.ImportOrganisation",
        org.ImportOrganisationRequest(file=HttpBody(data=PEOPLE_FILE.encode()), kind=org.ORGANISATION_FILE_KIND_PEOPLE),
        "IMPORT_REFUSED",
    ),
    "a rulebook whose last line is faulty": lambda _: (
        "people.Rulebook.ImportClauses",
        rulebook.ImportClausesRequest(file=HttpBody(data=CLAUSES_FILE.encode()), reason="x"),
        "IMPORT_REFUSED",
    ),
    "a head who leaves a post behind": lambda one: (
        "people.Staff.EndEmployment",
        staff.EndEmploymentRequest(name=one.department.head.name, last_date="2026-03-31"),
        "PERSON_HEADS_UNIT",
    ),
    "a unit that is closed over its people": lambda one: (
        "people.Organisation.CloseUnit",
        org.CloseUnitRequest(name=one.department.own.name, last_date="2026-03-31"),
        "UNIT_IN_USE",
    ),
    "a unit below itself": lambda one: ("people.Organisation.UpdateUnit", _circle(one), "UNIT_CYCLE"),
    "a grant to oneself": lambda one: ("people.Access.CreateGrant", _to_oneself(one), "GRANT_TO_SELF"),
    "a role that somebody holds": lambda one: ("people.Access.DeleteRole", _held_role(one), "ROLE_IN_USE"),
    "an answer to one's own request": lambda one: (
        "people.Decisions.AnswerDecision",
        _own_answer(one),
        "DECISION_OWN",
    ),
    "a process whose last step asks nobody": lambda one: (
        "people.Decisions.SetProcess",
        _process_of_nobody(one),
        "PERSON_NOT_FOUND",
    ),
    "a password that is easily guessed": lambda one: (
        "people.SignIn.SetPassword",
        sessions.SetPasswordRequest(name=one.spare.name, new_password="aaaaaaaaaaaa"),  # noqa: S106
        "PASSWORD_TOO_WEAK",
    ),
}
"""By what is wrong."""
