"""Objections in writing, to the own sheet, until the 5th; answered on record; silence counts as agreement (SHT-2)."""

from collections.abc import Iterator
from typing import Any

import pytest
from bylaw.attendance.v1 import closing_pb2
from bylaw.attendance.v1 import objections_pb2 as objections
from bylaw.people.v1 import access_pb2 as access

from tests.builders.closing import CLOSED, FEBRUARY, MARCH, Months, months_of
from tests.builders.corrections import refusal
from tests.databases import Databases

WAITING, UPHELD = objections.OBJECTION_STATE_WAITING, objections.OBJECTION_STATE_UPHELD
DISMISSED, WITHDRAWN = objections.OBJECTION_STATE_DISMISSED, objections.OBJECTION_STATE_WITHDRAWN
SILENT, OBJECTED = closing_pb2.SHEET_AGREEMENT_SILENT, closing_pb2.SHEET_AGREEMENT_OBJECTED
UNKNOWN = closing_pb2.SHEET_AGREEMENT_UNSPECIFIED
FRIDAY = "2026-02-27"


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres, "2026-03-05") as made:
        yield made


def objected(months: Months, person: str = "", *, month: str = FEBRUARY, caller: Any = None, **more: Any) -> Any:
    """Anna, or somebody else, objects."""
    whose = person or months.shop.anna
    wish = objections.Objection(sheet=f"{whose}/sheets/{month}", **{"text": "I was there", **more})
    request = objections.CreateObjectionRequest(objection=wish)
    return months.shop.attendance.objections.CreateObjection(request, metadata=caller or months.shop.oneself(whose))


def answered(months: Months, name: str, *, upheld: bool = False, caller: Any = None, **more: Any) -> Any:
    """The head answers, or somebody else."""
    request = objections.AnswerObjectionRequest(name=name, upheld=upheld, **{"text": "nobody saw you", **more})
    return months.shop.attendance.objections.AnswerObjection(request, metadata=caller or months.shop.head)


def withdrawn(months: Months, name: str, caller: Any = None, **more: Any) -> Any:
    """Anna takes it back, or somebody else tries to."""
    request = objections.WithdrawObjectionRequest(name=name, **more)
    caller = caller or months.shop.oneself(months.shop.anna)
    return months.shop.attendance.objections.WithdrawObjection(request, metadata=caller)


def names(months: Months, caller: Any = None, **more: Any) -> list[str]:
    """What a list shows."""
    request = objections.ListObjectionsRequest(**more)
    answer = months.shop.attendance.objections.ListObjections(request, metadata=caller or months.human_resources)
    return [one.name for one in answer.objections]


@pytest.mark.postgresql15
@pytest.mark.clause("SHT-2")
def test_an_objection_is_answered_on_record_before_the_month_is_closed(months: Months) -> None:
    shop = months.shop
    months.review()
    months.hand_over()
    made = objected(months, days=[FRIDAY], text="the clock was out of order")
    assert (made.state, made.employee_number, list(made.days)) == (WAITING, "A-1", [FRIDAY])
    assert (made.text, made.etag, made.answer) == ("the clock was out of order", "1", "")
    assert months.shown().waiting_objection_count == 1
    months.at(2026, 3, 6, 4)
    told = refusal(months.close)
    assert (told.reason, told.clause, told.variables["people"]) == ("OBJECTIONS_WAIT", "SHT-2", "A-1")

    for time in ("08:21:00", "12:01:00"):
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    ended = answered(months, made.name, upheld=True, text="the log of the clock says so", etag=made.etag)
    assert (ended.state, ended.ended_by, ended.answer) == (UPHELD, shop.heidi, "the log of the clock says so")
    months.review(people={shop.anna})
    assert months.close().state == CLOSED
    agreement = {one.employee_number: (one.agreement, one.objection) for one in months.shown().sheets}
    assert agreement == {"A-1": (OBJECTED, made.name), "B-1": (SILENT, ""), "H-1": (SILENT, "")}
    assert [one.state for one in months.told("objection_changed")] == [WAITING, UPHELD]


@pytest.mark.clause("SHT-2")
def test_who_is_silent_until_the_fifth_is_taken_to_agree_and_is_too_late_afterwards(months: Months) -> None:
    shop = months.shop
    assert {one.agreement for one in months.shown().sheets} == {UNKNOWN}
    months.at(2026, 3, 5, 15, 59)
    assert objected(months).state == WAITING
    months.at(2026, 3, 5, 16, 0)  # midnight in Shanghai
    told = refusal(objected, months, shop.ben)
    assert (told.reason, told.clause, told.variables["until"]) == ("OBJECTION_TOO_LATE", "SHT-2", "2026-03-05")
    assert {one.employee_number: one.agreement for one in months.shown().sheets} == {
        "A-1": UNKNOWN,
        "B-1": SILENT,
        "H-1": SILENT,
    }


