"""What is due is seen by whose it is and by the heads above, and only sound duties and proofs are taken."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import duties_pb2 as messages
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.notices import Office, Token, schedule
from tests.builders.people import identifier, reason, text
from tests.integration.people.conftest import Shop
from tests.integration.people.keeping import dates, keeper_of, refusal

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def office(shop: Shop) -> Office:
    return Office(shop.service)


def wrong_field(call: Callable[[], Any]) -> str:
    """The one field at fault."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    (violation,) = refusal_from(refused.value).violations
    return violation.field


@pytest.mark.clause("SEC-1")
def test_what_is_due_elsewhere_looks_like_what_does_not_exist(shop: Shop, office: Office) -> None:
    people = shop.service
    people.head(shop.stock.name, shop.qian.name)
    chen, qian = people.signed_in("chen"), people.signed_in("qian")
    made = office.create(chen, person=shop.wang.name)
    due = office.due(chen)[0].name
    assert office.due(qian) == []
    absent = "018f0000-0000-7000-8000-000000000000"
    calls: list[tuple[Callable[[str], Any], str]] = [
        (lambda name: office.duties.GetDuty(messages.GetDutyRequest(name=name), metadata=qian), made.name),
        (lambda name: office.due(qian, duty=name), made.name),
        (lambda name: end(office, qian, name), made.name),
        (lambda name: shown(office, qian, name), due),
        (lambda name: office.complete(qian, name), due),
        (lambda name: office.excuse(qian, name), due),
        (lambda name: office.create(qian, person=name), shop.wang.name),
        (lambda name: office.create(qian, head_of=name), shop.sales.name),
    ]
    for call, hidden in calls:
        answers = []
        for name in (hidden, f"{hidden.partition('/')[0]}/{absent}"):
            with pytest.raises(grpc.RpcError) as refused:
                call(name)
            answers.append((refused.value.code(), refused.value.details(), reason(refused.value)))
        assert answers[0] == answers[1]
        assert answers[0][2].endswith("_NOT_FOUND")


def end(office: Office, token: Token, name: str) -> messages.Duty:
    return office.duties.EndDuty(messages.EndDutyRequest(name=name, end_date="2026-04-01"), metadata=token)


@pytest.mark.clause("SEC-1")
def test_every_list_shows_what_single_reads_allow(shop: Shop, office: Office) -> None:
    people, everything = shop.service, shop.service.everything
    people.head(shop.stock.name, shop.qian.name)
    keeper = keeper_of(shop, shop.qian)
    for whose in (
        {"person": shop.wang.name},
        {"person": shop.zhao.name},
        {"position": keeper.name},
        {"head_of": shop.sales.name},
        {"head_of": shop.online.name},
    ):
        office.create(everything, **whose, schedule=schedule(messages.DUTY_RHYTHM_ONCE, date="2026-03-05"))
    listing = messages.ListDutiesRequest()
    names = [found.name for found in office.duties.ListDuties(listing, metadata=everything).duties]
    dues = {due.duty: due.name for due in office.due(everything)}
    unit = HeldGrant(Scope.UNIT, identifier(shop.online.name), frozenset({"people.duties.read"}))
    clerk = people.as_caller(unit, person=identifier(shop.wang.name))
    callers = [people.signed_in(login) for login in ("chen", "wang", "zhao", "qian")] + [clerk]
    sizes = []
    for token in callers:
        listed = {found.name for found in office.duties.ListDuties(listing, metadata=token).duties}
        assert listed == {name for name in names if allowed(office, token, name)}
        assert {due.name for due in office.due(token)} == {dues[name] for name in listed}
        assert [shown(office, token, dues[name]).duty for name in sorted(listed)] == sorted(listed)
        sizes.append(len(listed))
    assert sizes == [4, 1, 1, 1, 2]


def shown(office: Office, token: Token, name: str) -> messages.DutyOccurrence:
    return office.duties.GetDutyOccurrence(messages.GetDutyOccurrenceRequest(name=name), metadata=token)


def allowed(office: Office, token: Token, name: str) -> bool:
    try:
        return office.duties.GetDuty(messages.GetDutyRequest(name=name), metadata=token).name == name
    except grpc.RpcError as refused:
        if reason(refused) != "DUTY_NOT_FOUND":
            raise
        return False


