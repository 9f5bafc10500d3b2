"""Whatever is the service's own to say is refused with FIELD_NOT_WRITABLE and its path; nothing is passed over (SEC-1).

What is sent back as it was read is no writing. What every change changes (its time, its author) cannot be as it was.
"""

from typing import Any

import grpc
import pytest
from bylaw.people.v1 import duties_pb2 as duties
from bylaw.people.v1 import organisation_pb2 as org
from bylaw_chassis.status import refusal_from
from bylaw_chassis.writable import NOBODYS, behaviours
from google.api import field_behavior_pb2 as behaviour

from tests.integration.access.bodies import Bodies
from tests.integration.access.conftest import Department
from tests.integration.access.forging import forge, not_writable
from tests.integration.access.test_fields_not_writable import kind_of, others, requests, thing_of
from tests.integration.access.writable import STEERING, TABLE


@pytest.fixture(scope="module")
def bodies(department: Department) -> Bodies:
    """Sound requests of every call that takes a thing."""
    return Bodies(department)


def updates(call: str) -> bool:
    """Whether a call changes fields of something that is there."""
    return "update_mask" in requests()[call].fields_by_name


def own_paths(call: str) -> list[str]:
    """What no caller of a call writes, but for what only guards a change."""
    return [path for path in not_writable(kind_of(call), set(TABLE[call].split())) if path != "etag"]


def refused(bodies: Bodies, call: str, request: Any) -> str:
    """The path that is refused as not writable, or what became of the request else."""
    try:
        bodies.department.suite.ask(call, request, bodies.token(call))
    except grpc.RpcError as error:
        refusal = refusal_from(error)
        paths = [violation.field for violation in refusal.violations]
        return f"{refusal.reason} {' '.join(paths)}"
    return "taken"


@pytest.mark.parametrize("call", TABLE)
def test_the_contract_says_of_each_field_what_the_table_says(call: str) -> None:
    def said(path: str) -> frozenset[int]:
        kind, field = kind_of(call), None
        for name in path.split("."):
            field = kind.fields_by_name[name]
            kind = field.message_type
        assert field is not None
        return behaviours(field)

    for path in own_paths(call):
        assert said(path) & (NOBODYS | {behaviour.IMMUTABLE}), path
    for path in set(TABLE[call].split()) - set(STEERING.split()):
        assert not said(path) & NOBODYS, path


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("call", TABLE)
def test_what_is_the_services_own_is_refused_by_its_path(bodies: Bodies, call: str) -> None:
    outcomes = {}
    for path in own_paths(call):
        request = bodies.request(call)
        thing = thing_of(call, request)
        forge(thing, path, others(bodies))
        if updates(call):
            request.update_mask.paths.append(path)
        where = next(field.name for field in requests()[call].fields if field.message_type is kind_of(call))
        outcomes[path] = (refused(bodies, call, request), where)
    for path, (outcome, where) in outcomes.items():
        reason, _, named = outcome.partition(" ")
        assert reason == "FIELD_NOT_WRITABLE", (path, outcome)
        assert named.replace("[0]", "") == f"{where}.{path}"


@pytest.mark.parametrize(
    ("call", "change"),
    [
        ("people.Organisation.UpdateUnit", org.Unit(last_date="2031-02-03")),
        ("people.Organisation.UpdatePosition", org.Position(last_date="2031-02-03")),
        ("people.Organisation.UpdateSite", org.Site(last_date="2031-02-03")),
    ],
)
def test_a_change_of_nothing_else_is_refused_with_its_mask_and_without(bodies: Bodies, call: str, change: Any) -> None:
    ((field, value),) = change.ListFields()
    for paths in ([field.name], []):
        request = bodies.request(call)
        setattr(thing_of(call, request), field.name, value)
        request.update_mask.paths[:] = paths
        assert refused(bodies, call, request).startswith("FIELD_NOT_WRITABLE ")


@pytest.mark.parametrize("change", [{"key": "z"}, {"service": "orders"}, {"end_date": "2031-02-03"}])
def test_what_a_duty_does_not_say_itself_is_refused_alone_and_in_the_whole_duty(
    bodies: Bodies, change: dict[str, str]
) -> None:
    call = "people.Duties.UpdateDuty"
    ((name, value),) = change.items()
    alone = duties.UpdateDutyRequest(duty=duties.Duty(name=bodies.duty.name))
    alone.update_mask.paths.append(name)
    setattr(alone.duty, name, value)
    whole = duties.UpdateDutyRequest(
        duty=bodies.department.suite.ask(
            "people.Duties.GetDuty", duties.GetDutyRequest(name=bodies.duty.name), bodies.head
        )
    )
    setattr(whole.duty, name, value)
    for request in (alone, whole):
        assert refused(bodies, call, request) == f"FIELD_NOT_WRITABLE duty.{name}"


@pytest.mark.parametrize("call", [call for call in TABLE if call.rpartition(".")[2].startswith("Update")])
def test_what_is_sent_back_as_it_was_read_is_taken(bodies: Bodies, call: str) -> None:
    answer = bodies.department.suite.ask(call, bodies.request(call), bodies.token(call))
    request = bodies.request(call)
    thing_of(call, request).CopyFrom(answer)
    if updates(call):
        request.update_mask.Clear()
    assert refused(bodies, call, request) == "taken"