@pytest.mark.clause("SHT-2", "SEC-1")
def test_everybody_objects_to_their_own_sheet_alone(months: Months) -> None:
    shop = months.shop
    for caller in (shop.oneself(shop.ben), shop.head, months.human_resources):
        told = refusal(objected, months, shop.anna, caller=caller)
        assert (told.reason, told.clause) == ("OBJECTION_NOT_OWN", "SHT-2")
    assert refusal(objected, months, month=MARCH).reason == "MONTH_NOT_OVER"
    assert refusal(objected, months, month="2025-12").reason == "PERSON_NOT_FOUND"
    assert refusal(objected, months, text=" ").reason == "FIELD_INVALID"
    assert refusal(objected, months, days=["2026-03-01"]).reason == "FIELD_INVALID"
    assert names(months) == []


@pytest.mark.clause("SHT-2")
def test_one_objection_at_a_time_waits_and_what_is_withdrawn_stays_on_record(months: Months) -> None:
    first = objected(months)
    told = refusal(objected, months)
    assert (told.reason, told.variables["objection"]) == ("OBJECTION_WAITS", first.name)
    told = refusal(withdrawn, months, first.name, months.shop.head)
    assert (told.reason, told.clause) == ("OBJECTION_NOT_OWN", "SHT-2"), "the head sees it, and answers it"
    stranger = months.shop.oneself(months.shop.ben)
    assert refusal(withdrawn, months, first.name, stranger).reason == "OBJECTION_NOT_FOUND"
    assert refusal(withdrawn, months, first.name, etag="7").reason == "OBJECTION_CHANGED"
    assert withdrawn(months, first.name).state == WITHDRAWN
    assert refusal(withdrawn, months, first.name).reason == "OBJECTION_OVER"
    assert refusal(answered, months, first.name).reason == "OBJECTION_OVER"
    second = objected(months, text="once more")
    assert names(months) == [second.name, first.name]
    assert names(months, state=WITHDRAWN) == [first.name]
    assert names(months, month=MARCH) == []


@pytest.mark.clause("SHT-2", "ORG-3", "SEC-1")
def test_a_head_answers_within_the_unit_and_never_their_own(months: Months) -> None:
    shop = months.shop
    anna, heidi, cleo = (objected(months, person) for person in (shop.anna, shop.heidi, shop.cleo))
    told = refusal(answered, months, heidi.name)
    assert (told.reason, told.clause) == ("OBJECTION_OWN", "ORG-3")
    assert refusal(answered, months, cleo.name).reason == "OBJECTION_NOT_FOUND"
    assert refusal(answered, months, anna.name, text=" ").reason == "FIELD_INVALID"
    assert answered(months, heidi.name, caller=months.human_resources).state == DISMISSED
    assert answered(months, anna.name).answer == "nobody saw you"
    assert names(months, shop.head) == [heidi.name, anna.name]
    assert names(months, shop.oneself(shop.cleo)) == [cleo.name]
    assert names(months, parent=shop.store) == [cleo.name]


@pytest.mark.clause("SHT-2")
def test_deadlines_move_behind_holidays_only_where_they_are_set_to(postgres: Databases) -> None:
    """The 1st to the 5th of May 2026 are public holidays."""
    with months_of(postgres, "2026-05-05") as months:
        told = refusal(objected, months, month=FEBRUARY)
        assert told.reason == "OBJECTION_TOO_LATE"
        shown = months.shown("2026-04")
        assert (shown.hand_over_date, shown.objection_date) == ("2026-05-03", "2026-05-05")
    with months_of(postgres, "2026-05-06", deadlines_roll=True) as months:
        shown = months.shown("2026-04")
        assert (shown.hand_over_date, shown.objection_date) == ("2026-05-06", "2026-05-06")
        assert objected(months, month="2026-04").state == WAITING


@pytest.mark.clause("SHT-2", "PLN-2")
def test_the_head_and_human_resources_are_told_of_an_objection(months: Months) -> None:
    shop, people = months.shop, months.shop.attendance.people
    grant = access.Grant(person=shop.cleo, role="roles/hr", scope=access.SCOPE_COMPANY)
    people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.signed_in("admin"))
    first = objected(months)
    for who in (shop.heidi, shop.cleo):
        (told,) = months.notices(who)
        assert (told.about, told.title.en) == (first.name, "A-1 objects to their sheet of 2026-02")
        assert "答复前该月不能结账" in told.body.zh
    assert months.notices(shop.ben) == months.notices(shop.anna) == []


@pytest.mark.clause("SHT-2", "PLN-2")
def test_people_are_told_until_when_they_may_object_and_that_they_were_answered(months: Months) -> None:
    shop = months.shop
    first = objected(months)
    months.review()
    months.hand_over(caller=shop.head)
    answered(months, first.name)

    reply, look = months.notices(shop.anna)

    assert (look.title.en, look.about) == ("Look at your sheet of 2026-02", months.name())
    assert "2026-03-05" in look.body.zh
    assert (reply.title.zh, reply.about) == ("您的考勤异议已答复", first.name)
    assert [one.title.zh for one in months.notices(shop.ben)] == ["请核对您 2026-02 的考勤表"]
    assert months.notices(shop.cleo) == []
