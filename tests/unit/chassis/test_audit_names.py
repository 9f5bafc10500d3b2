"""What of a request stands in the audit trail: names of things and of fields, and nothing that somebody wrote."""

from uuid import UUID

import pytest
from bylaw.attendance.v1 import punches_pb2
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.audit.entries import actor_of, scope_of
from bylaw_chassis.audit.names import MOST_NAMES, NAME, fields_in, names_in, own_name, things_in
from bylaw_chassis.audit.pseudonyms import Pseudonyms, pseudonyms
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from google.api.httpbody_pb2 import HttpBody
from hypothesis import given
from hypothesis import strategies as st

A, B, C = (f"0193a000-0000-7000-8000-00000000000{digit}" for digit in "abc")
UNITS = (f"units/{A}", f"units/{B}")


def test_names_are_found_at_the_top_and_within_what_the_request_holds_each_once() -> None:
    unit = org.Unit(name=UNITS[0], parent=UNITS[1], head=f"people/{C}", code="SALES")
    request = org.UpdateUnitRequest(unit=unit, request_id=f"people/{A}")
    request.update_mask.paths.extend(["parent", "title.zh"])
    assert set(names_in(request)) == {*UNITS, f"people/{C}", f"people/{A}"}
    assert fields_in(request) == ("parent", "title.zh")


@pytest.mark.parametrize(
    "name",
    [
        f"people/{A}",
        f"people/{A}/sheets/2026-03",
        "clauses/ATT-1",
        f"punchImports/{B}",
    ],
)
def test_names_of_things_are_names(name: str) -> None:
    assert NAME.fullmatch(name)


@pytest.mark.parametrize(
    "text",
    [
        "people/zhang.san", "people/13800138000", "people/张三", f"people/{A}\n", f"people/{A}/zhang", f" people/{A}",
        "people/", "/", "a/b", f"PEOPLE/{A}", f"people/{A.upper()}", "people/1004", "sites/HQ", "people/-",
        "zhang@example.com", "ATT-1", f"people/{A}/sheets/2026-3", "x" * 10_000,
    ],
)  # fmt: skip
def test_whatever_else_is_written_where_a_name_belongs_is_not_kept(text: str) -> None:
    assert names_in(org.GetUnitRequest(name=text)) == ()


@given(st.text())
def test_no_text_of_a_caller_is_kept_but_the_name_of_a_thing(text: str) -> None:
    unit = org.Unit(name=text, code=text, head=text)
    request = org.UpdateUnitRequest(unit=unit, request_id=text)
    request.update_mask.paths.append(text)
    assert {*names_in(request)} == ({text} if NAME.fullmatch(text) else set())
    assert {*fields_in(request)} <= {*org.Unit.DESCRIPTOR.fields_by_name}


@pytest.mark.parametrize(
    "path", ["zhang_san", "parent.zhang", "title.zhang", "title.zh.san", "Parent", "", "parent.", "code;drop"]
)
def test_paths_that_are_no_fields_are_not_kept(path: str) -> None:
    request = org.UpdateUnitRequest(unit=org.Unit(name=UNITS[0]))
    request.update_mask.paths.append(path)
    assert fields_in(request) == ()


def test_files_times_and_free_structures_are_not_looked_into() -> None:
    file = HttpBody(data=UNITS[0].encode(), content_type=UNITS[0])
    assert names_in(punches_pb2.CreatePunchImportRequest(file=file, site=UNITS[1])) == (UNITS[1],)


def test_of_a_long_request_a_bounded_number_is_kept() -> None:
    many = [punches_pb2.Punch(person=f"people/{UUID(int=number)}") for number in range(500)]
    names = names_in(punches_pb2.BatchCreatePunchesRequest(punches=many))
    assert len(names) == MOST_NAMES
    assert names[0] == f"people/{UUID(int=0)}"


def test_an_answer_is_about_the_thing_it_is_or_the_things_it_lists() -> None:
    unit = org.Unit(name=UNITS[0], parent=UNITS[1])
    assert own_name(unit) == (UNITS[0],)
    assert own_name(org.ListUnitsResponse(units=[unit])) == ()
    assert things_in(org.ListUnitsResponse(units=[unit, org.Unit(name=UNITS[1])])) == UNITS
    assert own_name(staff.ListPeopleRequest()) == ()


def test_who_and_how_far_are_one_text_each() -> None:
    person, unit = UUID(A), UUID(B)
    assert actor_of(Caller(person=person)) == f"people/{A}"
    assert actor_of(Caller(service="orders")) == "services/orders"
    assert actor_of(NOBODY) == ""
    held = [HeldGrant(scope, unit, frozenset()) for scope in Scope]
    assert [scope_of(grant) for grant in held] == ["self", f"unit units/{B}", f"subtree units/{B}", "company"]


def test_an_address_has_one_pseudonym_however_it_is_written_and_none_without_a_key() -> None:
    ours = pseudonyms("a master key")
    assert ours.address("2001:db8::1") == ours.address("2001:0DB8:0:0:0:0:0:1") != ours.address("2001:db8::2")
    assert len(ours.address("203.0.113.7")) == 16
    assert ours.address("") == ""
    assert pseudonyms("another key").address("203.0.113.7") != ours.address("203.0.113.7")
    assert Pseudonyms().address("203.0.113.7") == ""
    assert ours.request("m", b"body") != ours.request("n", b"body") != ours.request("n", b"other")
