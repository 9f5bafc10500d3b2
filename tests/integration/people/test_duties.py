"""Duties come due, are reminded of, done with proof, or shown to the head; other services declare their own."""

from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import duties_pb2 as messages
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.status import refusal_from
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.notices import Office, Token, duty, schedule
from tests.builders.people import text
from tests.integration.people.conftest import Shop
from tests.integration.people.keeping import appoint, dates, keeper_of, refusal

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def office(shop: Shop) -> Office:
    return Office(shop.service)


def test_a_duty_says_whose_it_is_and_what_lacks_is_named_by_a_field_that_there_is(shop: Shop, office: Office) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        office.create(shop.service.signed_in("chen"))
    assert [each.field for each in refusal_from(refused.value).violations] == ["duty"]


@pytest.mark.clause("WHS-11")
def test_a_head_gives_a_duty_and_whose_it_is_does_it_with_proof(shop: Shop, office: Office) -> None:
    chen, wang = shop.service.signed_in("chen"), shop.service.signed_in("wang")
    asked = {"clause": "WHS-11", "proof": messages.DUTY_PROOF_KIND_TEXT, "person": shop.wang.name}
    made = office.create(chen, **asked)
    mine = office.due(wang, mine=True, to_date="2026-03-04")
    assert dates(mine) == ["03-02", "03-03", "03-04"]
    assert mine[0].due_time.ToDatetime(UTC) == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert [list(due.responsible) for due in mine] == [[shop.wang.name]] * 3
    assert refusal(lambda: office.complete(wang, mine[0].name)) == "DUTY_PROOF_MISSING"
    assert refusal(lambda: office.complete(chen, mine[0].name, text="好")) == "DUTY_OCCURRENCE_NOT_FOUND"
    done = office.complete(wang, mine[0].name, text="门锁完好,无异常")
    assert (done.state, done.closed_by) == (messages.DUTY_OCCURRENCE_STATE_DONE, shop.wang.name)
    shop.service.clock.pass_time(minutes=5)
    assert office.complete(wang, mine[0].name, text="再报一次") == done
    unit = office.due(chen, unit=shop.sales.name, to_date="2026-03-02")
    assert [(due.duty, due.proof.text) for due in unit] == [(made.name, "门锁完好,无异常")]


@pytest.mark.clause("WHS-11")
def test_a_duty_of_a_position_is_whoever_holds_it_on_the_day(shop: Shop, office: Office) -> None:
    people = shop.service
    keeper = keeper_of(shop, shop.qian)
    office.create(people.everything, position=keeper.name)
    appoint(shop, shop.qian, "2026-03-04")
    appoint(shop, shop.zhao, "2026-03-04", position=keeper.name)
    qian, zhao = people.signed_in("qian"), people.signed_in("zhao")
    until = {"mine": True, "to_date": "2026-03-05"}
    assert dates(office.due(qian, **until)) == ["03-02", "03-03"]
    assert dates(office.due(zhao, **until)) == ["03-04", "03-05"]
    first, last = office.due(qian, **until)[0], office.due(zhao, **until)[-1]
    office.complete(qian, first.name)
    assert refusal(lambda: office.complete(qian, last.name)) == "DUTY_OCCURRENCE_NOT_FOUND"


