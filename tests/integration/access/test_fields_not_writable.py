"""What only the service says of a thing, no caller writes: by no call, in no field, with or without a mask (SEC-1)."""

from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from google.protobuf.descriptor_pool import Default

from tests.builders.people import reason
from tests.contract.contracts import rpcs
from tests.integration.access.bodies import MADE, Bodies
from tests.integration.access.conftest import Department
from tests.integration.access.forging import (
    FORGED,
    FORGED_DAY,
    LATER_DAY,
    forge,
    not_writable,
    shown,
    thing_in,
    unknown,
    value_at,
)
from tests.integration.access.matrix import TABLE as CALLS
from tests.integration.access.writable import TABLE, VALUES

READING = ("Get", "List", "Stream", "Watch", "Diff", "Why", "Export")
REFUSING = {"FIELD_INVALID", "FIELD_NOT_WRITABLE"}


@pytest.fixture(scope="module")
def bodies(department: Department) -> Bodies:
    """Sound requests of every call that takes a thing."""
    return Bodies(department)


def requests() -> dict[str, Any]:
    """What each call that may change something takes, by the call's short name."""
    pool, found = Default(), {}
    for rpc in rpcs():
        method = pool.FindMethodByName(rpc.name)
        if not method.name.startswith(READING):
            found[rpc.name.removeprefix("bylaw.").replace(".v1.", ".", 1)] = method.input_type
    return found


def kind_of(call: str) -> Any:
    """What a call takes."""
    field = thing_in(requests()[call])
    assert field is not None, call
    return field.message_type


def thing_of(call: str, request: Any) -> Any:
    """The thing in a request; of several the first."""
    field = thing_in(request.DESCRIPTOR)
    assert field is not None, call
    thing = getattr(request, field.name)
    return thing[0] if field.is_repeated else thing


def test_every_call_that_takes_a_thing_says_which_of_its_fields_are_writable() -> None:
    taking = {call for call, request in requests().items() if thing_in(request)}
    assert set(TABLE) | VALUES == taking
    assert set(MADE) == set(TABLE)
    assert set(TABLE) <= set(CALLS)
    for call, writable in TABLE.items():
        assert unknown(kind_of(call), set(writable.split())) == [], call


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("call", TABLE)
def test_what_is_the_services_own_is_refused_or_not_read(bodies: Bodies, call: str) -> None:
    bodies.department.suite.follow_people()  # what people told so far is no matter of this call
    thing, before = kind_of(call), set(stored(bodies))
    written = []
    for path in not_writable(thing, set(TABLE[call].split())):
        for masked in (False, True) if "update_mask" in requests()[call].fields_by_name else (False,):
            outcome = sent(bodies, call, path, masked=masked)
            if outcome not in {"not read", *REFUSING}:
                written.append((path, masked, outcome))
    assert written == []
    marks = (FORGED, FORGED_DAY, LATER_DAY)
    assert [row for row in stored(bodies) if row not in before and any(mark in row for mark in marks)] == []


@pytest.mark.parametrize("call", TABLE)
def test_the_same_request_without_them_is_taken(bodies: Bodies, call: str) -> None:
    bodies.department.suite.ask(call, bodies.request(call), bodies.token(call))


def test_a_field_that_is_writable_would_be_seen(bodies: Bodies) -> None:
    for call, path in (
        ("people.Organisation.CreateSite", "effective_date"),
        ("people.Access.CreateGrant", "end_date"),
        ("people.Staff.SetQualifications", "since_date"),
        ("people.Staff.AppointPerson", "end_date"),
    ):
        assert sent(bodies, call, path, masked=False) == FORGED_DAY, (call, path)


def sent(bodies: Bodies, call: str, path: str, *, masked: bool) -> str:
    """What becomes of a field that somebody else's value was written to: not read, why refused, or what it is."""
    request = bodies.request(call)
    value = forge(thing_of(call, request), path, others(bodies))
    if masked:
        request.update_mask.paths.append(path)
    try:
        answer = bodies.department.suite.ask(call, request, bodies.token(call))
    except grpc.RpcError as error:
        return reason(error)
    thing = shown(answer, kind_of(call))
    return "not read" if thing is None or value_at(thing, path) != value else value


def others(bodies: Bodies) -> dict[str, str]:
    """Of each kind one that is on record and somebody else's."""
    return {
        "people": bodies.department.stranger.name,
        "units": bodies.department.other.name,
        "positions": bodies.position,
        "sites": bodies.site,
        "warehouses": bodies.stock.warehouse.name,
    }


def stored(bodies: Bodies) -> list[str]:
    """Every row of every service, but for the trail, which says what was sent."""
    suite, found = bodies.department.suite, []
    for own in suite.services:
        database = own.database
        with database.engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names(schema=database.schema)
            for table in sorted(set(tables) - {"audit"}):
                rows = connection.execute(sa.text(f'select to_jsonb(t)::text from "{table}" t'))  # noqa: S608
                found += [f"{table}: {row}" for row in rows.scalars()]
    return found
