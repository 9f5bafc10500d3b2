"""Corrections of missed punches: asked for by oneself, accepted by the head, and then a punch like any other."""

from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import sheets_pb2
from bylaw_chassis.caller import Scope

from tests.builders.closing import Months
from tests.builders.corrections import ACCEPTED, IN, OUT, REFUSED, REVOKED, WAITING, WITHDRAWN, Shop, refusal, shop_of
from tests.databases import Databases

FRIDAY, MORNING = "2026-02-27", "2026-02-27 08:21"


@pytest.fixture
def shop(postgres: Databases) -> Iterator[Shop]:
    with shop_of(postgres) as made:
        yield made


@pytest.mark.postgresql15
@pytest.mark.clause("ATT-1")
def test_an_accepted_correction_covers_a_missing_punch_and_the_sheet_says_where_it_came_from(shop: Shop) -> None:
    for time in ("12:01:00", "13:50:00", "18:01:00"):
        shop.attendance.punch(shop.anna, f"{FRIDAY} {time}")
    shop.clocks_have_reported()
    before = shop.attendance.sheet(shop.anna, "2026-02")
    assert shop.cards(FRIDAY)[0].finding == sheets_pb2.FINDING_MISSING_CARD

    asked = shop.ask(MORNING, evidence="Ben let me in")
    assert (asked.state, asked.local_time, asked.month) == (WAITING, f"{MORNING}:00", "2026-02")
    assert (asked.person, asked.employee_number, asked.punch, asked.etag) == (shop.anna, "A-1", "", "1")
    assert shop.cards(FRIDAY)[0].finding == sheets_pb2.FINDING_MISSING_CARD, "what waits is no punch"
    accepted = shop.accept(asked.name, text="Ben says so", etag=asked.etag)

    assert (accepted.state, accepted.ended_by, accepted.end_text) == (ACCEPTED, shop.heidi, "Ben says so")
    first, *others = shop.cards(FRIDAY)
    assert (first.finding, first.punch_time) == (sheets_pb2.FINDING_ON_TIME, f"{MORNING}:00")
    assert first.punch_correction == asked.name
    assert {card.punch_correction for card in others} == {""}
    after = shop.attendance.sheet(shop.anna, "2026-02")
    assert after.totals.missing_card_count == before.totals.missing_card_count - 1
    assert after.etag != before.etag


@pytest.mark.clause("ATT-1")
def test_the_punch_that_it_becomes_has_a_source_and_a_reference_of_its_own(shop: Shop) -> None:
    clocked = shop.attendance.punch(shop.anna, f"{FRIDAY} 12:01:00")
    accepted = shop.accept(shop.ask(MORNING).name)

    corrected, other = shop.punches()

    assert (corrected.name, corrected.local_time) == (accepted.punch, f"{MORNING}:00")
    assert (corrected.source, corrected.punch_correction, corrected.direction) == ("correction", accepted.name, IN)
    assert (other.name, other.source, other.punch_correction) == (clocked.name, "api", "")


@pytest.mark.clause("ATT-1")
def test_a_late_arrival_that_is_corrected_is_judged_late_like_any_other(shop: Shop) -> None:
    shop.accept(shop.ask(f"{FRIDAY} 08:40:30").name)
    first = shop.cards(FRIDAY)[0]
    assert (first.finding, first.minutes, first.clause) == (sheets_pb2.FINDING_LATE, 15, "ATT-2")


@pytest.mark.clause("ATT-1")
def test_what_is_refused_or_withdrawn_stays_on_record_and_is_no_punch(shop: Shop) -> None:
    refused = shop.refuse(shop.ask(MORNING).name, "the door was locked")
    withdrawn = shop.withdraw(shop.ask(f"{FRIDAY} 18:02", OUT).name)

    assert (refused.state, refused.end_text, refused.punch) == (REFUSED, "the door was locked", "")
    assert (withdrawn.state, withdrawn.ended_by) == (WITHDRAWN, shop.anna)
    assert shop.punches() == []
    assert shop.get(refused.name) == refused
    assert shop.get(withdrawn.name, shop.oneself(shop.anna)) == withdrawn
    assert shop.ask(MORNING).state == WAITING, "it may be asked for again"


@pytest.mark.clause("SEC-1", "ORG-3")
def test_nobody_decides_on_their_own_whatever_they_hold(shop: Shop) -> None:
    own = shop.ask(MORNING, person=shop.heidi)
    everywhere = shop.attendance.caller(Scope.COMPANY, person=shop.heidi)
    for caller in (shop.head, everywhere, shop.oneself(shop.heidi)):
        told = refusal(shop.accept, own.name, caller)
        assert (told.reason, told.clause) == ("CORRECTION_OWN", "ORG-3")
        assert refusal(shop.refuse, own.name, caller=caller).reason == "CORRECTION_OWN"
    assert shop.accept(own.name, shop.attendance.everything).state == ACCEPTED


@pytest.mark.clause("SEC-1", "ORG-3")
def test_a_head_decides_within_the_unit_and_below_and_sees_nothing_of_others(shop: Shop) -> None:
    beside = shop.ask(MORNING, person=shop.cleo)
    assert shop.get(beside.name, shop.oneself(shop.cleo)) == beside
    for call in (shop.get, shop.accept, shop.refuse):
        assert refusal(call, beside.name).reason == "CORRECTION_NOT_FOUND"
    assert refusal(shop.get, beside.name, shop.oneself(shop.anna)).reason == "CORRECTION_NOT_FOUND"
    assert shop.names() == []
    assert refusal(shop.listed, parent=shop.store).reason == "UNIT_NOT_FOUND"
    assert refusal(shop.listed, parent=shop.cleo).reason == "PERSON_NOT_FOUND"


