"""Many who revise at once, and processes that start at once: nothing is lost, nothing is written twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw_people.rulebook.book import EDITION, shipped_book
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import Book, Clause, ClauseKind
from bylaw_people.store.work import Store
from bylaw_people.use_cases.rulebook.take_edition import take_edition

from tests.builders.people import PeopleService, reason
from tests.builders.rulebook import RulebookCalls

pytestmark = pytest.mark.postgresql15
TODAY = date(2026, 3, 2)


@pytest.fixture
def book(people: PeopleService) -> RulebookCalls:
    return RulebookCalls(people)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except grpc.RpcError as error:
            return reason(error)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_revisions_written_at_once_none_is_lost(book: RulebookCalls) -> None:
    says = [f"{number} minutes." for number in range(12)]
    at_once(*[lambda words=words: book.revise("ATT-2", words) for words in says])  # type: ignore[misc]
    history = book.history("ATT-2").revisions
    assert sorted(row.wording.en for row in history[:-1]) == sorted(says)
    assert [int(row.name.rpartition("/")[2]) for row in history] == list(range(13, 0, -1))
    assert book.get("ATT-2").wording == history[0].wording == book.told()[-1].wordings[-1].wording


def test_of_two_who_saw_the_same_one_revises_and_the_other_is_told(book: RulebookCalls) -> None:
    seen = book.get("ATT-2").etag
    wishes = [lambda words=words: book.revise("ATT-2", words, etag=seen) for words in ("A.", "B.", "C.")]  # type: ignore[misc]
    answers = at_once(*wishes)
    assert sorted(str(answer) for answer in answers if isinstance(answer, str)) == ["CLAUSE_CHANGED"] * 2
    assert len(book.history("ATT-2").revisions) == 2


def test_an_import_and_a_revision_at_once_are_both_on_record(book: RulebookCalls) -> None:
    file = "clause,effective_date,wording_zh\nATT-2,2026-01-01,甲。\nATT-3,2026-01-01,乙。\n"
    at_once(lambda: book.imported(file), lambda: book.revise("ATT-3", "C."), lambda: book.revise("ATT-2", "D."))
    assert [len(book.history(clause).revisions) for clause in ("ATT-2", "ATT-3")] == [3, 3]


def test_a_new_id_at_once_is_taken_once(book: RulebookCalls) -> None:
    answers = at_once(*[lambda: book.create("COMPANY-1")] * 4)
    assert sorted(answer for answer in answers if isinstance(answer, str)) == ["CLAUSE_ID_TAKEN"] * 3


def test_processes_that_start_at_once_take_an_edition_in_once(book: RulebookCalls) -> None:
    store = Store(book.people.service.database)
    edition = Book(
        (
            *shipped_book().clauses,
            Clause("ATT-5", "attendance", ClauseKind.RULE, Wording("新", "new"), date(2026, 1, 1)),
        )
    )
    answers = at_once(*[lambda: take_edition(store, edition, EDITION + 1, today=TODAY)] * 4)
    assert sorted(answers) == [0, 0, 0, 1]
    assert book.words("ATT-5", "2026-03-02") == ["new"]
    assert len(book.told()) == 67


def test_a_new_edition_leaves_the_company_s_words_alone_and_an_older_one_changes_nothing(book: RulebookCalls) -> None:
    store = Store(book.people.service.database)
    book.revise("ATT-3", "Own.", "2026-01-01")
    shipped = book.get("ATT-2").wording.en
    newer = Book(
        tuple(
            Clause(one.id, one.service, one.kind, Wording("新", "new"), one.effective_date)
            for one in shipped_book().clauses
            if one.id in {"ATT-2", "ATT-3"}
        )
    )
    assert take_edition(store, newer, EDITION + 1, today=TODAY) == 1
    assert take_edition(store, shipped_book(), EDITION, today=TODAY) == 0
    assert book.words("ATT-2", "2026-03-01", "2026-03-02") == [shipped, "new"]
    assert book.words("ATT-3", "2026-03-02") == ["Own."]
    assert book.history("ATT-2").revisions[0].reviser == ""


def test_what_was_written_cannot_be_changed_by_the_service(book: RulebookCalls) -> None:
    for statement in ("update clause_revisions set en = 'x'", "delete from clause_revisions"):
        with pytest.raises(sa.exc.ProgrammingError), book.people.service.database.engine.begin() as connection:
            connection.execute(sa.text(statement))