@pytest.mark.clause("SHT-1")
def test_the_head_of_a_unit_has_the_month_sheet_and_the_head_above_hears_of_it_overdue(
    shop: Shop, office: Office
) -> None:
    people = shop.service
    people.head(shop.online.name, shop.zhao.name)
    chen, zhao = people.signed_in("chen"), people.signed_in("zhao")
    monthly = schedule(
        messages.DUTY_RHYTHM_MONTHLY, month_day=3, site=shop.site.name, on_rest_days=messages.ON_REST_DAYS_BEFORE
    )
    sheet = {"title": text("月度考勤表"), "clause": "SHT-1", "head_of": shop.online.name, "remind_minutes": 60}
    office.create(chen, **sheet, schedule=monthly)
    assert dates(office.due(zhao, mine=True)) == ["03-03", "04-03"]
    assert office.run_jobs("follow_up_duties") == 1
    assert office.titles(zhao) == []
    office.later(days=1, hours=5, minutes=30)
    for _ in range(2):
        office.run_jobs("follow_up_duties")
    zhao, chen = people.signed_in("zhao"), people.signed_in("chen")
    assert office.titles(zhao) == ["待办提醒：月度考勤表"]
    office.later(hours=1)
    zhao, chen = people.signed_in("zhao"), people.signed_in("chen")
    assert office.titles(chen) == []
    for _ in range(2):
        office.run_jobs("follow_up_duties")
    assert office.titles(chen) == ["逾期未办：月度考勤表"]
    assert office.titles(zhao) == ["待办提醒：月度考勤表"]
    overdue = office.due(chen, filter=messages.DUTY_OCCURRENCE_FILTER_OVERDUE)
    assert [(due.name, due.overdue) for due in overdue] == [(office.feed(chen).notices[0].about, True)]


@pytest.mark.clause("DEC-2")
def test_a_head_excuses_with_a_reason_and_nobody_excuses_themselves(shop: Shop, office: Office) -> None:
    people, chen, wang = shop.service, shop.service.signed_in("chen"), shop.service.signed_in("wang")
    office.create(chen, person=shop.wang.name)
    office.create(people.everything, head_of=shop.sales.name)
    theirs = office.due(wang, mine=True)[0]
    own = office.due(chen, mine=True)[0]
    assert refusal(lambda: office.excuse(wang, theirs.name)) == "PERMISSION_MISSING"
    assert refusal(lambda: office.excuse(chen, theirs.name, why=" ")) == "FIELD_INVALID"
    assert refusal(lambda: office.excuse(chen, own.name)) == "DUTY_EXCUSE_OWN"
    excused = office.excuse(chen, theirs.name)
    assert (excused.state, excused.excuse) == (messages.DUTY_OCCURRENCE_STATE_EXCUSED, "停电")
    assert office.excuse(chen, theirs.name, why="another") == excused
    assert refusal(lambda: office.complete(wang, theirs.name)) == "DUTY_OCCURRENCE_CLOSED"
    other = office.due(wang, mine=True)[1]
    office.complete(wang, other.name)
    assert refusal(lambda: office.excuse(chen, other.name)) == "DUTY_OCCURRENCE_CLOSED"


@pytest.mark.clause("GDS-3")
def test_a_service_declares_a_duty_once_and_closes_what_was_due_by_its_own_key(shop: Shop, office: Office) -> None:
    inventory, qian = office.as_service(), keeper_of(shop, shop.qian)
    asked = duty(clause="GDS-3", title=text("商品优化"), position=qian.name, schedule=schedule())

    def declare(token: Token = inventory, key: str = "review/1", **more: Any) -> messages.Duty:
        request = messages.DeclareDutyRequest(key=key, duty=asked, **more)
        return office.duties.DeclareDuty(request, metadata=token)

    def close(day: str, token: Token = inventory, key: str = "review/1", **more: Any) -> messages.DutyOccurrence:
        request = messages.CloseDutyOccurrenceRequest(key=key, due_date=day, **more)
        return office.duties.CloseDutyOccurrence(request, metadata=token)

    first = declare()
    assert (first.service, first.key) == ("inventory", "review/1")
    assert declare() == first
    assert declare(key="review/2").name != first.name
    assert declare(office.as_service("orders")).name != first.name
    record = messages.DutyProof(record="reviews/42")
    closed = close("2026-03-02", proof=record, done_by=shop.qian.name)
    assert (closed.state, closed.proof.record) == (messages.DUTY_OCCURRENCE_STATE_DONE, "reviews/42")
    assert close("2026-03-02") == closed
    assert refusal(lambda: close("2025-03-02")) == "DUTY_OCCURRENCE_NOT_FOUND"
    assert refusal(lambda: close("2026-03-03", office.as_service("attendance"))) == "DUTY_OCCURRENCE_NOT_FOUND"
    assert refusal(lambda: declare(shop.service.everything)) == "DUTY_SERVICES_ONLY"
    assert refusal(lambda: close("2026-03-03", shop.service.everything)) == "DUTY_SERVICES_ONLY"
    assert refusal(lambda: close("2026-03-03", done_by="people/018f0000-0000-7000-8000-000000000000")) == (
        "PERSON_NOT_FOUND"
    )
    end = messages.EndDutyRequest(name=first.name, end_date="2026-03-05")
    ended = refusal(lambda: office.duties.EndDuty(end, metadata=shop.service.everything))
    assert ended == "DUTY_DECLARED"
    asked.schedule.time = "09:00"
    assert declare().schedule.time == "09:00"
    asked.end_date = "2026-03-03"
    assert declare().end_date == "2026-03-03"
    keeper = shop.service.signed_in("qian")
    mine = [due for due in office.due(keeper, mine=True) if due.duty == first.name]
    assert dates(mine) == ["03-02", "03-03"]


