"""A refusal that a clause decided arrives with the clause in the words of today, in both languages."""

from datetime import date
from typing import Any

import pytest
from bylaw_chassis.clause_words import ClauseWording
from bylaw_chassis.local_channel import LocalError
from bylaw_chassis.refusals import PermissionMissing
from bylaw_gateway.problem_schema import problem_schema
from bylaw_gateway.rpc_problems import from_rpc

WORDED = ClauseWording(
    "SEC-1", date(2026, 1, 1), "公司信息保密。", "Company information is confidential.", retired=False
)


def problem(wording: ClauseWording | None) -> dict[str, Any]:
    refusal = PermissionMissing(permission="people.units.create")
    refusal.clause_wording = wording
    return from_rpc(LocalError(refusal, "people.bylaw"), language="en", trace_id="t", spell=lambda field: field).tree()


@pytest.mark.clause("SEC-1")
def test_a_problem_says_the_clause_and_its_words_in_both_languages() -> None:
    said = problem(WORDED)
    assert said["clause"] == "SEC-1"
    assert said["clauseWording"] == {"zh": WORDED.zh, "en": WORDED.en}
    assert said["variables"] == {"permission": "people.units.create"}


def test_a_problem_whose_clause_is_not_known_yet_says_its_id_alone() -> None:
    said = problem(None)
    assert said["clause"] == "SEC-1"
    assert "clauseWording" not in said


def test_words_of_another_clause_than_the_one_that_decided_are_not_shown() -> None:
    assert "clauseWording" not in problem(WORDED._replace(clause="ORG-1"))


def test_the_schema_of_a_problem_has_every_member_that_a_problem_can_have() -> None:
    assert set(problem(WORDED)) <= set(problem_schema()["properties"])
    assert problem_schema()["properties"]["clauseWording"]["properties"].keys() == {"zh", "en"}
