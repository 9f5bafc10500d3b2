"""What a new edition of the rulebook that ships does to a company's copy: nothing to its own words or to days gone."""

import hashlib
from datetime import date

from bylaw_people.rulebook.book import EDITION, shipped_book
from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import Book, Clause, ClauseKind, ClauseRecord, Origin, Revision
from bylaw_people.rules.rulebook.shipping import shipped_changes

LONG_AGO, UPGRADE, LATER = date(2000, 1, 1), date(2026, 6, 1), date(2026, 9, 1)
DIGESTS = {1: "3a3c5804d680fe98bb9f2184581a2b9eaa1bd18d14ca765c4fe2bf05d4362e76"}
"""What each edition said. Whoever changes a clause that ships counts EDITION up and adds a line; none is changed."""


def ships(*worded: tuple[date, str], identifier: str = "ATT-2") -> list[Clause]:
    return [Clause(identifier, "attendance", ClauseKind.RULE, Wording(words, words), since) for since, words in worded]


def installed(*clauses: Clause) -> dict[str, ClauseRecord]:
    return {record.id: record for record, _ in shipped_changes({}, Book(clauses), LONG_AGO)}


def upgraded(known: dict[str, ClauseRecord], *clauses: Clause) -> dict[str, ClauseRecord]:
    return {**known, **{record.id: record for record, _ in shipped_changes(known, Book(clauses), UPGRADE)}}


def says(record: ClauseRecord, *days: date) -> list[str]:
    present = [record.on(day) for day in days]
    return [one.wording.en if one else "" for one in present]


def test_an_installation_begins_with_every_wording_from_its_own_date() -> None:
    record = installed(*ships((LONG_AGO, "old"), (LATER, "new")))["ATT-2"]
    assert [(one.effective_date, one.wording.en, one.origin) for one in record.revisions] == [
        (LONG_AGO, "old", Origin.SHIPPED),
        (LATER, "new", Origin.SHIPPED),
    ]


def test_the_same_edition_again_changes_nothing() -> None:
    book = ships((LONG_AGO, "old"), (LATER, "new"))
    assert list(shipped_changes(installed(*book), Book(book), UPGRADE)) == []


def test_words_that_ship_anew_hold_from_the_upgrade_and_leave_days_gone_as_they_were() -> None:
    known = installed(*ships((LONG_AGO, "old")))
    after = upgraded(known, *ships((LONG_AGO, "better")))["ATT-2"]
    assert says(after, LONG_AGO, date(2026, 5, 31), UPGRADE, LATER) == ["old", "old", "better", "better"]
    assert len(after.revisions) == 2


def test_words_that_ship_for_a_day_to_come_wait_for_it() -> None:
    after = upgraded(installed(*ships((LONG_AGO, "old"))), *ships((LONG_AGO, "old"), (LATER, "new")))["ATT-2"]
    assert says(after, UPGRADE, LATER) == ["old", "new"]


def test_the_company_s_own_words_stay_today_and_where_they_are_to_hold_later() -> None:
    known = installed(*ships((LONG_AGO, "old")))["ATT-2"]
    for day in (date(2026, 3, 1), LATER):
        own = known.with_revision(Revision(0, day, Wording("own", "own"), Origin.COMPANY, "why"))
        assert upgraded({"ATT-2": own}, *ships((LONG_AGO, "better")))["ATT-2"] == own


def test_a_clause_that_the_company_retired_stays_retired() -> None:
    known = installed(*ships((LONG_AGO, "old")))["ATT-2"]
    retired = known.with_revision(
        Revision(0, date(2026, 3, 1), Wording("old", "old"), Origin.COMPANY, "why", retired=True)
    )
    assert upgraded({"ATT-2": retired}, *ships((LONG_AGO, "better")))["ATT-2"] == retired


def test_whoever_went_back_to_what_ships_follows_it_again() -> None:
    record = installed(*ships((LONG_AGO, "old")))["ATT-2"]
    record = record.with_revision(Revision(0, date(2026, 2, 1), Wording("own", "own"), Origin.COMPANY, "why"))
    record = record.with_revision(Revision(0, date(2026, 3, 1), Wording("old", "old"), Origin.RESTORED, "back"))
    after = upgraded({"ATT-2": record}, *ships((LONG_AGO, "better")))["ATT-2"]
    assert says(after, date(2026, 2, 1), date(2026, 3, 1), UPGRADE) == ["own", "old", "better"]


def test_a_clause_that_is_new_comes_with_its_own_date_and_one_that_ships_no_more_stays() -> None:
    known = installed(*ships((LONG_AGO, "old")))
    after = upgraded(known, *ships((LONG_AGO, "fresh"), identifier="ATT-5"))
    assert says(after["ATT-5"], LONG_AGO) == ["fresh"]
    assert after["ATT-2"] == known["ATT-2"]


def test_a_changed_clause_that_ships_is_a_new_edition() -> None:
    said = "\n".join(
        f"{one.id}\t{one.service}\t{one.kind}\t{one.effective_date.isoformat()}\t{one.wording.zh}\t{one.wording.en}"
        for one in shipped_book().clauses
    )
    assert max(DIGESTS) == EDITION
    assert hashlib.sha256(said.encode()).hexdigest() == DIGESTS[EDITION]
