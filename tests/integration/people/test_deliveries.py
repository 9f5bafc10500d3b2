"""Notices go outward through a channel: in the reader's language, tried again where it fails, and visible (PLN-2)."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import notices_pb2 as messages
from bylaw_chassis.caller import NOBODY
from bylaw_chassis.settings import SettingWrong
from bylaw_people.app import build
from bylaw_people.policies import DeliveryChannels, installed, set_up
from bylaw_people.store.work import Store
from bylaw_plugin_host.delivering import ChannelHost

from tests.builders.mail_server import MailServer, mail_server, told
from tests.builders.notices import Office, to
from tests.builders.people import QUICK, PeopleService, settings
from tests.integration.people.conftest import Shop

WAITING, DELIVERED = messages.DELIVERY_STATE_WAITING, messages.DELIVERY_STATE_DELIVERED
GIVEN_UP, WITHDRAWN = messages.DELIVERY_STATE_GIVEN_UP, messages.DELIVERY_STATE_WITHDRAWN
KINDS = ("queue_notice_deliveries", "deliver_notices")


@contextmanager
def worker(shop: Shop, channels: DeliveryChannels) -> Iterator[Office]:
    """A worker of the shop's people service with channels of its own."""
    first = shop.service
    service = build(settings(first.url), clock=first.clock, check=QUICK, channels=channels)
    try:
        yield Office(PeopleService(service, first.clock, first.url, first.administrator))
    finally:
        service.close()


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server(tmp_path) as server:
        told(server, monkeypatch.setenv)
        yield server


@pytest.fixture
def office(shop: Shop, mail: MailServer) -> Iterator[Office]:
    """The shop's office, where Wang and Zhao have an address."""
    assert mail.port
    with worker(shop, set_up(installed())) as made:
        made.has_mail(shop.wang.name, "wang@acme.example")
        made.has_mail(shop.zhao.name, "zhao@acme.example")
        yield made


def prefer(office: Office, login: str, **wish: object) -> None:
    request = messages.UpdateNoticePreferencesRequest(notice_preferences=messages.NoticePreferences(**wish))
    office.notices.UpdateNoticePreferences(request, metadata=office.people.signed_in(login))


def shown(office: Office) -> list[tuple[str, int, int, str]]:
    found = office.deliveries(office.people.everything)
    return sorted((one.person, one.state, one.tries, one.last_error) for one in found)


@pytest.mark.clause("PLN-2")
def test_a_notice_is_mailed_in_each_readers_language_and_to_nobody_without_an_address(
    shop: Shop, office: Office, mail: MailServer
) -> None:
    prefer(office, "zhao", language="en", outward=True)
    office.people.person("9001", shop.sales.name, shop.site.name)
    notice = messages.Notice(to=to(unit=shop.sales.name, with_subtree=True))
    notice.title.zh, notice.title.en, notice.body.zh, notice.body.en = (
        "停电通知",
        "Power cut",
        "周五停电。",
        "On Friday.",
    )
    request = messages.SendNoticeRequest(notice=notice)
    office.notices.SendNotice(request, metadata=office.people.signed_in("chen"))
    office.run_jobs(*KINDS)
    subjects = {mail_["To"]: mail_["Subject"] for mail_ in mail.mails}
    assert subjects == {"wang@acme.example": "停电通知", "zhao@acme.example": "Power cut"}
    assert shown(office) == sorted((who.name, DELIVERED, 1, "") for who in (shop.wang, shop.zhao))
    office.run_jobs(*KINDS)
    assert len(mail.mails) == 2


@pytest.mark.clause("PLN-2")
def test_what_fails_is_tried_again_later_and_later_and_shown_without_the_address(
    shop: Shop, office: Office, mail: MailServer
) -> None:
    mail.answers = ["451 not now, wang@acme.example"] * 2
    office.send(office.people.everything, to=to(people=[shop.wang.name]))
    waits = []
    for _ in range(3):
        office.run_jobs(*KINDS)
        [one] = office.deliveries(office.people.everything)
        waits.append(
            (one.state, one.tries, one.last_error, one.due_time.seconds - int(office.people.clock().timestamp()))
        )
        assert "wang@" not in str(one)
        office.run_jobs(*KINDS)  # not due yet: nothing is tried
        office.people.clock.pass_time(minutes=4)
    assert waits[:2] == [(WAITING, 1, "SMTP_REFUSED", 60), (WAITING, 2, "SMTP_REFUSED", 240)]
    assert waits[2][:3] == (DELIVERED, 3, "")
    assert len(mail.mails) == 1


@pytest.mark.clause("PLN-2")
def test_what_is_refused_for_good_is_given_up_at_once(shop: Shop, office: Office, mail: MailServer) -> None:
    office.has_mail(shop.zhao.name, "zhao@acme.example\r\nBcc: everyone@acme.example")
    mail.answers = ["550 no such user"]
    office.send(office.people.everything, to=to(people=[shop.wang.name, shop.zhao.name]))
    office.run_jobs(*KINDS)
    assert shown(office) == sorted(
        [(shop.wang.name, GIVEN_UP, 1, "SMTP_REFUSED_FOR_GOOD"), (shop.zhao.name, GIVEN_UP, 1, "SMTP_ADDRESS_INVALID")]
    )
    assert mail.mails == []


