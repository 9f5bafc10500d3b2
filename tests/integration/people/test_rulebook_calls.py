"""The rulebook as callers read and revise it: dated, nothing overwritten, nothing vanished."""

import uuid
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import rulebook_pb2 as rulebook
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from

from tests.builders.people import PeopleService, identifier, reason
from tests.builders.rulebook import REASON, RulebookCalls
from tests.integration.people.conftest import Shop

TODAY, SHIPPED = "2026-03-02", "2000-01-01"


@pytest.fixture
def book(people: PeopleService) -> RulebookCalls:
    return RulebookCalls(people)


def refused(call: Any, *given: Any, **more: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        call(*given, **more)
    return reason(error.value)


def test_a_clause_is_shown_in_both_languages_as_of_a_date(book: RulebookCalls) -> None:
    clause = book.get("ATT-2")
    assert (clause.service, clause.kind) == ("attendance", rulebook.CLAUSE_KIND_RULE)
    assert (clause.origin, clause.effective_date) == (rulebook.CLAUSE_ORIGIN_SHIPPED, SHIPPED)
    assert "15" in clause.wording.zh
    assert "15" in clause.wording.en
    assert not clause.HasField("shipped_wording")
    assert len(book.listed()) == 66


@pytest.mark.parametrize(
    ("clause", "day", "expected"),
    [
        ("ATT-99", "", "CLAUSE_NOT_FOUND"),
        ("ATT-2", "1999-12-31", "CLAUSE_NOT_FOUND"),
        ("ATT-2", "x", "FIELD_INVALID"),
        ("", "", "FIELD_INVALID"),
        ("ATT-2/revisions/1", "", "FIELD_INVALID"),
        ("ATT\0-2", "", "FIELD_INVALID"),
    ],
)
def test_a_clause_that_is_not_in_force_is_not_found(book: RulebookCalls, clause: str, day: str, expected: str) -> None:
    assert refused(book.get, clause, day) == expected


@pytest.mark.postgresql15
@pytest.mark.clause("ATT-2")
def test_a_revision_holds_from_its_date_past_or_to_come_until_the_next_and_nothing_is_overwritten(
    book: RulebookCalls,
) -> None:
    shipped = book.get("ATT-2").wording.en
    book.revise("ATT-2", "Twenty minutes.", "2026-06-01")
    book.revise("ATT-2", "Ten minutes.", "2026-01-01")
    assert book.words("ATT-2", "2025-12-31", "2026-01-01", TODAY, "2026-05-31", "2026-06-01") == [
        shipped,
        *["Ten minutes."] * 3,
        "Twenty minutes.",
    ]
    history = book.history("ATT-2").revisions
    assert [(row.name.rpartition("/")[2], row.effective_date, row.wording.en, row.reason) for row in history] == [
        ("3", "2026-01-01", "Ten minutes.", REASON),
        ("2", "2026-06-01", "Twenty minutes.", REASON),
        ("1", SHIPPED, shipped, ""),
    ]


def test_the_history_says_who_wrote_it_when_and_what_was_replaced(book: RulebookCalls) -> None:
    book.revise("ATT-2", "Ten minutes.")
    book.people.clock.pass_time(minutes=5)
    book.revise("ATT-2", "Nine minutes.")
    newest, before, first = book.history("ATT-2").revisions
    assert newest.reviser == before.reviser == f"people/{book.people.administrator}"
    assert first.reviser == ""
    assert newest.create_time.ToSeconds() - before.create_time.ToSeconds() == 300
    assert [row.replaced for row in (newest, before, first)] == [False, True, False]
    assert book.words("ATT-2", TODAY) == ["Nine minutes."]


def test_a_revised_clause_shows_what_ships_beside_it_and_why(book: RulebookCalls) -> None:
    shipped = book.get("ATT-2").wording
    clause = book.revise("ATT-2", "Ten minutes.")
    assert clause.origin == rulebook.CLAUSE_ORIGIN_COMPANY
    assert (clause.effective_date, clause.reason, clause.shipped_wording) == (TODAY, REASON, shipped)


def test_what_changes_nothing_writes_nothing_and_tells_nothing(book: RulebookCalls) -> None:
    book.revise("ATT-2", "Ten minutes.", "2026-01-01")
    told = len(book.told())
    clause = book.revise("ATT-2", "Ten minutes.")
    assert clause.effective_date == "2026-01-01"
    assert len(book.history("ATT-2").revisions) == 2
    assert len(book.told()) == told


def test_who_saw_an_earlier_revision_is_told_so_and_changes_nothing(book: RulebookCalls) -> None:
    seen = book.get("ATT-2").etag
    clause = book.revise("ATT-2", "Ten minutes.", etag=seen)
    for change in (book.restore, book.retire):
        assert refused(change, "ATT-2", etag=seen) == "CLAUSE_CHANGED"
    assert refused(book.revise, "ATT-2", "Nine.", etag=seen) == "CLAUSE_CHANGED"
    assert book.revise("ATT-2", "Nine.", etag=clause.etag).wording.en == "Nine."


def test_the_etag_changes_on_the_day_on_which_other_words_begin_to_hold(book: RulebookCalls) -> None:
    clause = book.revise("ATT-2", "Ten minutes.", "2026-03-03")
    before = book.get("ATT-2").etag
    assert before == book.get("ATT-2", TODAY).etag
    assert before != clause.etag == book.get("ATT-2", "2026-03-03").etag
    assert book.revise("ATT-2", "Nine.", "2026-03-03", etag=before).wording.en == "Nine."


@pytest.mark.clause("ATT-2")
def test_a_clause_that_rules_cite_is_retired_with_a_reason_and_does_not_vanish(book: RulebookCalls) -> None:
    words = book.get("ATT-2").wording
    clause = book.retire("ATT-2", "2026-04-01")
    assert (clause.retired, clause.wording, clause.reason) == (True, words, REASON)
    assert [book.get("ATT-2", day).retired for day in ("2026-03-31", "2026-04-01")] == [False, True]
    assert [one.retired for one in book.listed("2026-05-01") if one.name == "clauses/ATT-2"] == [True]
    back = book.revise("ATT-2", "Ten minutes.", "2026-05-01")
    assert not back.retired
    assert [book.get("ATT-2", day).retired for day in ("2026-04-30", "2026-05-01")] == [True, False]


def test_a_clause_goes_back_to_what_ships(book: RulebookCalls) -> None:
    shipped = book.get("ATT-2").wording
    book.revise("ATT-2", "Ten minutes.", "2026-01-01")
    clause = book.restore("ATT-2")
    assert (clause.wording, clause.origin) == (shipped, rulebook.CLAUSE_ORIGIN_RESTORED)
    assert book.words("ATT-2", "2026-02-01", TODAY) == ["Ten minutes.", shipped.en]


def test_the_company_adds_clauses_of_its_own_behind_those_that_ship(book: RulebookCalls) -> None:
    book.create("HOUSE-10")
    clause = book.create("HOUSE-2", "Plants are watered.", kind=rulebook.CLAUSE_KIND_DUTY, since="2026-02-01")
    assert (clause.service, clause.kind, clause.effective_date) == ("company", rulebook.CLAUSE_KIND_DUTY, "2026-02-01")
    assert [one.name for one in book.listed()[66:]] == ["clauses/HOUSE-2", "clauses/HOUSE-10"]
    assert len(book.listed("2026-02-15")) == 67
    assert book.revise("HOUSE-2", "Plants are watered on Mondays.").wording.en == "Plants are watered on Mondays."
    assert refused(book.create, "HOUSE-2") == "CLAUSE_ID_TAKEN"
    assert refused(book.restore, "HOUSE-2") == "CLAUSE_NOT_SHIPPED"


@pytest.mark.parametrize(
    ("call", "given"),
    [
        ("create", {"clause": "ATT-9"}),
        ("create", {"clause": "COMPANY-1", "kind": rulebook.CLAUSE_KIND_RULE}),
        ("create", {"clause": "COMPANY-1", "kind": rulebook.CLAUSE_KIND_UNSPECIFIED}),
        ("create", {"clause": "COMPANY-1", "since": "2026-02-30"}),
        ("create", {"clause": "COMPANY-1", "reason": ""}),
        ("revise", {"clause": "ATT-2", "words": "Ten\nminutes."}),
        ("revise", {"clause": "ATT-2", "words": "x" * 2_001}),
        ("revise", {"clause": "ATT-2", "words": "Ten.", "reason": " "}),
        ("retire", {"clause": "ATT-2", "reason": ""}),
        ("restore", {"clause": "ATT-2", "reason": ""}),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_changes(
    book: RulebookCalls, call: str, given: dict[str, Any]
) -> None:
    assert refused(getattr(book, call), **given) == "FIELD_INVALID"
    assert len(book.listed()) == 66
    assert len(book.history("ATT-2").revisions) == 1


@pytest.mark.parametrize("call", ["revise", "retire", "restore"])
def test_a_clause_that_is_not_there_cannot_be_changed(book: RulebookCalls, call: str) -> None:
    more = {"words": "x"} if call == "revise" else {}
    assert refused(getattr(book, call), "ATT-99", **more) == "CLAUSE_NOT_FOUND"
    assert refused(book.retire, "ATT-2", "1999-01-01") == "CLAUSE_NOT_FOUND"


@pytest.mark.clause("SEC-1")
def test_only_who_may_revise_the_rulebook_of_the_whole_organisation_may_revise_it(shop: Shop) -> None:
    book = RulebookCalls(shop.service)
    unit = identifier(shop.sales.name)
    part = shop.service.as_caller(HeldGrant(Scope.SUBTREE, unit, frozenset({"people.clauses.revise"})))
    for caller in (part, shop.service.signed_in("chen"), shop.service.signed_in("wang")):
        assert refused(book.revise, "ATT-2", "Ten.", caller=caller) == "PERMISSION_MISSING"
    for request, call in (
        (rulebook.ImportClausesRequest(), shop.service.rulebook.ImportClauses),
        (rulebook.RetireClauseRequest(name="clauses/ATT-2"), shop.service.rulebook.RetireClause),
        (rulebook.RestoreClauseRequest(name="clauses/ATT-2"), shop.service.rulebook.RestoreClause),
        (rulebook.CreateClauseRequest(clause_id="COMPANY-1"), shop.service.rulebook.CreateClause),
    ):
        with pytest.raises(grpc.RpcError) as error:
            call(request, metadata=part)
        assert reason(error.value) in {"PERMISSION_MISSING", "FIELD_INVALID"}
    assert len(book.history("ATT-2").revisions) == 1


def test_everybody_who_is_signed_in_reads_the_rulebook_and_its_history(shop: Shop) -> None:
    wang = shop.service.signed_in("wang")
    stub = shop.service.rulebook
    assert len(stub.ListClauses(rulebook.ListClausesRequest(), metadata=wang).clauses) == 66
    assert stub.ListClauseRevisions(
        rulebook.ListClauseRevisionsRequest(parent="clauses/ATT-2"), metadata=wang
    ).revisions
    assert stub.ExportClauses(rulebook.ExportClausesRequest(), metadata=wang).data
    with pytest.raises(grpc.RpcError) as error:
        stub.ListClauses(rulebook.ListClausesRequest())
    assert reason(error.value) == "SIGN_IN_REQUIRED"


def test_what_is_different_between_two_days_is_said_from_either_side(book: RulebookCalls) -> None:
    shipped = book.get("ATT-2").wording.en
    book.revise("ATT-2", "Ten minutes.", "2026-02-01")
    book.create("COMPANY-1", since="2026-02-15")
    book.retire("WHS-7", "2026-03-01")
    found = book.diff("2026-01-31")
    assert [(one.before.name, one.after.name) for one in found] == [
        ("clauses/ATT-2", "clauses/ATT-2"),
        ("clauses/WHS-7", "clauses/WHS-7"),
        ("", "clauses/COMPANY-1"),
    ]
    assert (found[0].before.wording.en, found[0].after.wording.en) == (shipped, "Ten minutes.")
    assert (found[1].before.retired, found[1].after.retired) == (False, True)
    assert [(one.before.name, one.after.name) for one in book.diff(TODAY, "2026-01-31")] == [
        (one.after.name, one.before.name) for one in found
    ]
    assert book.diff(TODAY, TODAY) == []
    assert refused(book.diff, "") == "FIELD_INVALID"


def test_a_history_comes_in_pages_that_hold_each_revision_once(book: RulebookCalls) -> None:
    for number in range(5):
        book.revise("ATT-2", f"{number} minutes.")
    found, token = [], ""
    while True:
        page = book.history("ATT-2", page_size=2, page_token=token)
        found += [row.wording.en for row in page.revisions]
        token = page.next_page_token
        if not token:
            break
    assert found == [row.wording.en for row in book.history("ATT-2").revisions]
    assert len(found) == 6
    assert refused(book.history, "ATT-2", page_token="x") == "PAGE_TOKEN_INVALID"  # noqa: S106


def test_the_feed_tells_a_clause_whole_with_every_wording_that_counts(book: RulebookCalls) -> None:
    assert len(book.told()) == 66
    book.revise("ATT-2", "Ten minutes.", "2026-01-01")
    book.retire("ATT-2", "2026-06-01")
    changed = book.told()[-1]
    assert (changed.name, changed.service, changed.kind) == ("clauses/ATT-2", "attendance", rulebook.CLAUSE_KIND_RULE)
    assert [(one.clause, one.effective_date, one.retired) for one in changed.wordings] == [
        ("ATT-2", SHIPPED, False),
        ("ATT-2", "2026-01-01", False),
        ("ATT-2", "2026-06-01", True),
    ]
    assert REASON not in str(changed)


def test_the_same_wish_again_under_its_key_writes_once(book: RulebookCalls) -> None:
    key = uuid.uuid4().hex
    first = book.revise("ATT-2", "Ten minutes.", request_id=key)
    book.revise("ATT-2", "Nine minutes.")
    assert book.revise("ATT-2", "Ten minutes.", request_id=key) == first
    assert len(book.history("ATT-2").revisions) == 3


@pytest.mark.clause("SEC-1")
def test_a_refusal_carries_its_clause_in_the_words_of_today(people: PeopleService) -> None:
    book = RulebookCalls(people)
    shipped = book.get("SEC-1").wording
    book.revise("SEC-1", "Shut up.", "2026-03-03")
    nobody = people.as_caller(HeldGrant(Scope.SELF, None, frozenset({"people.staff.read"})))
    said = []
    for _ in range(2):
        with pytest.raises(grpc.RpcError) as error:
            book.revise("ATT-2", "Ten.", caller=nobody)
        said.append(refusal_from(error.value).clause_wording)
        people.clock.pass_time(days=1)
        people.service.server.wordings.refresh()
        nobody = people.as_caller(HeldGrant(Scope.SELF, None, frozenset({"people.staff.read"})))
    assert [(one.zh, one.en) for one in said if one] == [(shipped.zh, shipped.en), ("Shut up.。", "Shut up.")]
