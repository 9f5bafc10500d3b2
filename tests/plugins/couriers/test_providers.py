"""Both providers that ship, against real servers: what they know is read, what they push is believed only if signed."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from bylaw_hooks.couriers import (
    CourierAdapter,
    CourierFailed,
    ParcelState,
    Push,
    PushRefused,
    SignedBy,
    TrackReport,
    Waybill,
)
from bylaw_kdniao import Kdniao
from bylaw_kuaidi100 import Kuaidi100

from tests.builders.courier_servers import KdniaoServer, Kuaidi100Server, Provider, Step, served

NUMBER = "YT2233445566778"
WAYBILL = Waybill(NUMBER, "yto")
SHIPPED: dict[str, tuple[CourierAdapter[Any], Callable[[], Provider]]] = {
    "kuaidi100": (Kuaidi100(), Kuaidi100Server),
    "kdniao": (Kdniao(), KdniaoServer),
}
WAY = {
    "kuaidi100": (
        Step("2026-03-01 18:00:00", "已揽收", "103"),
        Step("2026-03-02 08:00:00", "派件中", "5"),
        Step("2026-03-02 09:00:00", "已投柜", "501"),
        Step("2026-03-02 19:00:00", "本人签收", "301"),
    ),
    "kdniao": (
        Step("2026-03-01 18:00:00", "已揽收", "1"),
        Step("2026-03-02 08:00:00", "派件中", "202"),
        Step("2026-03-02 09:00:00", "已投柜", "211"),
        Step("2026-03-02 19:00:00", "已取出", "301"),
    ),
}
READ = [
    ("18:00", ParcelState.PICKED_UP, None),
    ("08:00", ParcelState.OUT_FOR_DELIVERY, None),
    ("09:00", ParcelState.IN_LOCKER, None),
    ("19:00", ParcelState.SIGNED, SignedBy.CUSTOMER),
]


class Asked:
    """An adapter over a server that knows one parcel."""

    def __init__(self, name: str, provider: Any) -> None:
        self.name, self.provider, self.adapter = name, provider, SHIPPED[name][0]
        provider.histories[NUMBER] = WAY[name]

    @property
    def settings(self) -> Any:
        """As they stand in the environment."""
        return self.adapter.settings.model_validate_strings(self.provider.told())

    def ask(self, waybill: Waybill = WAYBILL, seconds: float = 5.0) -> TrackReport:
        return self.adapter.ask(waybill, settings=self.settings, within_seconds=seconds)

    def verified(self, body: bytes) -> tuple[TrackReport, ...]:
        return self.adapter.verified(Push(body), settings=self.settings)

    def failure(self, manner: str, seconds: float = 5.0) -> CourierFailed:
        self.provider.manner = manner
        with pytest.raises(CourierFailed) as failed:
            self.ask(seconds=seconds)
        assert NUMBER not in str(failed.value)
        return failed.value


@pytest.fixture(params=SHIPPED)
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    with served(SHIPPED[request.param][1]()) as provider:
        yield Asked(request.param, provider)


def read(report: TrackReport) -> list[tuple[str, ParcelState | None, SignedBy | None]]:
    zone = timedelta(hours=8)
    return [((one.at.astimezone(UTC) + zone).strftime("%H:%M"), one.state, one.signed_by) for one in report.events]


@pytest.mark.clause("ORD-2")
def test_what_a_provider_knows_is_read_in_our_words_and_in_chinas_time(asked: Asked) -> None:
    report = asked.ask()
    assert (report.waybill, report.courier, report.complete) == (NUMBER, "yto", True)
    assert read(report) == READ


@pytest.mark.clause("ORD-2")
def test_the_whole_parcels_state_stands_at_its_last_event_where_events_have_none(asked: Asked) -> None:
    asked.provider.histories[NUMBER] = [step._replace(code="") for step in WAY[asked.name]]
    asked.provider.states[NUMBER] = {"kuaidi100": "2", "kdniao": "401"}[asked.name]
    assert [one.state for one in asked.ask().events] == [None, None, None, ParcelState.PROBLEM]


def test_the_same_digit_means_different_things(asked: Asked) -> None:
    asked.provider.histories[NUMBER] = [Step("2026-03-02 08:00:00", "x", "2")]
    assert [one.state for one in asked.ask().events] == [
        {"kuaidi100": ParcelState.PROBLEM, "kdniao": ParcelState.IN_TRANSIT}[asked.name]
    ]


def test_a_code_that_nobody_has_told_of_moves_nothing(asked: Asked) -> None:
    asked.provider.histories[NUMBER] = [Step("2026-03-02 08:00:00", "x", "99999")]
    asked.provider.states[NUMBER] = "99999"
    [event] = asked.ask().events
    assert (event.state, event.code) == (None, "99999")


def test_a_parcel_that_is_not_known_yet_has_no_trace(asked: Asked) -> None:
    assert asked.ask(Waybill("YT0000000001", "yto")).events == ()


def test_the_last_digits_of_the_telephone_go_only_where_they_are_given(asked: Asked) -> None:
    asked.ask()
    asked.ask(Waybill(NUMBER, "sf", "4821"))
    without, along = asked.provider.asked
    assert "4821" not in str(without)
    assert "4821" in along.values()
    assert asked.adapter.phone_couriers >= {"sf"}


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("500", "COURIER_BUSY"),
        ("404", "COURIER_REFUSED"),
        ("302", "COURIER_REFUSED"),
        ("garbage", "COURIER_ANSWER_UNREADABLE"),
        ("list", "COURIER_ANSWER_UNREADABLE"),
        ("huge", "COURIER_ANSWER_UNREADABLE"),
    ],
)
def test_a_provider_that_is_not_well_has_one_stable_word(asked: Asked, manner: str, reason: str) -> None:
    failed = asked.failure(manner)
    assert (failed.reason, failed.for_good) == (reason, False)


def test_a_provider_that_drips_gets_no_more_than_its_time(asked: Asked) -> None:
    begun = time.monotonic()
    assert asked.failure("slow", seconds=0.6).reason == "COURIER_UNREACHABLE"
    assert time.monotonic() - begun < 3


def test_a_wrong_key_is_named_and_is_in_no_error(asked: Asked) -> None:
    wrong = {**asked.provider.told(), "key": "another-key-altogether-0123"}
    settings = asked.adapter.settings.model_validate_strings(wrong)
    with pytest.raises(CourierFailed) as failed:
        asked.adapter.ask(WAYBILL, settings=settings, within_seconds=5)
    assert failed.value.reason in {"COURIER_ACCOUNT_REFUSED", "COURIER_REFUSED"}
    assert "another-key" not in repr(settings) + repr(failed.value)


def test_nothing_goes_out_unprotected(asked: Asked) -> None:
    abroad = {**asked.provider.told(), "address": "http://tracking.example"}
    settings = asked.adapter.settings.model_validate_strings(abroad)
    with pytest.raises(CourierFailed) as failed:
        asked.adapter.ask(WAYBILL, settings=settings, within_seconds=5)
    assert (failed.value.reason, failed.value.for_good) == ("COURIER_PROTECTION_FAILED", True)


def test_an_answer_of_another_parcel_is_none(asked: Asked) -> None:
    asked.provider.histories["YT0000000001"] = WAY[asked.name]
    result = asked.provider.result
    asked.provider.result = lambda _, steps: result(NUMBER, steps)
    with pytest.raises(CourierFailed) as failed:
        asked.ask(Waybill("YT0000000001", "yto"))
    assert failed.value.reason == "COURIER_ANSWER_UNREADABLE"


@pytest.mark.clause("ORD-2")
def test_subscribing_twice_is_subscribing_once(asked: Asked) -> None:
    for _ in range(2):
        asked.adapter.subscribe(WAYBILL, "https://acme.example/p", settings=asked.settings, within_seconds=5)
    assert len(asked.provider.subscribed) == 2
    asked.provider.manner = "garbage"
    with pytest.raises(CourierFailed):
        asked.adapter.subscribe(WAYBILL, "https://acme.example/p", settings=asked.settings, within_seconds=5)


@pytest.mark.clause("ORD-2")
def test_a_signed_push_says_what_asking_says(asked: Asked) -> None:
    [report] = asked.verified(asked.provider.push(NUMBER))
    assert (report.waybill, report.courier, read(report)) == (NUMBER, "yto", READ)


def test_a_forged_push_is_refused(asked: Asked) -> None:
    body = asked.provider.push(NUMBER, salt="a-salt-that-is-not-it")
    with pytest.raises(PushRefused) as refused:
        asked.verified(body)
    assert (refused.value.reason, refused.value.forged) == ("PUSH_FORGED", True)


def test_a_push_of_which_one_letter_was_changed_is_refused(asked: Asked) -> None:
    body = asked.provider.push(NUMBER)
    changed = body.replace(NUMBER.encode(), b"YT2233445566779")
    assert changed != body
    with pytest.raises(PushRefused) as refused:
        asked.verified(changed)
    assert refused.value.forged


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_half_a_push_is_refused(asked: Asked, cut: float) -> None:
    body = asked.provider.push(NUMBER)
    with pytest.raises(PushRefused):
        asked.verified(body[: int(len(body) * cut)])


def test_a_sound_signature_over_nonsense_is_unreadable(asked: Asked) -> None:
    asked.provider.histories[NUMBER] = [Step("yesterday", "x", "1")]
    with pytest.raises(PushRefused) as refused:
        asked.verified(asked.provider.push(NUMBER))
    assert (refused.value.reason, refused.value.forged) == ("PUSH_UNREADABLE", False)


def test_what_a_provider_wants_to_hear() -> None:
    at = datetime(2026, 3, 2, 4, tzinfo=UTC)
    with served(Kuaidi100Server()) as one, served(KdniaoServer()) as two:
        first, second = Asked("kuaidi100", one), Asked("kdniao", two)
        said = json.loads(first.adapter.answer(taken=True, at=at, settings=first.settings).text)
        assert (said["result"], said["returnCode"]) == (True, "200")
        assert json.loads(first.adapter.answer(taken=False, at=at, settings=first.settings).text)["result"] is False
        said = json.loads(second.adapter.answer(taken=True, at=at, settings=second.settings).text)
        assert (said["EBusinessID"], said["UpdateTime"], said["Success"]) == ("1000000", "2026-03-02 12:00:00", True)


def test_kdniao_tells_of_many_parcels_at_once_and_only_of_its_own_business() -> None:
    with served(KdniaoServer()) as provider:
        asked = Asked("kdniao", provider)
        asked.provider.histories["YT0000000001"] = WAY["kdniao"][:1]
        reports = asked.verified(asked.provider.push(NUMBER, "YT0000000001"))
        assert [(one.waybill, len(one.events)) for one in reports] == [(NUMBER, 4), ("YT0000000001", 1)]
        with pytest.raises(PushRefused) as refused:
            asked.verified(asked.provider.push(NUMBER, business="2000000"))
        assert refused.value.forged
        money = urlencode({**_fields(asked.provider.push(NUMBER)), "RequestType": "107"}).encode()
        with pytest.raises(PushRefused):
            asked.verified(money)


def test_kuaidi100_says_when_it_watches_no_longer() -> None:
    with served(Kuaidi100Server()) as provider:
        asked = Asked("kuaidi100", provider)
        assert [one.ended for one in asked.verified(asked.provider.push(NUMBER, status="shutdown"))] == [True]
        [report] = asked.verified(asked.provider.push(NUMBER, status="abort", steps=()))
        assert (report.events, report.ended) == ((), True)


def _fields(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
