"""Workers that keep the same sheets at once: what is counted is always what the sheet that is kept says."""

import threading
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from bylaw_attendance.rules.sheets.sheet import NO_TOTALS, JudgedSheet
from bylaw_attendance.store import sheets

from tests.builders.attendance import AttendanceService

pytestmark = pytest.mark.postgresql15
PEOPLE = [UUID(int=number) for number in range(1, 9)]
MONTH = date(2026, 2, 1)


def judged(number: int) -> list[JudgedSheet]:
    """Everybody's sheet as one worker has judged it: its number is its digest, its clause and its day."""
    spoken = {f"ATT-{number}": [number, number], "HRS-5": [number]}
    return [JudgedSheet(person, bytes([number]), b"{}", NO_TOTALS, spoken) for person in PEOPLE]


def keep_again_and_again(attendance: AttendanceService, number: int, start: threading.Barrier) -> None:
    database = attendance.service.database
    start.wait()
    for _ in range(10):
        with database.work() as work:
            sheets.keep(work.connection, MONTH, judged(number), work.now)


def test_the_findings_are_those_of_the_sheet_that_was_kept_last(attendance: AttendanceService) -> None:
    start = threading.Barrier(4)
    threads = [
        threading.Thread(target=keep_again_and_again, args=(attendance, number, start)) for number in range(1, 5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with attendance.service.database.read() as connection:
        sheet_rows = connection.execute(sa.text("select person, digest from sheets"))
        kept = {row.person: row.digest for row in sheet_rows}
        rows: list[Any] = list(connection.execute(sa.text("select person, clause, days from clause_findings")))

    assert set(kept) == set(PEOPLE)
    expected = {
        (person, clause, tuple(days))
        for person, digest in kept.items()
        for clause, days in judged(digest[0])[0].spoken.items()
    }
    assert {(row.person, row.clause, tuple(row.days)) for row in rows} == expected
    assert len(rows) == len(expected)
