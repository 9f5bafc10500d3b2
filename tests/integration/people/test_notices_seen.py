"""What a feed shows, in which order, what is not seen of others' notices, and which notices are refused (PLN-2)."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import notices_pb2 as messages

from tests.builders.notices import Office, to
from tests.builders.people import reason
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def office(shop: Shop) -> Office:
    return Office(shop.service)


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return reason(refused.value)


@pytest.mark.clause("SEC-1")
def test_a_notice_that_concerns_others_looks_like_one_that_does_not_exist(shop: Shop, office: Office) -> None:
    people, qian = shop.service, shop.service.signed_in("qian")
    people.head(shop.stock.name, shop.qian.name)
    qian = people.signed_in("qian")
    hidden = office.send(people.signed_in("chen"), to=to(unit=shop.sales.name)).name
    absent = "notices/018f0000-0000-7000-8000-000000000000"
    calls: list[Callable[[str], Any]] = [
        lambda name: office.notices.GetNotice(messages.GetNoticeRequest(name=name), metadata=qian),
        lambda name: office.read(qian, name),
        lambda name: office.receipts(qian, name),
        lambda name: office.receipts(qian, name, unread_only=True),
        lambda name: office.notices.WithdrawNotice(messages.WithdrawNoticeRequest(name=name), metadata=qian),
        lambda name: office.send(qian, to=to(people=[shop.qian.name]), corrects=name),
    ]
    for call in calls:
        answers = []
        for name in (hidden, absent):
            with pytest.raises(grpc.RpcError) as refused:
                call(name)
            answers.append((refused.value.code(), refused.value.details(), reason(refused.value)))
        assert answers[0] == answers[1]
        assert answers[0][2] == "NOTICE_NOT_FOUND"


def test_unread_notices_come_first_and_pages_hold_each_once(shop: Shop, office: Office) -> None:
    people, chen, wang = shop.service, shop.service.signed_in("chen"), shop.service.signed_in("wang")
    sent = [office.send(chen, f"第{number}号", to=to(people=[shop.wang.name])).name for number in range(7)]
    for name in (sent[1], sent[5]):
        office.read(wang, name)
    expected = [sent[index] for index in (6, 4, 3, 2, 0, 5, 1)]
    listed, token = [], ""
    while True:
        page = office.feed(wang, page_size=2, page_token=token)
        listed.extend(notice.name for notice in page.notices)
        assert page.unread_count == 5
        token = page.next_page_token
        if not token:
            break
    assert listed == expected
    sent_list = office.feed(chen, filter=messages.NOTICE_FILTER_SENT, page_size=3)
    assert [notice.name for notice in sent_list.notices] == sent[:3:-1]
    wish = messages.ListNoticesRequest(page_token=sent_list.next_page_token)
    assert refusal(lambda: office.notices.ListNotices(wish, metadata=people.signed_in("zhao"))) == "PAGE_TOKEN_INVALID"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"to": to(unit="units/x")},
        {"to": to(role="roles/hr", position="positions/018f0000-0000-7000-8000-000000000000")},
        {"standing": True, "end_date": "2026-04-01", "to": to(role="roles/employee")},
        {"standing": True, "to": to(role="roles/employee")},
        {"to": to(role="roles/employee"), "read_by_date": "2026-03-01"},
        {"to": to(role="roles/employee"), "about": "https://elsewhere\r\nBcc: all"},
    ],
)
def test_a_notice_that_makes_no_sense_is_refused(shop: Shop, office: Office, more: dict[str, Any]) -> None:
    assert refusal(lambda: office.send(shop.service.everything, **more)) == "FIELD_INVALID"


@pytest.mark.parametrize("title", ["", "两行\r\nBcc: everyone@example.org", "x" * 201])
def test_a_title_is_one_line(shop: Shop, office: Office, title: str) -> None:
    asked = to(role="roles/employee")
    assert refusal(lambda: office.send(shop.service.everything, title, to=asked)) == "FIELD_INVALID"


@pytest.mark.clause("SEC-1")
def test_what_others_are_told_changes_nothing_of_what_a_head_is_answered(shop: Shop, office: Office) -> None:
    people = shop.service
    people.head(shop.stock.name, shop.qian.name)
    qian, wang = people.signed_in("qian"), people.signed_in("wang")
    notice = office.send(people.everything, to=to(people=[shop.qian.name, shop.wang.name])).name

    def answers() -> list[bytes]:
        seen = (
            office.receipts(qian, notice, page_size=1),
            office.receipts(qian, notice, unread_only=True),
            office.feed(qian, page_size=1),
            office.feed(qian, filter=messages.NOTICE_FILTER_UNREAD),
        )
        return [answer.SerializeToString(deterministic=True) for answer in seen]

    before = answers()
    office.read(wang, notice)
    for number in range(3):
        office.send(people.everything, f"第{number}号", to=to(unit=shop.sales.name, with_subtree=True))
    assert answers() == before
    assert office.receipts(qian, notice).addressee_count == 1
