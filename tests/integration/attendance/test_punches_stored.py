"""Punches go in one statement where they are few and through a table of their own where they are many: to one end."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.store import bulk
from bylaw_attendance.store.tables import punches

from tests.builders.attendance import AttendanceService

PERSON, FIRST = UUID(int=1), 1_772_000_000
ODD = ["", "null", "{a,b}", '"', "a,b\\", "早班\t'"]


def batch(count: int) -> PunchBatch:
    """So many punches, a minute apart."""
    return PunchBatch(
        line_numbers=list(range(1, count + 1)),
        persons=[PERSON.bytes] * count,
        seconds=[FIRST + 60 * place for place in range(count)],
        local_texts=[f"text {place}" for place in range(count)],
        offsets_minutes=[480] * count,
        devices=["gate"] * count,
        directions=[place % 3 for place in range(count)],
        statuses=["0"] * count,
        time_zone="Asia/Shanghai",
        source="push",
        received_at=datetime(2026, 3, 2, 4, tzinfo=UTC),
        import_id=None,
    )


@pytest.mark.clause("ATT-1")
@pytest.mark.parametrize("count", [3, bulk.FEW + 1])
def test_what_is_on_record_is_told_by_its_lines_and_the_rest_is_added_whole(
    attendance: AttendanceService, count: int
) -> None:
    sent = batch(count)
    with attendance.service.database.work() as work:
        assert bulk.add_many(work.connection, batch(2)) == []
        assert bulk.add_many(work.connection, sent) == [1, 2]
        assert bulk.add_many(work.connection, sent) == sent.line_numbers
        rows = work.connection.execute(sa.select(punches).order_by(punches.c.instant)).all()

    assert [(row.person, row.instant.timestamp(), row.local_text, row.direction) for row in rows] == [
        (PERSON, float(second), text, direction)
        for second, text, direction in zip(sent.seconds, sent.local_texts, sent.directions, strict=True)
    ]
    told = {(row.utc_offset_minutes, row.time_zone, row.device, row.status, row.source) for row in rows}
    assert told == {(480, "Asia/Shanghai", "gate", "0", "push")}
    assert all(row.id.version == 7 for row in rows)


@pytest.mark.clause("ATT-1")
@pytest.mark.parametrize("texts", [[""], ODD, [*ODD, "a\x1fb"], ODD * bulk.FEW], ids=["none", "odd", "parted", "many"])
def test_a_text_is_kept_as_it_is_whatever_it_holds(attendance: AttendanceService, texts: list[str]) -> None:
    sent = batch(len(texts))._replace(local_texts=texts, devices=texts[::-1], statuses=texts)
    with attendance.service.database.work() as work:
        assert bulk.add_many(work.connection, sent) == []
        rows = work.connection.execute(sa.select(punches).order_by(punches.c.instant)).all()
    kept = [(row.local_text, row.device, row.status) for row in rows]
    assert kept == list(zip(texts, texts[::-1], texts, strict=True))
    assert [row.instant.timestamp() for row in rows] == [float(second) for second in sent.seconds]
