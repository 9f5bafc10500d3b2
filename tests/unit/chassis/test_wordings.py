"""The words of clauses in a process: which hold on a day, and how often the table is read."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from bylaw_chassis.clause_words import ClauseWording, wording_message, wording_told
from bylaw_chassis.refusals import KeyReused, PermissionMissing
from bylaw_chassis.status import RemoteRefusal, to_status
from bylaw_chassis.wordings import ClauseWordings, Wordings
from hypothesis import given
from hypothesis import strategies as some

FIRST, SECOND, THIRD = (date(2026, month, 1) for month in (1, 2, 3))
OLD = ClauseWording("ATT-2", FIRST, "旧", "old", retired=False)
NEW = ClauseWording("ATT-2", SECOND, "新", "new", retired=False)
GONE = ClauseWording("ATT-2", THIRD, "新", "new", retired=True)
SECRET = ClauseWording("SEC-1", FIRST, "密", "secret", retired=False)


def reading(*rows: ClauseWording) -> tuple[ClauseWordings, list[int]]:
    """What a process knows over these rows, and a list that grows with each read."""
    reads: list[int] = []

    def read() -> tuple[ClauseWording, ...]:
        reads.append(1)
        return rows

    return ClauseWordings(read, lambda: THIRD), reads


def test_a_day_is_told_in_the_words_that_held() -> None:
    known = Wordings([GONE, OLD, NEW])
    days = [FIRST - timedelta(days=1), FIRST, SECOND - timedelta(days=1), SECOND, THIRD, date.max]
    assert [known.on("ATT-2", day) for day in days] == [None, OLD, OLD, NEW, GONE, GONE]
    assert known.on("ATT-99", SECOND) is None


@given(
    some.dictionaries(some.sampled_from(["ATT-2", "SEC-1", "ORG-9"]), some.sets(some.dates(FIRST, THIRD), min_size=1))
)
def test_a_sheet_shows_each_wording_once_and_exactly_those_of_its_days(days: dict[str, set[date]]) -> None:
    known = Wordings([OLD, NEW, GONE, SECRET])
    each = {known.on(clause, day) for clause, held in days.items() for day in held} - {None}
    assert known.spoken(days) == sorted(each, key=lambda one: one or OLD)


def test_a_hundred_refusals_read_the_table_once() -> None:
    wordings, reads = reading(OLD, SECRET)
    for _ in range(100):
        refusal = PermissionMissing(permission="people.units.create")
        wordings.explain(refusal)
        assert refusal.clause_wording == SECRET
    assert len(reads) == 1


def test_a_refusal_without_a_clause_asks_nothing() -> None:
    wordings, reads = reading(OLD)
    refusal = KeyReused()
    wordings.explain(refusal)
    assert refusal.clause_wording is None
    assert reads == []


def test_many_threads_at_once_read_the_table_once_and_all_know_it() -> None:
    wordings, reads = reading(SECRET)
    found: list[ClauseWording | None] = []
    threads = [threading.Thread(target=lambda: found.append(wordings.now().on("SEC-1", FIRST))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [SECRET] * 16
    assert len(reads) == 1


@pytest.mark.parametrize("error", [sa.exc.OperationalError("", {}, Exception()), sa.exc.TimeoutError()])
def test_while_the_database_is_away_what_is_known_goes_on_to_be_told(error: Exception) -> None:
    away: list[Exception] = []

    def read() -> list[ClauseWording]:
        if away:
            raise away[0]
        return [SECRET]

    wordings = ClauseWordings(read, lambda: THIRD)
    assert wordings.now().on("SEC-1", FIRST) == SECRET
    away.append(error)
    wordings.refresh()
    assert wordings.now().on("SEC-1", FIRST) == SECRET


def test_words_survive_the_wire_and_a_neighbour_s_refusal_keeps_its_own() -> None:
    assert wording_told(wording_message(GONE)) == GONE
    refusal = PermissionMissing(permission="people.units.create")
    refusal.clause_wording = SECRET
    came = RemoteRefusal(to_status(refusal, "people.bylaw"))
    assert (came.clause, came.clause_wording) == ("SEC-1", SECRET)
    wordings, reads = reading(SECRET._replace(en="other"))
    wordings.explain(came)
    assert came.clause_wording == SECRET
    assert reads == []
