"""An inbox costs one indexed question, however much the company has open, and a reorganisation a few a batch."""

import pytest
import sqlalchemy as sa

from tests.builders.decisions import FOR_ME, Department, days
from tests.builders.people import identifier

OTHERS = 10_000
COPY_DECISIONS = """
    insert into decisions (id, kind, weight, requester, unit, asking_service, subjects, process, facts, amount, measure,
        money, text, state, step, place, round, revision, asked_at, clause)
    select gen_random_uuid(), kind, weight, requester, unit, '', subjects, process, facts, amount, measure, money, text,
        state, step, place, round, revision, asked_at, clause
    from decisions, generate_series(1, :count) where id = :id
"""
COPY_SLOTS = """
    insert into decision_slots (decision, step, slot, kind, unit, levels_up, open, due_at, escalate_at)
    select decisions.id, s.step, s.slot, s.kind, s.unit, s.levels_up, s.open, s.due_at, s.escalate_at
    from decisions, decision_slots s where s.decision = :id and decisions.id <> :id
"""
COPY_SEATS = """
    insert into decision_seats (decision, step, slot, person, ground, cause, state, asked_at)
    select decisions.id, s.step, s.slot, s.person, s.ground, s.cause, s.state, s.asked_at
    from decisions, decision_seats s where s.decision = :id and decisions.id <> :id
"""


@pytest.fixture
def crowded(acme: Department) -> Department:
    """Ten thousand requests of stock wait for Qian, one of sales for Chen."""
    one = acme.ask("sun", quantity=days("1"))
    given = {"id": identifier(one.name), "count": OTHERS}
    with acme.service.service.database.engine.begin() as connection:
        for statement in (COPY_DECISIONS, COPY_SLOTS, COPY_SEATS):
            connection.execute(sa.text(statement), given)
    acme.ask("wang", quantity=days("1"))
    return acme


def statements(acme: Department, act: object) -> list[str]:
    """What was asked of the database while something was done, in order."""
    said: list[str] = []
    engine = acme.service.service.database.engine

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        act()  # type: ignore[operator]
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return said


def test_the_inbox_of_a_head_is_one_indexed_question(crowded: Department) -> None:
    crowded.listed("chen", FOR_ME)
    said = statements(crowded, lambda: crowded.listed("chen", FOR_ME))
    asking = [statement for statement in said if "decisions" in statement]
    assert len(asking) == 1
    who = {"who": identifier(crowded.name("chen"))}
    plan = (
        "explain select * from decisions where id in"
        " (select decision from decision_seats where person = :who and state = 'open') order by id desc limit 101"
    )
    with crowded.service.service.database.engine.begin() as connection:
        shown = "\n".join(connection.execute(sa.text(plan), who).scalars())
    assert "Seq Scan on decision_seats" not in shown, shown
    assert len(crowded.listed("chen", FOR_ME)) == 1
    assert len(crowded.listed("qian", FOR_ME)) == 1000


@pytest.mark.clause("DEC-2", "ORG-3")
def test_a_new_head_finds_ten_thousand_open_requests_in_the_inbox_by_questions_a_batch_and_not_a_request(
    crowded: Department,
) -> None:
    crowded.service.head(crowded.units["STOCK"].name, crowded.name("zhou"), "2026-03-02")
    said = statements(crowded, crowded.run_timers)
    assert len(said) < OTHERS / 20, len(said)
    assert len(crowded.listed("zhou", FOR_ME)) == 1000
    assert crowded.listed("qian", FOR_ME) == []
