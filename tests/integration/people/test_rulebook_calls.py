"""The rulebook as callers read it."""

import grpc
import pytest
from bylaw.people.v1 import rulebook_pb2 as rulebook

from tests.builders.people import PeopleService, reason


def test_a_clause_is_shown_in_both_languages_as_of_a_date(people: PeopleService) -> None:
    request = rulebook.GetClauseRequest(name="clauses/ATT-2")
    clause = people.rulebook.GetClause(request, metadata=people.everything)
    assert (clause.service, clause.kind) == ("attendance", rulebook.CLAUSE_KIND_RULE)
    assert "15" in clause.wording.zh
    assert "15" in clause.wording.en
    assert len(people.rulebook.ListClauses(rulebook.ListClausesRequest(), metadata=people.everything).clauses) == 66


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("clauses/ATT-99", "", "CLAUSE_NOT_FOUND"),
        ("clauses/ATT-2", "1999-12-31", "CLAUSE_NOT_FOUND"),
        ("clauses/ATT-2", "x", "FIELD_INVALID"),
    ],
)
def test_a_clause_that_is_not_in_force_is_not_found(people: PeopleService, name: str, day: str, expected: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        people.rulebook.GetClause(rulebook.GetClauseRequest(name=name, as_of_date=day), metadata=people.everything)
    assert reason(refused.value) == expected
