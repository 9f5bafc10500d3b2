"""Changes of past and future dates: what held stays, what is taken back stays on record, nothing is left hanging."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from

from tests.builders.organisation import Changes
from tests.builders.people import identifier, reason
from tests.integration.people.conftest import Shop


def refused(call: Callable[..., Any], *arguments: Any, **more: Any) -> str:
    with pytest.raises(grpc.RpcError) as error:
        call(*arguments, **more)
    return reason(error.value)


@pytest.mark.postgresql15
@pytest.mark.clause("ORG-1")
def test_a_unit_is_renamed_for_the_past_and_a_move_on_record_for_later_stays(shop: Shop) -> None:
    change = Changes(shop.service)
    change.move(shop.online.name, shop.stock.name, "2026-06-01")
    change.rename(shop.online.name, "Web", "2026-02-01")
    seen = {day: change.unit(shop.online.name, day) for day in ("2026-01-31", "2026-02-01", "2026-06-01")}
    assert [(unit.title.en, unit.parent) for unit in seen.values()] == [
        ("ONLINE", shop.sales.name),
        ("Web", shop.sales.name),
        ("Web", shop.stock.name),
    ]
    assert seen["2026-02-01"].last_date == "2026-05-31"


@pytest.mark.clause("ORG-1")
def test_a_unit_that_moves_later_takes_all_below_it_along_from_that_day(shop: Shop) -> None:
    change, people = Changes(shop.service), shop.service
    change.move(shop.sales.name, shop.stock.name, "2026-06-01")
    grant = HeldGrant(Scope.SUBTREE, identifier(shop.stock.name), frozenset({"people.units.read"}))
    listed = {}
    for day in ("2026-05-31", "2026-06-01"):
        request = org.ListUnitsRequest(as_of_date=day)
        found = people.organisation.ListUnits(request, metadata=people.as_caller(grant)).units
        listed[day] = {unit.code for unit in found}
    assert listed == {"2026-05-31": {"STOCK"}, "2026-06-01": {"STOCK", "SALES", "ONLINE"}}


@pytest.mark.postgresql15
@pytest.mark.clause("ORG-1")
def test_a_move_into_the_past_that_closes_a_circle_on_a_later_day_is_refused_with_that_day(shop: Shop) -> None:
    change = Changes(shop.service)
    change.move(shop.stock.name, shop.online.name, "2026-06-01")
    with pytest.raises(grpc.RpcError) as error:
        change.move(shop.sales.name, shop.stock.name, "2026-02-01")
    refusal = refusal_from(error.value)
    assert (refusal.reason, refusal.variables["date"]) == ("UNIT_CYCLE", "2026-06-01")


def test_what_is_taken_back_stays_on_record_with_who_did_what_when(shop: Shop) -> None:
    change, people = Changes(shop.service), shop.service
    change.rename(shop.online.name, "Web", "2026-06-01")
    people.clock.pass_time(minutes=10)
    change.take_back(shop.online.name, "2026-06-01")
    assert change.unit(shop.online.name, "2026-07-01").title.en == "ONLINE"
    assert [version.unit.effective_date for version in change.versions(shop.online.name)] == ["2026-01-01"]
    gone = change.versions(shop.online.name, superseded=True)[-1]
    assert (gone.unit.title.en, gone.unit.effective_date) == ("Web", "2026-06-01")
    by = f"people/{people.administrator}"
    assert (gone.recording.recorded_by, gone.recording.superseded_by) == (by, by)
    assert gone.recording.supersede_time.seconds - gone.recording.record_time.seconds == 600
    assert refused(change.take_back, shop.online.name, "2026-06-01") == "CHANGE_NOT_FOUND"
    assert refused(change.take_back, shop.online.name, "2026-01-01") == "FIRST_CHANGE_STAYS"


@pytest.mark.postgresql15
@pytest.mark.clause("ORG-1")
def test_a_unit_is_closed_only_once_nothing_is_in_it_and_can_be_opened_again(shop: Shop) -> None:
    change = Changes(shop.service)
    with pytest.raises(grpc.RpcError) as error:
        change.close(shop.sales.name, "2026-04-30")
    refusal = refusal_from(error.value)
    assert refusal.reason == "UNIT_IN_USE"
    counted = {name: refusal.variables[name] for name in ("units", "positions", "people", "heads")}
    assert counted == {"units": "1", "positions": "0", "people": "2", "heads": "1"}
    change.appoint(shop.zhao.name, shop.sales.name, shop.site.name, "2026-05-01")
    assert change.close(shop.online.name, "2026-04-30").last_date == "2026-04-30"
    assert refused(change.unit, shop.online.name, "2026-05-01") == "UNIT_NOT_FOUND"
    assert refused(change.appoint, shop.wang.name, shop.online.name, shop.site.name, "2026-04-01") == "UNIT_CLOSED"
    assert refused(change.move, shop.stock.name, shop.online.name, "2026-04-01") == "UNIT_CLOSED"
    change.take_back(shop.online.name, "2026-05-01")
    assert change.unit(shop.online.name, "2026-05-01").code == "ONLINE"


@pytest.mark.clause("ORG-4")
def test_who_left_is_taken_on_again_behind_a_gap_and_an_end_can_be_taken_back(shop: Shop) -> None:
    change = Changes(shop.service)
    change.leave(shop.wang.name, "2026-03-31")
    assert refused(change.rehire, shop.wang.name, shop.stock.name, shop.site.name, "2026-03-31") == "PERSON_EMPLOYED"
    change.rehire(shop.wang.name, shop.stock.name, shop.site.name, "2026-09-01")
    spans = [(row.start_date, row.end_date) for row in change.appointments(shop.wang.name)]
    assert spans == [("2026-01-01", "2026-03-31"), ("2026-09-01", "")]
    assert not change.person(shop.wang.name, "2026-05-01").HasField("appointment")
    change.take_back_appointment(shop.wang.name, "2026-09-01")
    change.take_back_appointment(shop.wang.name, "2026-04-01")
    assert [row.end_date for row in change.appointments(shop.wang.name)] == [""]
    told = change.appointments(shop.wang.name, superseded=True)
    assert sum(row.recording.HasField("supersede_time") for row in told) == len(told) - 1


@pytest.mark.postgresql15
@pytest.mark.clause("ORG-3")
def test_a_unit_has_one_head_and_one_deputy_and_both_can_be_appointed_for_any_date(shop: Shop) -> None:
    change = Changes(shop.service)
    change.deputy(shop.sales.name, shop.wang.name, "2026-02-01")
    change.head(shop.sales.name, shop.zhao.name, "2026-06-01")
    change.head(shop.sales.name, shop.qian.name, "2026-03-01")
    heads = {day: change.unit(shop.sales.name, day).head for day in ("2026-02-28", "2026-05-31", "2026-06-01")}
    assert list(heads.values()) == [shop.chen.name, shop.qian.name, shop.zhao.name]
    assert change.unit(shop.sales.name, "2026-06-01").deputy == shop.wang.name
    assert refused(change.head, shop.sales.name, shop.wang.name, "2026-07-01") == "HEAD_IS_DEPUTY"
    change.end_head(shop.sales.name, "2026-06-30", deputy=True)
    assert change.head(shop.sales.name, shop.wang.name, "2026-07-01").head == shop.wang.name


@pytest.mark.clause("ORG-3")
def test_somebody_who_heads_for_a_set_time_is_not_joined_by_a_second_head(shop: Shop) -> None:
    change = Changes(shop.service)
    change.head(shop.stock.name, shop.qian.name, "2026-04-01", until="2026-06-30")
    assert refused(change.head, shop.stock.name, shop.wang.name, "2026-05-01") == "TWO_HEADS"
    assert change.head(shop.stock.name, shop.wang.name, "2026-07-01").head == shop.wang.name
    assert refused(change.head, shop.stock.name, shop.wang.name, "2026-03-01", until="2026-05-01") == "TWO_HEADS"
    assert change.head(shop.stock.name, shop.wang.name, "2026-03-01").head == shop.wang.name
    assert change.unit(shop.stock.name, "2026-04-01").head == shop.qian.name


@pytest.mark.clause("ORG-3")
def test_a_vacant_unit_is_headed_by_the_next_head_up_and_a_leaver_may_not_leave_a_post_behind(shop: Shop) -> None:
    change = Changes(shop.service)
    change.head(shop.company.name, shop.qian.name, "2026-01-01")
    change.deputy(shop.sales.name, shop.wang.name, "2026-05-01")
    assert refused(change.leave, shop.wang.name, "2026-06-30") == "PERSON_HEADS_UNIT"
    change.end_head(shop.sales.name, "2026-04-30")
    assert refused(change.end_head, shop.sales.name, "2026-05-01") == "UNIT_HAS_NO_HEAD"
    assert change.person(shop.zhao.name, "2026-04-30").head == shop.chen.name
    assert change.person(shop.zhao.name, "2026-05-01").head == shop.qian.name
    assert change.leave(shop.chen.name, "2026-04-30").appointment.end_date == "2026-04-30"
    change.take_back_head(shop.sales.name, "2026-05-01", deputy=True)
    assert change.leave(shop.wang.name, "2026-06-30").appointment.end_date == "2026-06-30"


def test_heads_and_deputies_are_listed_with_who_recorded_them(shop: Shop) -> None:
    change, people = Changes(shop.service), shop.service
    change.head(shop.sales.name, shop.wang.name, "2026-04-01")
    change.take_back_head(shop.sales.name, "2026-04-01")
    for superseded, count in ((False, 1), (True, 3)):
        request = org.ListHeadshipsRequest(parent=shop.sales.name, show_superseded=superseded)
        found = people.organisation.ListHeadships(request, metadata=people.everything).headships
        assert len(found) == count + superseded
    counting = [held for held in found if not held.recording.HasField("supersede_time")]
    assert [(held.person, held.start_date, held.end_date) for held in counting] == [(shop.chen.name, "2026-01-01", "")]


@pytest.mark.clause("SEC-1")
def test_what_was_recorded_is_listed_newest_first_and_only_within_reach(shop: Shop) -> None:
    change, people = Changes(shop.service), shop.service
    people.clock.pass_time(minutes=1)
    since = people.clock()
    change.rename(shop.online.name, "Web", "2026-06-01")
    people.clock.pass_time(minutes=1)
    change.appoint(shop.qian.name, shop.company.name, shop.site.name, "2026-04-01")
    request = org.ListChangesRequest(page_size=2)
    request.since_time.FromDatetime(since)
    seen: list[tuple[int, str]] = []
    while True:
        page = people.organisation.ListChanges(request, metadata=people.everything)
        seen += [(one.kind, one.effective_date) for one in page.changes]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert sorted(seen[:2]) == [
        (org.CHANGE_KIND_APPOINTMENT, "2026-01-01"),
        (org.CHANGE_KIND_APPOINTMENT, "2026-04-01"),
    ]
    assert seen[2:] == [(org.CHANGE_KIND_UNIT, "2026-06-01")]
    mine = people.organisation.ListChanges(org.ListChangesRequest(), metadata=people.signed_in("wang")).changes
    assert {one.name for one in mine} == {shop.wang.name, shop.site.name}


def test_who_changed_which_site_when_is_listed_and_what_was_taken_back_says_so(shop: Shop) -> None:
    people = shop.service
    people.clock.pass_time(minutes=1)
    since = people.clock()
    moved = org.Site(name=shop.site.name, time_zone="Europe/Berlin", effective_date="2026-06-01")
    people.organisation.UpdateSite(org.UpdateSiteRequest(site=moved), metadata=people.everything)
    people.clock.pass_time(minutes=1)
    back = org.WithdrawSiteChangeRequest(name=shop.site.name, effective_date="2026-06-01")
    people.organisation.WithdrawSiteChange(back, metadata=people.everything)
    request = org.ListChangesRequest()
    request.since_time.FromDatetime(since)
    found = people.organisation.ListChanges(request, metadata=people.everything).changes
    assert [(one.kind, one.name, one.effective_date, one.recording.recorded_by) for one in found] == [
        (org.CHANGE_KIND_SITE, shop.site.name, "2026-06-01", f"people/{people.administrator}")
    ] * 2
    assert [one.recording.HasField("supersede_time") for one in found] == [True, False]
    assert found[0].recording.record_time.ToDatetime() > found[1].recording.record_time.ToDatetime()
