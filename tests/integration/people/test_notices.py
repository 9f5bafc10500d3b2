"""Notices reach whom they are for, and everyone's reading is on record (PLN-2)."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import notices_pb2 as messages
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import NOBODY, HeldGrant, Scope
from bylaw_people.rules.notices.notice import NoticeText
from bylaw_people.rules.organisation import Wording
from bylaw_people.store.work import Store
from bylaw_people.use_cases.notices.notify import notify

from tests.builders.notices import Office, to
from tests.builders.people import identifier, reason, text
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def office(shop: Shop) -> Office:
    return Office(shop.service)


def fail_behind(_told: None) -> None:
    raise LookupError


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return reason(refused.value)


@pytest.mark.clause("PLN-2")
def test_a_head_tells_the_unit_and_all_below_and_each_reading_is_on_record(shop: Shop, office: Office) -> None:
    people = shop.service
    chen, wang, zhao, qian = (people.signed_in(name) for name in ("chen", "wang", "zhao", "qian"))
    notice = office.send(chen, to=to(unit=shop.sales.name, with_subtree=True))
    assert office.titles(wang) == office.titles(zhao) == ["停电通知"]
    assert office.titles(qian) == office.titles(chen) == []
    assert office.read(wang, notice.name).read_time.ToDatetime() == people.clock().replace(tzinfo=None)
    people.clock.pass_time(minutes=5)
    assert office.read(wang, notice.name).read_time.ToDatetime() < people.clock().replace(tzinfo=None)
    seen = office.receipts(chen, notice.name)
    assert (seen.addressee_count, seen.read_count, seen.acknowledged_count) == (2, 1, 0)
    read = {receipt.person: receipt.HasField("read_time") for receipt in seen.receipts}
    assert read == {shop.wang.name: True, shop.zhao.name: False}
    unread = office.receipts(chen, notice.name, unread_only=True).receipts
    assert [receipt.person for receipt in unread] == [shop.zhao.name]


@pytest.mark.clause("PLN-2")
def test_a_notice_to_a_unit_alone_stays_out_of_the_units_below(shop: Shop, office: Office) -> None:
    office.send(shop.service.signed_in("chen"), to=to(unit=shop.sales.name))
    assert office.feed(shop.service.signed_in("wang")).unread_count == 1
    assert office.feed(shop.service.signed_in("zhao")).unread_count == 0


@pytest.mark.clause("SEC-1")
def test_a_head_reaches_nobody_outside_the_own_units(shop: Shop, office: Office) -> None:
    chen = shop.service.signed_in("chen")
    assert refusal(lambda: office.send(chen, to=to(unit=shop.stock.name))) == "UNIT_NOT_FOUND"
    assert refusal(lambda: office.send(chen, to=to(people=[shop.wang.name, shop.qian.name]))) == "PERSON_NOT_FOUND"
    assert office.titles(shop.service.signed_in("wang")) == []
    wang = shop.service.signed_in("wang")
    assert refusal(lambda: office.send(wang, to=to(people=[shop.wang.name]))) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-1")
def test_who_may_send_to_one_unit_may_not_send_below_it(shop: Shop, office: Office) -> None:
    grant = HeldGrant(Scope.UNIT, identifier(shop.sales.name), frozenset({"people.notices.send"}))
    clerk = shop.service.as_caller(grant, person=identifier(shop.qian.name))
    asked = to(unit=shop.sales.name, with_subtree=True)
    assert refusal(lambda: office.send(clerk, to=asked)) == "NOTICE_BEYOND_REACH"
    office.send(clerk, to=to(unit=shop.sales.name))
    assert office.feed(shop.service.signed_in("zhao")).unread_count == 0


@pytest.mark.clause("PLN-2")
def test_the_office_tells_a_role_and_a_position_wherever_their_holders_work(shop: Shop, office: Office) -> None:
    people, admin = shop.service, shop.service.everything
    position = org.Position(code="KEEPER", title=text("仓管员"), unit=shop.stock.name)
    keeper = people.organisation.CreatePosition(org.CreatePositionRequest(position=position), metadata=admin)
    appointment = staff.Appointment(
        unit=shop.stock.name,
        position=keeper.name,
        site=shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date="2026-03-02",
    )
    wish = staff.AppointPersonRequest(name=shop.qian.name, appointment=appointment)
    people.staff.AppointPerson(wish, metadata=admin)
    grant = access.Grant(person=shop.wang.name, role="roles/finance", scope=access.SCOPE_COMPANY)
    people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.signed_in("admin"))
    office.send(admin, "致仓管", to=to(position=keeper.name))
    office.send(admin, "致财务", to=to(role="roles/finance"))
    office.send(admin, "致负责人", to=to(role="roles/unit-head"))
    office.send(admin, "致全体", to=to(role="roles/employee"))
    assert office.titles(people.signed_in("qian")) == ["致全体", "致仓管"]
    assert office.titles(people.signed_in("wang")) == ["致全体", "致财务"]
    assert office.titles(people.signed_in("chen")) == ["致全体", "致负责人"]
    chen = people.signed_in("chen")
    assert refusal(lambda: office.send(chen, to=to(position=keeper.name))) == "POSITION_NOT_FOUND"
    assert refusal(lambda: office.send(chen, to=to(role="roles/auditor"))) == "NOTICE_REACHES_NOBODY"
    assert refusal(lambda: office.send(chen, to=to(role="roles/emperor"))) == "ROLE_NOT_FOUND"


@pytest.mark.clause("PLN-2")
def test_a_standing_notice_also_reaches_who_joins_until_it_ends(shop: Shop, office: Office) -> None:
    people, chen = shop.service, shop.service.signed_in("chen")
    standing = {"to": to(unit=shop.sales.name, with_subtree=True), "standing": True, "end_date": "2026-03-04"}
    office.send(chen, "入职须知", **standing)
    office.send(chen, "今日例会", to=to(unit=shop.sales.name, with_subtree=True))
    office.later(days=1)
    people.person("9001", shop.online.name, shop.site.name, login="newcomer")
    for _ in range(2):
        office.run_jobs("follow_up_notices")
        assert office.titles(people.signed_in("newcomer")) == ["入职须知"]
    office.later(days=2)
    people.person("9002", shop.online.name, shop.site.name, login="latecomer")
    office.run_jobs("follow_up_notices")
    assert office.titles(people.signed_in("latecomer")) == []


@pytest.mark.clause("PLN-2")
def test_what_asks_for_an_acknowledgement_gets_it_once(shop: Shop, office: Office) -> None:
    chen, wang = shop.service.signed_in("chen"), shop.service.signed_in("wang")
    plain = office.send(chen, "例会", to=to(people=[shop.wang.name]))
    asking = office.send(chen, "安全守则", to=to(people=[shop.wang.name]), needs_acknowledgement=True)

    def acknowledge(name: str) -> messages.Notice:
        return office.notices.AcknowledgeNotice(messages.AcknowledgeNoticeRequest(name=name), metadata=wang)

    assert refusal(lambda: acknowledge(plain.name)) == "NOTICE_ASKS_NOTHING"
    office.read(wang, asking.name)
    assert office.titles(wang, filter=messages.NOTICE_FILTER_UNACKNOWLEDGED) == ["安全守则"]
    first = acknowledge(asking.name)
    shop.service.clock.pass_time(minutes=5)
    assert acknowledge(asking.name) == first
    assert office.titles(wang, filter=messages.NOTICE_FILTER_UNACKNOWLEDGED) == []
    assert office.receipts(chen, asking.name).acknowledged_count == 1


@pytest.mark.clause("PLN-2")
def test_who_has_not_read_by_the_date_is_reminded_once(shop: Shop, office: Office) -> None:
    people, chen = shop.service, shop.service.signed_in("chen")
    unit = to(unit=shop.sales.name, with_subtree=True)
    notice = office.send(chen, "安全守则", to=unit, read_by_date="2026-03-03")
    office.read(people.signed_in("wang"), notice.name)
    assert office.run_jobs("follow_up_notices") == 1
    assert office.titles(people.signed_in("zhao")) == ["安全守则"]
    office.later(days=2)
    for _ in range(3):
        office.run_jobs("follow_up_notices")
    assert office.titles(people.signed_in("zhao")) == ["请阅读：安全守则", "安全守则"]
    assert office.titles(people.signed_in("wang")) == ["安全守则"]
    assert office.feed(people.signed_in("zhao")).notices[0].about == notice.name


@pytest.mark.clause("PLN-2")
def test_a_correction_refers_to_the_first_and_a_withdrawal_marks_it(shop: Shop, office: Office) -> None:
    people, chen, wang = shop.service, shop.service.signed_in("chen"), shop.service.signed_in("wang")
    first = office.send(chen, "周五停电", to=to(people=[shop.wang.name, shop.zhao.name]))
    second = office.send(chen, "周六停电", to=to(people=[shop.wang.name]), corrects=first.name)
    get = messages.GetNoticeRequest(name=first.name)
    assert office.notices.GetNotice(get, metadata=wang).corrected_by == second.name
    assert office.notices.GetNotice(get, metadata=people.signed_in("zhao")).corrected_by == ""
    stranger = {"to": to(people=[shop.zhao.name]), "corrects": first.name}
    people.head(shop.online.name, shop.zhao.name)
    zhao = people.signed_in("zhao")
    assert refusal(lambda: office.send(zhao, **stranger)) == "NOTICE_NOT_FOUND"
    withdraw = messages.WithdrawNoticeRequest(name=first.name)
    assert refusal(lambda: office.notices.WithdrawNotice(withdraw, metadata=zhao)) == "NOTICE_NOT_FOUND"
    withdrawn = office.notices.WithdrawNotice(withdraw, metadata=chen)
    people.clock.pass_time(minutes=1)
    assert office.notices.WithdrawNotice(withdraw, metadata=chen).withdraw_time == withdrawn.withdraw_time
    shown = office.feed(wang)
    assert [notice.HasField("withdraw_time") for notice in shown.notices] == [False, True]
    assert shown.unread_count == 1


def test_the_feed_tells_of_a_notice_without_its_words_or_its_people(shop: Shop, office: Office) -> None:
    asked = to(unit=shop.sales.name, with_subtree=True)
    notice = office.send(shop.service.signed_in("chen"), "停电通知", to=asked, about=shop.sales.name)
    told = [event for event in shop.service.events() if event.HasField("notice_sent")]
    assert [(event.notice_sent.name, event.notice_sent.addressee_count) for event in told] == [(notice.name, 2)]
    assert "停电" not in str(told[0])
    assert shop.wang.name not in str(told[0])


def test_what_is_told_in_a_transaction_is_told_only_if_it_commits(shop: Shop, office: Office) -> None:
    store, wang = Store(shop.service.service.database), identifier(shop.wang.name)
    words = NoticeText(Wording("请审批", "To be decided"), Wording("有一项申请", "A request"))
    with store.work(NOBODY) as records:
        notify(records, [wang, wang, identifier(shop.zhao.name)], words, about="decisions/1")
    with pytest.raises(LookupError), store.work(NOBODY) as records:
        fail_behind(notify(records, [wang], words))
    with store.work(NOBODY) as records:
        notify(records, [], words)
    shown = office.feed(shop.service.signed_in("wang")).notices
    assert [(notice.title.en, notice.about, notice.sender) for notice in shown] == [
        ("To be decided", "decisions/1", "")
    ]


def test_preferences_are_ones_own(shop: Shop, office: Office) -> None:
    wang = shop.service.signed_in("wang")
    asked = messages.GetNoticePreferencesRequest()
    assert office.notices.GetNoticePreferences(asked, metadata=wang) == messages.NoticePreferences(
        language="zh", outward=True
    )
    for wish in (messages.NoticePreferences(language="en"), messages.NoticePreferences(language="en", outward=True)):
        update = messages.UpdateNoticePreferencesRequest(notice_preferences=wish)
        assert office.notices.UpdateNoticePreferences(update, metadata=wang) == wish
        assert office.notices.GetNoticePreferences(asked, metadata=wang) == wish
    wrong = messages.UpdateNoticePreferencesRequest(notice_preferences=messages.NoticePreferences(language="fr"))
    assert refusal(lambda: office.notices.UpdateNoticePreferences(wrong, metadata=wang)) == "FIELD_INVALID"
    service = office.as_service()
    assert refusal(lambda: office.notices.GetNoticePreferences(asked, metadata=service)) == "PERSON_NOT_FOUND"
    assert office.feed(service) == messages.ListNoticesResponse()
