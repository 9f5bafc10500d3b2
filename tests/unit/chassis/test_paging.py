"""Page tokens open for the query and the caller they were sealed for, and for nothing else."""

from typing import Any

import pytest
from bylaw.people.v1 import staff_pb2
from bylaw_chassis.call import Call, new_call
from bylaw_chassis.caller import Caller
from bylaw_chassis.paging import LARGEST_PAGE_SIZE, PageTokens, page_size
from bylaw_chassis.refusals import FieldInvalid, PageTokenInvalid
from bylaw_chassis.values import new_id
from hypothesis import given
from hypothesis import strategies as st

TOKENS = PageTokens(b"a secret of the service, 32 bytes")
QUERY = staff_pb2.ListPeopleRequest(page_size=10)
POSITIONS = st.lists(st.text(max_size=40), max_size=4)


def call(method: str = "/bylaw.people.v1.Staff/ListPeople", person: Any = None) -> Call:
    made = new_call(method, {}, 5)
    made.caller = Caller(person=person or MINE)
    return made


MINE = new_id()


@given(POSITIONS)
def test_what_was_sealed_opens_again_whatever_the_page_size(position: list[str]) -> None:
    token = TOKENS.seal(position, QUERY, call())
    assert bool(token) == bool(position), "behind the last row there is no page"
    again = staff_pb2.ListPeopleRequest(page_size=99, page_token=token)
    assert (TOKENS.open(token, again, call()) or []) == position
    assert TOKENS.open("", again, call()) is None


@given(POSITIONS, st.data())
def test_a_token_altered_in_any_letter_is_refused(position: list[str], data: Any) -> None:
    token = TOKENS.seal(position, QUERY, call())
    at = data.draw(st.integers(0, len(token)))
    letter = data.draw(st.characters())
    for altered in (token[:at] + letter + token[at:], token[:at] + letter + token[at + 1 :], token[:at]):
        if altered in {token, ""}:
            continue
        with pytest.raises(PageTokenInvalid):
            TOKENS.open(altered, QUERY, call())


@given(st.text(min_size=1))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(PageTokenInvalid):
        TOKENS.open(text, QUERY, call())


def test_a_token_of_another_query_caller_call_or_service_is_refused() -> None:
    token = TOKENS.seal(["a"], QUERY, call())
    other_query = staff_pb2.ListPeopleRequest(page_size=10)
    field = next(f for f in other_query.DESCRIPTOR.fields if f.name not in {"page_size", "page_token"})
    setattr(other_query, field.name, {"TYPE_STRING": "x"}.get("TYPE_STRING") if field.type == field.TYPE_STRING else 1)
    for tokens, query, asked in (
        (TOKENS, other_query, call()),
        (TOKENS, QUERY, call(person=new_id())),
        (TOKENS, QUERY, call("/bylaw.people.v1.Staff/Other")),
        (PageTokens(b"another service's secret"), QUERY, call()),
    ):
        with pytest.raises(PageTokenInvalid):
            tokens.open(token, query, asked)


def test_a_page_has_its_default_its_limit_and_never_less_than_nothing() -> None:
    assert (page_size(0), page_size(7), page_size(10**9)) == (100, 7, LARGEST_PAGE_SIZE)
    with pytest.raises(FieldInvalid, match="page_size"):
        page_size(-1)
