"""Rules of duties: their terms in time, who answers for what is overdue, and what proves that something was done."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from bylaw_chassis.values import new_id
from bylaw_people.rules.duties.duty import Duty, DutyTerms, Occurrence, OccurrenceState, Proof, ProofKind, Whose
from bylaw_people.rules.duties.escalating import answerable
from bylaw_people.rules.duties.making import Surroundings, Unmade, dues
from bylaw_people.rules.duties.refusals import DutyEnded, DutyProofMissing
from bylaw_people.rules.duties.schedule import Rhythm
from bylaw_people.rules.duties.sound import require_proof
from bylaw_people.rules.duties.telling import Pending, escalation, reminder
from bylaw_people.rules.organisation import UnitKind, UnitVersion, UnitView, Wording

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = DutyTerms(date(2026, 3, 2), Wording("三检查", "Checks"), Whose(new_id()), Rhythm.DAILY, time(18), id=new_id())
PENDING = Pending(
    new_id(), TERMS.title, "WHS-11", datetime(2026, 3, 2, 10, tzinfo=UTC), responsible=(UUID(int=1),), unit=UUID(int=30)
)


def unit(number: int, parent: int | None, head: int | None) -> UnitView:
    kind = UnitKind.DEPARTMENT if parent else UnitKind.COMPANY
    version = UnitVersion(date(2026, 1, 1), Wording("部", "Unit"), kind, UUID(int=parent) if parent else None)
    return UnitView(UUID(int=number), str(number), 1, version, head=UUID(int=head) if head else None)


def test_new_terms_take_the_place_of_those_that_would_begin_later() -> None:
    later = replace(TERMS, effective_date=date(2026, 3, 20), at=time(12), id=new_id())
    between = replace(TERMS, effective_date=date(2026, 3, 10), at=time(9), id=new_id())
    duty = Duty(new_id(), (TERMS,)).with_terms(later).with_terms(between)
    assert [(terms.at, last) for terms, last in duty.spans()] == [(time(18), date(2026, 3, 9)), (time(9), None)]
    ended = replace(duty, end_date=date(2026, 3, 12))
    assert [last for _, last in ended.spans()] == [date(2026, 3, 9), date(2026, 3, 12)]
    with pytest.raises(DutyEnded):
        ended.with_terms(replace(TERMS, effective_date=date(2026, 3, 13)))


def test_what_is_made_follows_the_terms_of_its_day_and_is_never_due_before_it_was_said() -> None:
    noon = replace(TERMS, effective_date=date(2026, 3, 4), at=time(12), id=new_id(), remind_minutes=90)
    said = replace(TERMS, recorded_at=datetime(2026, 3, 2, 11, tzinfo=UTC))
    duty = Duty(new_id(), (said, noon), end_date=date(2026, 3, 5))
    places: dict[UUID | None, Surroundings] = {None: Surroundings(SHANGHAI)}
    made = list(dues(Unmade(duty, date(2026, 3, 1)), date(2026, 4, 1), places, lambda _calendar, _day: None))
    assert [(due.due_date.day, due.due_at.hour, due.terms) for due in made] == [
        (3, 10, said.id),
        (4, 4, noon.id),
        (5, 4, noon.id),
    ]
    assert made[0].remind_at is None
    assert made[1].remind_at == datetime(2026, 3, 4, 2, 30, tzinfo=UTC)


@pytest.mark.clause("ORG-3")
def test_the_nearest_head_whose_duty_it_is_not_answers_for_what_is_overdue() -> None:
    units = {view.id: view for view in (unit(10, None, 5), unit(20, 10, 1), unit(30, 20, None))}
    assert answerable(PENDING, units) == UUID(int=5)
    assert answerable(replace(PENDING, responsible=()), units) == UUID(int=1)
    assert answerable(replace(PENDING, responsible=(UUID(int=1), UUID(int=5))), units) is None
    assert answerable(replace(PENDING, unit=None), units) is None


def test_words_of_a_reminder_and_an_escalation_name_what_when_and_by_which_clause() -> None:
    soon, overdue = reminder(PENDING, SHANGHAI), escalation(PENDING, SHANGHAI)
    assert (soon.title.zh, overdue.title.en) == ("待办提醒：三检查", "Overdue: Checks")
    for said in (soon.body.zh, soon.body.en, overdue.body.zh, overdue.body.en):
        assert "2026-03-02 18:00" in said
        assert "WHS-11" in said
    assert "（" not in reminder(replace(PENDING, clause=""), SHANGHAI).body.zh


@pytest.mark.parametrize(
    ("kind", "enough", "not_enough"),
    [
        (ProofKind.TEXT, Proof(text="好"), Proof(text=" ", photo="p")),
        (ProofKind.PHOTO, Proof(photo="p"), Proof(text="好")),
        (ProofKind.RECORD, Proof(record="reviews/1"), Proof(text="好")),
        (ProofKind.ANY, Proof(record="reviews/1"), Proof()),
    ],
)
def test_proof_is_what_was_asked_for(kind: ProofKind, enough: Proof, not_enough: Proof) -> None:
    require_proof(kind, enough)
    require_proof(ProofKind.NONE, not_enough)
    with pytest.raises(DutyProofMissing) as missing:
        require_proof(kind, not_enough)
    assert missing.value.message_zh.startswith("缺少证明")


def test_only_what_is_open_is_overdue() -> None:
    due = Occurrence(
        new_id(), new_id(), "", TERMS.title, (), date(2026, 3, 2), PENDING.due_at, OccurrenceState.OPEN, ProofKind.NONE
    )
    later = datetime(2026, 3, 2, 10, 1, tzinfo=UTC)
    assert due.overdue(later)
    assert not due.overdue(PENDING.due_at)
    assert not replace(due, state=OccurrenceState.DONE).overdue(later)