def test_who_wants_no_mail_gets_none_and_what_is_withdrawn_goes_out_no_more(
    shop: Shop, office: Office, mail: MailServer
) -> None:
    prefer(office, "zhao", language="zh", outward=False)
    mail.answers = ["451 not now"]
    notice = office.send(office.people.everything, to=to(people=[shop.wang.name, shop.zhao.name]))
    office.run_jobs(*KINDS)
    withdraw = messages.WithdrawNoticeRequest(name=notice.name)
    office.notices.WithdrawNotice(withdraw, metadata=office.people.everything)
    office.people.clock.pass_time(minutes=5)
    office.run_jobs(*KINDS)
    assert shown(office) == [(shop.wang.name, WITHDRAWN, 1, "SMTP_REFUSED")]
    assert mail.mails == []


@pytest.mark.clause("SEC-1")
def test_a_head_sees_the_deliveries_to_the_own_people_page_by_page(shop: Shop, office: Office) -> None:
    office.has_mail(shop.qian.name, "qian@acme.example")
    for number in range(2):
        office.send(office.people.everything, f"第{number}号", to=to(role="roles/employee"))
    office.run_jobs(*KINDS)
    chen = office.people.signed_in("chen")
    listed, token = [], ""
    while True:
        request = messages.ListDeliveriesRequest(page_size=3, page_token=token)
        page = office.notices.ListDeliveries(request, metadata=chen)
        listed.extend((one.notice, one.person) for one in page.deliveries)
        token = page.next_page_token
        if not token:
            break
    assert len(listed) == len(set(listed)) == 4
    assert {person for _, person in listed} == {shop.wang.name, shop.zhao.name}
    assert listed == sorted(listed, reverse=True)
    some = office.deliveries(chen, notice=listed[0][0], state=DELIVERED)
    assert [one.notice for one in some] == [listed[0][0]] * 2
    assert office.deliveries(chen, state=WAITING) == []


def test_two_workers_send_each_mail_once(shop: Shop, office: Office, mail: MailServer) -> None:
    for number in range(60):
        office.send(office.people.everything, f"第{number}号", to=to(people=[shop.wang.name, shop.zhao.name]))
    with worker(shop, set_up(installed())) as other:
        together(lambda: office.run_jobs(*KINDS), lambda: other.run_jobs(*KINDS))
        while office.run_jobs(*KINDS) > 1 or other.run_jobs(*KINDS) > 1:
            pass
    assert len({mail_["Message-ID"] for mail_ in mail.mails}) == len(mail.mails) == 120


def together(*tasks: Callable[[], object]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_a_worker_claimed_and_never_sent_is_sent_by_another(shop: Shop, office: Office, mail: MailServer) -> None:
    office.send(office.people.everything, to=to(people=[shop.wang.name]))
    database = office.people.service.database
    with Store(database).work(NOBODY) as records:
        records.deliveries.sift(["smtp"])
        assert records.deliveries.claim_batch(["smtp"]) == 1
    with database.engine.begin() as connection:
        connection.execute(sa.text("update jobs set finished_at = now() where kind = 'deliver_notices'"))
    office.run_jobs(*KINDS)
    assert mail.mails == []
    office.people.clock.pass_time(minutes=16)
    office.run_jobs(*KINDS)
    assert [mail_["To"] for mail_ in mail.mails] == ["wang@acme.example"]


def test_a_running_service_sends_by_itself(shop: Shop, office: Office, mail: MailServer) -> None:
    office.people.service.runner.start()
    office.send(office.people.everything, to=to(people=[shop.wang.name]))
    ends = time.monotonic() + 60
    while not mail.mails and time.monotonic() < ends:
        time.sleep(0.05)
    assert [mail_["To"] for mail_ in mail.mails] == ["wang@acme.example"]


def test_what_was_sent_before_a_channel_was_set_up_does_not_go_out_later(shop: Shop, mail: MailServer) -> None:
    with worker(shop, DeliveryChannels(ChannelHost([]), [])) as without:
        without.has_mail(shop.wang.name, "wang@acme.example")
        without.send(without.people.everything, "旧", to=to(people=[shop.wang.name]))
        without.run_jobs(*KINDS)
    with worker(shop, set_up(installed())) as office:
        office.send(office.people.everything, "新", to=to(people=[shop.wang.name]))
        office.run_jobs(*KINDS)
    assert [mail_["Subject"] for mail_ in mail.mails] == ["新"]


def test_mail_is_off_where_nothing_is_set_and_half_a_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(set_up(installed()).names) == []
    monkeypatch.setenv("BYLAW_SMTP_HOST", "")
    assert list(set_up(installed()).names) == []
    monkeypatch.setenv("BYLAW_SMTP_HOST", "mail.acme.example")
    monkeypatch.setenv("BYLAW_SMTP_PORT", "many")
    with pytest.raises(SettingWrong) as wrong:
        set_up(installed())
    assert "BYLAW_SMTP_PORT, BYLAW_SMTP_SENDER" in str(wrong.value)
    assert "many" not in str(wrong.value)
    monkeypatch.setenv("BYLAW_SMTP_PORT", "2525")
    monkeypatch.setenv("BYLAW_SMTP_SENDER", "office@acme.example")
    assert list(set_up(installed()).names) == ["smtp"]


def test_settings_may_stand_in_the_file_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings"
    file.write_text("BYLAW_SMTP_HOST=mail.acme.example\nBYLAW_SMTP_SENDER=office@acme.example\nBYLAW_OTHER=1\n")
    monkeypatch.setenv("BYLAW_SETTINGS_FILE", str(file))
    assert list(set_up(installed()).names) == ["smtp"]
