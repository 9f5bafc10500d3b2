"""A third party's courier adapter runs in its worker: it tells, refuses, breaks or hangs, and the service lives."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bylaw_hooks.couriers import CourierFailed, ParcelState, Push, PushAnswer, PushRefused, Waybill
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.starting import introduced
from bylaw_plugin_host.tracking import CourierBroken, CourierHost, start_couriers

from tests.plugins.host.conftest import AMPLE, SHORT, Site

VAN, WAYBILL = "acme-van", Waybill("SF1029384756", "acme", "4821")
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture(params=[AMPLE], ids=[""])
def couriers(site: Site, request: pytest.FixtureRequest) -> Iterator[CourierHost]:
    site.install("acme_courier", "zenith_steady")
    shipped = [one for one in installed() if one.shipped]
    host = start_couriers([*shipped, *site.found()], limits=request.param)
    yield host
    host.close()


def broken(couriers: CourierHost, manner: str) -> CourierBroken:
    with pytest.raises(CourierBroken) as found:
        couriers.ask(VAN, {"manner": manner}, WAYBILL, within_seconds=1)
    assert WAYBILL.number not in str(found.value)
    assert "4821" not in str(found.value)
    return found.value


def test_adapters_are_offered_by_name_and_a_third_partys_is_never_imported(couriers: CourierHost) -> None:
    offered = {one.name: one for one in couriers.offered()}
    assert list(offered) == [VAN, "kdniao", "kuaidi100"]
    assert (offered[VAN].distribution, offered[VAN].phone_couriers) == ("acme-courier 1.2", {"acme"})
    assert offered["kuaidi100"].subscribes
    assert "acme_courier" not in sys.modules


def test_what_it_tells_comes_back_as_it_was_told(couriers: CourierHost) -> None:
    report = couriers.ask(VAN, {"manner": "plain"}, WAYBILL, within_seconds=5)
    assert (report.waybill, report.courier, report.ended) == ("SF1029384756", "acme", False)
    [event] = report.events
    assert (event.at, event.text, event.state) == (AT, "派件中 4821", ParcelState.OUT_FOR_DELIVERY)


def test_a_push_is_handed_over_byte_for_byte_and_answered_in_its_words(couriers: CourierHost) -> None:
    stated = {"manner": "plain", "word": "c\u00f6\u00f6"}
    reports = couriers.verified(VAN, stated, Push("c\u00f6\u00f6".encode(), (("x-sign", "1"),)))
    assert [one.waybill for one in reports] == ["SF1029384756", "SF0000000001"]
    with pytest.raises(PushRefused) as refused:
        couriers.verified(VAN, stated, Push(b"\x00\xff"))
    assert (refused.value.reason, refused.value.forged) == ("PUSH_FORGED", True)
    answer = couriers.answer(VAN, stated, taken=True, at=AT)
    assert answer == PushAnswer("True 2026-03-02T04:00:00+00:00", "text/plain")


def test_an_adapter_that_says_it_could_not_is_believed(couriers: CourierHost) -> None:
    with pytest.raises(CourierFailed) as failed:
        couriers.ask(VAN, {"manner": "refused"}, WAYBILL, within_seconds=1)
    assert (failed.value.reason, failed.value.for_good) == ("VAN_BROKEN_DOWN", True)
    with pytest.raises(CourierFailed) as failed:
        couriers.subscribe(VAN, {"manner": "refused"}, WAYBILL, callback="https://acme.example", within_seconds=1)
    assert (failed.value.reason, failed.value.for_good) == ("VAN_FULL", False)
    couriers.subscribe(VAN, {"manner": "plain"}, WAYBILL, callback="https://acme.example", within_seconds=1)


@pytest.mark.parametrize(
    ("manner", "detail"),
    [
        ("none", "another kind"),
        ("text", "another kind"),
        ("digit", "another kind"),
        ("naive", "no instant"),
        ("ancient", "no instant"),
        ("long", "too long"),
        ("many", "more than 1000 events"),
        ("no-number", "a waybill that is none"),
        ("another", "another parcel"),
        ("null", "cannot be written down"),
        ("broken", "ZeroDivisionError at acme_courier.py"),
        ("leaving", "ended with status 0"),
    ],
)
def test_an_answer_that_is_none_is_named_and_the_next_question_is_answered(
    couriers: CourierHost, manner: str, detail: str
) -> None:
    assert detail in broken(couriers, manner).detail
    couriers.ask(VAN, {"manner": "plain"}, WAYBILL, within_seconds=5)


@pytest.mark.parametrize("couriers", [SHORT], indirect=True, ids=[""])
def test_an_adapter_that_hangs_is_ended_and_the_next_question_is_answered(couriers: CourierHost) -> None:
    assert broken(couriers, "hanging").reason == "POLICY_TIMED_OUT"
    couriers.ask(VAN, {"manner": "plain"}, WAYBILL, within_seconds=5)


def test_settings_are_refused_field_by_field_and_those_nobody_needs_are_ended(couriers: CourierHost) -> None:
    with pytest.raises(ParametersRefused) as refused:
        couriers.check_settings(VAN, {})
    assert [one["loc"] for one in refused.value.violations] == [["manner"]]
    couriers.check_settings(VAN, {"manner": "plain"})
    couriers.keep(["kdniao"])
    assert [one.name for one in couriers.offered()] == ["kdniao"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"acme-van"', '"kuaidi100"', "FOREIGN_PREFIX"),
        ('"acme-van"', '"acme van"', "NAME_UNSOUND"),
        ('"acme-van"', "7", "COURIER_INCOMPLETE"),
        ('frozenset({"acme"})', '["acme"]', "COURIER_INCOMPLETE"),
        ("[VanAdapter()]", "[VanAdapter(), VanAdapter()]", "COURIER_TWICE"),
        ("[VanAdapter()]", "[VanAdapter]", "NOTHING_REGISTERED"),
    ],
)
def test_a_distribution_of_adapters_at_fault_is_refused_by_name(
    site: Site, before: str, after: str, reason: str
) -> None:
    from tests.plugins.host.conftest import GALLERY  # noqa: PLC0415 - beside the one test that rewrites it

    source = (GALLERY / "acme_courier.py").read_text(encoding="utf-8")
    assert before in source
    site.add("acme-courier", source.replace(before, after))
    with pytest.raises(PluginRefused) as refused:
        introduced(site.found(), AMPLE)
    assert (refused.value.distribution, refused.value.reason) == ("acme-courier", reason)