def test_only_who_asked_withdraws(shop: Shop) -> None:
    asked = shop.ask(MORNING)
    assert refusal(shop.withdraw, asked.name, shop.oneself(shop.ben)).reason == "CORRECTION_NOT_FOUND"
    for caller in (shop.head, shop.attendance.everything):
        told = refusal(shop.withdraw, asked.name, caller)
        assert (told.reason, told.variables["person"]) == ("CORRECTION_NOT_OWN", "A-1")
    assert shop.withdraw(asked.name).state == WITHDRAWN


def test_what_has_ended_does_not_change_any_more_nor_what_has_moved_on(shop: Shop) -> None:
    accepted = shop.accept(shop.ask(MORNING).name)
    for call in (shop.accept, shop.refuse, shop.withdraw):
        assert refusal(call, accepted.name).reason == "CORRECTION_OVER"
    other = shop.ask(f"{FRIDAY} 18:02", OUT)
    for call in (shop.accept, shop.refuse, shop.withdraw):
        assert refusal(call, other.name, etag="7").reason == "CORRECTION_CHANGED"
    assert shop.get(accepted.name) == accepted
    assert shop.get(other.name) == other


def test_what_waits_is_listed_first_in_pages_by_unit_person_and_state(shop: Shop) -> None:
    refused = shop.refuse(shop.ask("2026-02-24 08:21").name).name
    first = shop.ask("2026-02-25 08:21").name
    accepted = shop.accept(shop.ask("2026-02-26 08:21").name).name
    bens = shop.ask(MORNING, person=shop.ben).name
    cleos = shop.ask(MORNING, person=shop.cleo).name

    assert shop.names() == [bens, first, accepted, refused]
    assert shop.names(shop.oneself(shop.anna)) == [first, accepted, refused]
    assert shop.names(shop.attendance.everything, parent=shop.store) == [cleos]
    assert shop.names(parent=shop.ben) == [bens]
    assert shop.names(state=REFUSED) == [refused]
    page = shop.listed(page_size=3)
    rest = shop.listed(page_size=3, page_token=page.next_page_token)
    assert [one.name for one in (*page.punch_corrections, *rest.punch_corrections)] == [bens, first, accepted, refused]
    assert rest.next_page_token == ""


@pytest.mark.clause("SEC-1")
def test_the_feed_tells_whose_and_of_which_month_and_not_why(shop: Shop) -> None:
    asked = shop.ask(MORNING, reason="I was at the doctor's", evidence="a paper")
    shop.refuse(asked.name, "no paper came")

    assert [(one.name, one.person, one.month, one.state) for one in shop.told()] == [
        (asked.name, shop.anna, "2026-02", WAITING),
        (asked.name, shop.anna, "2026-02", REFUSED),
    ]
    assert not any(word in str(one) for one in shop.told() for word in ("doctor", "paper"))


@pytest.mark.clause("ATT-1")
def test_what_was_accepted_by_mistake_is_taken_back_and_its_punch_stays_on_record(shop: Shop) -> None:
    shop.clocks_have_reported()
    before = shop.attendance.sheet(shop.anna, "2026-02")
    accepted = shop.accept(shop.ask(MORNING).name, text="Ben says so")

    revoked = shop.revoke(accepted.name, "Ben was not there", etag=accepted.etag)

    assert (revoked.state, revoked.ended_by, revoked.end_text) == (REVOKED, shop.heidi, "Ben was not there")
    assert (revoked.punch, revoked.accepted_by, revoked.accept_time) == (
        accepted.punch,
        shop.heidi,
        accepted.end_time,
    )
    assert shop.attendance.sheet(shop.anna, "2026-02").totals == before.totals, "the month is judged anew"
    (punch,) = shop.punches()
    assert (punch.name, punch.HasField("strike_time")) == (accepted.punch, True)
    assert [one.state for one in shop.told()] == [WAITING, ACCEPTED, REVOKED]
    taken_back, agreed = Months(shop).notices(shop.anna)
    assert (agreed.title.en, agreed.about) == ("Your missed punch was accepted", accepted.name)
    assert taken_back.title.zh == "您已同意的补卡被撤销"
    assert (shop.names(state=REVOKED), shop.names(state=REFUSED)) == ([revoked.name], [])
    again = shop.accept(shop.ask(MORNING).name)
    assert again.state == ACCEPTED, "its quota has it back, and the very second can be asked for again"
    assert shop.cards(FRIDAY)[0].punch_time == f"{MORNING}:00"


@pytest.mark.clause("ATT-1", "ORG-3")
def test_only_what_was_accepted_is_taken_back_for_a_reason_and_by_nobody_for_themselves(shop: Shop) -> None:
    asked = shop.ask(MORNING)
    assert refusal(shop.revoke, asked.name).reason == "CORRECTION_NOT_ACCEPTED"
    accepted = shop.accept(asked.name)
    assert refusal(shop.revoke, asked.name, " ").reason == "FIELD_INVALID"
    assert refusal(shop.revoke, asked.name, etag="1").reason == "CORRECTION_CHANGED"
    own = shop.accept(shop.ask(MORNING, person=shop.heidi).name, shop.attendance.everything)
    assert refusal(shop.revoke, own.name).reason == "CORRECTION_OWN"
    assert shop.get(accepted.name) == accepted
    shop.revoke(accepted.name)
    assert refusal(shop.revoke, accepted.name).reason == "CORRECTION_NOT_ACCEPTED"