def test_what_is_due_comes_in_pages_by_due_time(shop: Shop, office: Office) -> None:
    chen = shop.service.signed_in("chen")
    for hour in ("08:00", "18:00"):
        office.create(chen, person=shop.wang.name, schedule=schedule(time=hour))
    whole, listed, token = office.due(chen, to_date="2026-03-06"), [], ""
    while True:
        request = messages.ListDutyOccurrencesRequest(page_size=2, page_token=token, to_date="2026-03-06")
        page = office.duties.ListDutyOccurrences(request, metadata=chen)
        listed.extend(page.duty_occurrences)
        token = page.next_page_token
        if not token:
            break
    assert listed == whole
    assert len(whole) == 9  # eight o'clock on the first day was over when the duty was given


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"title": text("")},
        {"schedule": schedule(time="25:00")},
        {"schedule": schedule(time="")},
        {"schedule": schedule(0)},
        {"schedule": schedule(weekdays=[1])},
        {"schedule": schedule(messages.DUTY_RHYTHM_WEEKLY)},
        {"schedule": schedule(messages.DUTY_RHYTHM_WEEKLY, weekdays=[8])},
        {"schedule": schedule(messages.DUTY_RHYTHM_MONTHLY)},
        {"schedule": schedule(messages.DUTY_RHYTHM_MONTHLY, month_day=32)},
        {"schedule": schedule(messages.DUTY_RHYTHM_MONTHLY, month_day=-2)},
        {"schedule": schedule(messages.DUTY_RHYTHM_ONCE)},
        {"schedule": schedule(messages.DUTY_RHYTHM_ONCE, date="2026-02-30")},
        {"schedule": schedule(interval=-1)},
        {"schedule": schedule(rest_weekdays=[1, 2, 3, 4, 5, 6, 7])},
        {"schedule": schedule(rest_weekdays=[1], holidays_only=True)},
        {"remind_minutes": -5},
        {"effective_date": "2026-03-01"},
        {"end_date": "2026-03-01"},
    ],
)
def test_a_duty_that_makes_no_sense_is_refused(shop: Shop, office: Office, more: dict[str, Any]) -> None:
    whose = {"person": shop.wang.name} if more else {}
    assert refusal(lambda: office.create(shop.service.everything, **whose, **more)) == "FIELD_INVALID"


def test_what_is_due_once_and_never_would_be_is_refused_with_the_date_as_the_field_at_fault(
    shop: Shop, office: Office
) -> None:
    chen, once, rest = shop.service.signed_in("chen"), messages.DUTY_RHYTHM_ONCE, messages.ON_REST_DAYS_SKIP
    over = schedule(once, date="2026-03-02", time="08:00")
    sunday = schedule(once, date="2026-03-08", on_rest_days=rest)
    for never in (over, sunday):
        asked = {"person": shop.wang.name, "schedule": never}
        assert wrong_field(lambda asked=asked: office.create(chen, **asked)) == "duty.schedule.date"
    daily = office.create(chen, person=shop.wang.name)
    change = messages.UpdateDutyRequest(
        duty=messages.Duty(name=daily.name, schedule=over), update_mask=FieldMask(paths=["schedule"])
    )
    assert wrong_field(lambda: office.duties.UpdateDuty(change, metadata=chen)) == "duty.schedule.date"
    assert dates(office.due(chen, to_date="2026-03-03")) == ["03-02", "03-03"]
    office.create(chen, person=shop.wang.name, schedule=schedule(once, date="2026-12-24"))


def test_what_a_duty_names_must_be_there(shop: Shop, office: Office) -> None:
    admin, absent = shop.service.everything, "018f0000-0000-7000-8000-000000000000"
    whose = {"person": shop.wang.name}
    assert refusal(lambda: office.create(admin, position=f"positions/{absent}")) == "POSITION_NOT_FOUND"
    assert refusal(lambda: office.create(admin, **whose, clause="XYZ-9")) == "DUTY_CLAUSE_UNKNOWN"
    nowhere = schedule(site=f"sites/{absent}")
    assert refusal(lambda: office.create(admin, **whose, schedule=nowhere)) == "SITE_NOT_FOUND"


@pytest.mark.parametrize(
    "proof",
    [
        {"photo": "photos/1"},
        {"photo": "photos/1", "photo_sha256": "00"},
        {"photo_sha256": "0" * 64},
        {"record": "https://elsewhere/1"},
        {"text": "x" * 4001},
    ],
)
def test_a_proof_that_makes_no_sense_is_refused(shop: Shop, office: Office, proof: dict[str, str]) -> None:
    office.create(shop.service.everything, person=shop.wang.name)
    wang = shop.service.signed_in("wang")
    due = office.due(wang)[0].name
    assert refusal(lambda: office.complete(wang, due, **proof)) == "FIELD_INVALID"
    assert office.complete(wang, due, photo="photos/1", photo_sha256="0a" * 32).proof.photo == "photos/1"


def test_others_learn_of_duties_and_of_what_was_closed_without_proof_and_reason(shop: Shop, office: Office) -> None:
    chen, wang = shop.service.signed_in("chen"), shop.service.signed_in("wang")
    made = office.create(chen, person=shop.wang.name)
    first, second, *_ = office.due(wang)
    office.complete(wang, first.name, text="秘密说明")
    office.excuse(chen, second.name, why="病假")
    told = [event.duty_changed for event in shop.service.events() if event.HasField("duty_changed")]
    assert [change.duty.name for change in told] == [made.name] * 3
    assert [change.occurrence.name for change in told] == ["", first.name, second.name]
    assert [change.occurrence.state for change in told[1:]] == [
        messages.DUTY_OCCURRENCE_STATE_DONE,
        messages.DUTY_OCCURRENCE_STATE_EXCUSED,
    ]
    assert "秘密说明" not in str(told)
    assert "病假" not in str(told)