@pytest.mark.parametrize("field", ["title", "instructions"])
def test_a_change_of_a_text_comes_in_both_languages_so_that_none_is_lost(
    shop: Shop, office: Office, field: str
) -> None:
    chen = shop.service.signed_in("chen")
    both = LocalizedText(zh="三检查", en="Three checks")
    made = office.create(chen, person=shop.wang.name, title=both, instructions=both)
    changed = messages.Duty(name=made.name)
    getattr(changed, field).zh = "早间检查"
    request = messages.UpdateDutyRequest(duty=changed, update_mask=FieldMask(paths=[field]))
    with pytest.raises(grpc.RpcError) as refused:
        office.duties.UpdateDuty(request, metadata=chen)
    assert [each.field for each in refusal_from(refused.value).violations] == [f"duty.{field}.en"]
    getattr(request.duty, field).en = "Morning checks"
    assert getattr(office.duties.UpdateDuty(request, metadata=chen), field).en == "Morning checks"


def test_a_change_holds_from_its_date_and_what_was_due_before_stays(shop: Shop, office: Office) -> None:
    people, chen = shop.service, shop.service.signed_in("chen")
    made = office.create(chen, person=shop.wang.name)
    office.complete(people.signed_in("wang"), office.due(chen)[0].name)
    changed = messages.Duty(name=made.name, effective_date="2026-03-04", person=shop.zhao.name)
    changed.schedule.CopyFrom(schedule(messages.DUTY_RHYTHM_WEEKLY, weekdays=[5], time="12:00"))
    request = messages.UpdateDutyRequest(duty=changed, update_mask=FieldMask(paths=["schedule", "person"]))
    after = office.duties.UpdateDuty(request, metadata=chen)
    assert (after.title, after.person, after.schedule.time) == (made.title, shop.zhao.name, "12:00")
    until = {"to_date": "2026-03-14"}
    assert dates(office.due(people.signed_in("wang"), mine=True, **until)) == ["03-02", "03-03"]
    assert dates(office.due(people.signed_in("zhao"), mine=True, **until)) == ["03-06", "03-13"]
    request.duty.ClearField("person")
    request.duty.schedule.CopyFrom(schedule())
    request.update_mask.paths[:] = ["schedule"]
    office.duties.UpdateDuty(request, metadata=chen)
    assert dates(office.due(people.signed_in("zhao"), mine=True, **until))[:3] == ["03-04", "03-05", "03-06"]
    end = messages.EndDutyRequest(name=made.name, end_date="2026-03-05")
    assert office.duties.EndDuty(end, metadata=chen).end_date == "2026-03-05"
    assert dates(office.due(chen)) == ["03-02", "03-03", "03-04", "03-05"]
    office.later(days=4)
    chen = people.signed_in("chen")
    end.end_date = "2026-03-20"
    assert refusal(lambda: office.duties.EndDuty(end, metadata=chen)) == "DUTY_ENDED"
    request.duty.effective_date = "2026-03-10"
    assert refusal(lambda: office.duties.UpdateDuty(request, metadata=chen)) == "DUTY_ENDED"
