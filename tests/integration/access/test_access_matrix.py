"""Every call of every service, asked by every role that ships: let in exactly where the table says so (SEC-1)."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.options.v1 import access_pb2 as options
from bylaw_chassis.access import AccessNotStated, access_rule
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_calls, known_permissions
from bylaw_people.rules.access.roles import roles
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool

from tests.builders.access import outcome
from tests.builders.people import identifier
from tests.contract.contracts import COMPILED, rpcs
from tests.integration.access.conftest import Department, Suite
from tests.integration.access.matrix import ANYBODY, SIGNED_IN, TABLE

ROLES = roles(known_permissions())
AT_THE_DOOR = {"PERMISSION_MISSING", "SIGN_IN_REQUIRED", "TOKEN_ENDED", "INTERNAL"}
"""Whoever hears none of these was let in, whatever the call then said of an empty request."""


def test_the_table_has_a_row_for_every_call_and_none_for_others(suite: Suite) -> None:
    assert set(TABLE) == set(suite.calls)
    assert set(TABLE) == {rpc.name.removeprefix("bylaw.").replace(".v1.", ".", 1) for rpc in rpcs()}
    assert len(known_calls()) == len(TABLE)


def test_the_table_names_roles_that_exist_and_every_role_may_do_something() -> None:
    named = set().union(*(may.split() for may in TABLE.values() if may not in {ANYBODY, SIGNED_IN}))
    assert named == set(ROLES)


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_let_in_where_the_table_says_so_and_nowhere_else(department: Department, role: str) -> None:
    suite = department.suite
    held = HeldGrant(Scope.COMPANY, None, ROLES[role].permissions, (f"roles/{role}",))
    person = suite.access.hire(f"{role}-1", department.own.name, department.site.name)
    token = suite.token(held, person=identifier(person.name))
    wrong = []
    for call, may in TABLE.items():
        refused = outcome(lambda call=call: suite.ask(call, None, token))
        let_in = may in {ANYBODY, SIGNED_IN} or role in may.split()
        if refused in AT_THE_DOOR if let_in else refused != "PERMISSION_MISSING":
            wrong.append((call, refused or "let in"))
    assert wrong == []


@pytest.mark.clause("SEC-1")
def test_whoever_is_not_signed_in_makes_the_open_calls_alone(suite: Suite) -> None:
    answers = {call: outcome(lambda call=call: suite.ask(call, None, ())) for call in TABLE}
    assert {call for call, refused in answers.items() if refused != "SIGN_IN_REQUIRED"} == {
        call for call, may in TABLE.items() if may == ANYBODY
    }


@pytest.mark.clause("SEC-1")
def test_whoever_is_signed_in_and_holds_nothing_makes_the_calls_about_themselves_alone(department: Department) -> None:
    suite = department.suite
    person = suite.access.hire("nothing-1", department.own.name, department.site.name)
    token = suite.token(person=identifier(person.name))
    answers = {call: outcome(lambda call=call: suite.ask(call, None, token)) for call in TABLE}
    assert {call for call, refused in answers.items() if refused != "PERMISSION_MISSING"} == {
        call for call, may in TABLE.items() if may in {ANYBODY, SIGNED_IN}
    }


def stripped() -> Iterator[tuple[str, DescriptorPool]]:
    """The contract once for each call, in which that call does not state who may make it."""
    compiled = FileDescriptorSet.FromString(COMPILED.read_bytes())
    for file in compiled.file:
        for service in file.service:
            for method in service.method:
                if not method.options.HasExtension(options.access):
                    continue
                stated = options.Access()
                stated.CopyFrom(method.options.Extensions[options.access])
                method.options.ClearExtension(options.access)
                pool = DescriptorPool()
                for each in compiled.file:
                    pool.Add(each)
                method.options.Extensions[options.access].CopyFrom(stated)
                yield f"{file.package}.{service.name}.{method.name}", pool


@pytest.mark.clause("SEC-1")
def test_no_call_is_served_that_does_not_say_who_may_make_it() -> None:
    looked_at = 0
    for name, pool in stripped():
        with pytest.raises(AccessNotStated, match=name.rpartition(".")[2]):
            access_rule(pool.FindMethodByName(name))
        looked_at += 1
    assert looked_at == len(TABLE)


def test_a_call_that_is_refused_says_which_permission_is_missing(department: Department) -> None:
    suite = department.suite
    token = suite.token(person=identifier(department.colleague.name))
    with pytest.raises(grpc.RpcError, match=r"people\.grants\.create"):
        suite.ask("people.Access.CreateGrant", None, token)
