"""What a clause says on a day is what a replay of its revisions says, in whatever order they were written."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from bylaw_chassis.refusals import Refusal
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import (
    Book,
    Clause,
    ClauseKind,
    ClauseRecord,
    Origin,
    Revision,
    differences,
    in_order,
    view_of,
    views_on,
)
from bylaw_people.rules.rulebook.writing import require_own_id, require_own_kind, revision
from hypothesis import given
from hypothesis import strategies as some

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
BOOK = Book((Clause("ATT-2", "attendance", ClauseKind.RULE, Wording("十五分钟", "fifteen"), date(2000, 1, 1)),))


def written(day: date, words: str, *, origin: Origin = Origin.COMPANY, retired: bool = False) -> Revision:
    return Revision(0, day, Wording(words, words), origin, "why", retired)


def clause(*revisions: Revision, identifier: str = "ATT-2", position: int = 0) -> ClauseRecord:
    record = ClauseRecord(identifier, "attendance", ClauseKind.RULE, position)
    for one in revisions:
        record = record.with_revision(one)
    return record


def replayed(revisions: Sequence[Revision], day: date) -> Wording | None:
    """Day by day, each revision written over what was there from its date until the next date of an earlier one."""
    says: dict[date, Wording] = {}
    for at, one in enumerate(revisions):
        later = [other.effective_date for other in revisions[:at] if other.effective_date > one.effective_date]
        until = min(later, default=date.max)
        says |= {each: one.wording for each in DAYS if one.effective_date <= each < until}
    return says.get(day)


@given(some.lists(some.tuples(some.sampled_from(DAYS), some.sampled_from("abcdef")), max_size=10))
def test_the_wording_as_of_any_day_equals_a_replay_of_the_revisions(given_: list[tuple[date, str]]) -> None:
    revisions = [written(day, words) for day, words in given_]
    record = clause(*revisions)
    for day in DAYS:
        present = record.on(day)
        assert (present.wording if present else None) == replayed(revisions, day)
    assert [one.number for one in record.revisions] == list(range(1, len(revisions) + 1))


@given(some.lists(some.tuples(some.sampled_from(DAYS), some.sampled_from("abcdef")), min_size=1, max_size=10))
def test_the_timeline_has_one_wording_a_day_and_nothing_that_was_written_is_lost(
    given_: list[tuple[date, str]],
) -> None:
    record = clause(*(written(day, words) for day, words in given_))
    days = [one.effective_date for one in record.timeline()]
    assert days == sorted({day for day, _ in given_})
    assert [(one.effective_date, one.wording.en) for one in record.revisions] == given_
    assert {one.number for one in record.newest_first(before=3)} == {1, 2} & set(range(1, len(given_) + 1))


def test_before_its_first_day_there_is_no_such_clause() -> None:
    record = clause(written(FIRST, "a"))
    assert record.on(FIRST - timedelta(days=1)) is None
    assert views_on([record], FIRST - timedelta(days=1), BOOK) == []


def test_a_clause_that_reads_otherwise_than_what_ships_shows_both() -> None:
    view = view_of(clause(written(FIRST, "ten")), FIRST, BOOK)
    assert view
    assert (view.present.wording.en, view.shipped) == ("ten", Wording("十五分钟", "fifteen"))
    same = clause(Revision(0, FIRST, Wording("十五分钟", "fifteen"), Origin.SHIPPED))
    assert view_of(same, FIRST, BOOK) == (same, same.revisions[0], None)


def test_what_differs_between_two_days_is_new_gone_reworded_or_retired() -> None:
    later = FIRST + timedelta(days=5)
    same = clause(written(FIRST, "a"), identifier="ATT-1")
    reworded = clause(written(FIRST, "a"), written(later, "b"), position=1)
    retired = clause(written(FIRST, "a"), written(later, "a", retired=True), identifier="ATT-3", position=2)
    new = clause(written(later, "n"), identifier="COMPANY-1", position=3)
    found = list(differences([new, retired, reworded, same], (FIRST, later), BOOK))
    assert [
        (one.before.clause.id if one.before else "", one.after.clause.id if one.after else "") for one in found
    ] == [("ATT-2", "ATT-2"), ("ATT-3", "ATT-3"), ("", "COMPANY-1")]
    assert list(differences([new, retired, reworded, same], (later, later), BOOK)) == []


def test_the_company_s_own_clauses_stand_behind_those_that_ship_by_letters_and_number() -> None:
    own = [clause(identifier=name, position=1_000_000) for name in ("HOUSE-10", "HOUSE-2", "COMPANY-3")]
    ordered = in_order([*own, clause(identifier="ORD-1", position=50)])
    assert [record.id for record in ordered] == ["ORD-1", "COMPANY-3", "HOUSE-2", "HOUSE-10"]


@pytest.mark.parametrize("identifier", ["COMPANY-1", "HOUSE-9999", "ABCD-10"])
def test_an_id_of_the_company_s_own_has_four_to_twenty_letters_and_a_number(identifier: str) -> None:
    require_own_id(identifier)


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "ATT-2",
        "ATT-99",
        "COMPANY",
        "COMPANY-0",
        "COMPANY-01",
        "company-1",
        "COMPANY-12345",
        "COMPANY-1\n",
        "A" * 21 + "-1",
        "ＣＯＭＰＡＮＹ-1",
        "COMPANY-１",
    ],
)
def test_any_other_id_is_refused(identifier: str) -> None:
    with pytest.raises(Refusal, match="FIELD_INVALID"):
        require_own_id(identifier)


def test_no_rule_decides_by_a_clause_that_the_company_made_up() -> None:
    with pytest.raises(Refusal, match="FIELD_INVALID"):
        require_own_kind(ClauseKind.RULE)
    require_own_kind(ClauseKind.DUTY)


@pytest.mark.parametrize(
    ("zh", "en", "reason", "fields"),
    [
        ("", "", "why", ["wording"]),
        ("好", "good", "", ["reason"]),
        (" 好", "good", "why", ["wording"]),
        ("好", "two\nlines", "why", ["wording.en"]),
        ("好" * 2_001, "x" * 2_001, "y" * 501, ["wording", "wording.en", "reason"]),
        ("好\0", "", "why", ["wording"]),
    ],
)
def test_words_and_reasons_that_cannot_be_written_are_all_named(
    zh: str, en: str, reason: str, fields: list[str]
) -> None:
    with pytest.raises(Refusal, match="FIELD_INVALID") as refused:
        revision(Wording(zh, en), FIRST, reason)
    assert [fault.field for fault in refused.value.violations] == fields


def test_one_language_stands_for_both() -> None:
    assert revision(Wording("好", ""), FIRST, "why").wording == Wording("好", "好")
