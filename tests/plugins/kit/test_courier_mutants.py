"""The rules of courier adapters are proved by mutants, and the adapters that ship keep every one of them."""

# ruff: noqa: ARG002 - a mutant takes what the surface hands it
import os
from datetime import datetime
from typing import Any, ClassVar

import pytest
from bylaw_hooks import Both, Parameters, setting
from bylaw_hooks.couriers import (
    CourierAdapter,
    CourierFailed,
    Push,
    PushAnswer,
    PushRefused,
    TrackReport,
    Waybill,
    check_signature,
    post_form,
    read_form,
)
from bylaw_kit.courier_conformance import COURIER_CHECKS, courier_broken, couriers_of, keep_courier
from bylaw_kit.rules import COURIER
from bylaw_kit.subject import RuleBroken
from pydantic import SecretStr


class Depot(Parameters):
    """Where it asks."""

    address: str = setting("地址", "Address", examples=["https://depot.example"])
    word: SecretStr = setting("口令", "Word", examples=["open-sesame-0123"])


class SoundVan(CourierAdapter[Depot]):
    """Asked by a form, pushed by a form with a word in it."""

    name, title, settings = "acme-van", Both("货车", "Van"), Depot
    subscribes: ClassVar[bool] = True

    def ask(self, waybill: Waybill, *, settings: Depot, within_seconds: float) -> TrackReport:
        post_form(settings.address, {"number": waybill.number}, within_seconds=within_seconds)
        return TrackReport(waybill.number, waybill.courier, ())

    def subscribe(self, waybill: Waybill, callback: str, *, settings: Depot, within_seconds: float) -> None:
        post_form(settings.address, {"number": waybill.number, "to": callback}, within_seconds=within_seconds)

    def verified(self, push: Push, *, settings: Depot) -> tuple[TrackReport, ...]:
        fields = read_form(push)
        check_signature(fields.get("word", ""), settings.word.get_secret_value())
        return (TrackReport(fields["number"], "acme", ()),)

    def answer(self, *, taken: bool, at: datetime, settings: Depot) -> PushAnswer:
        return PushAnswer("ok" if taken else "again")


class Nameless(SoundVan):
    name = "Acme Van"


class Nested(Parameters):
    """No text can say it."""

    more: dict[str, int] = setting("其他", "More", default={"port": 25})


class Wordless(SoundVan):
    settings: Any = Nested


class Believing(SoundVan):
    """It never looks at the signature."""

    def verified(self, push: Push, *, settings: Depot) -> tuple[TrackReport, ...]:
        return (TrackReport(read_form(push).get("number", "1"), "acme", ()),)


class Stumbling(SoundVan):
    """Whatever is no form brings it down."""

    def verified(self, push: Push, *, settings: Depot) -> tuple[TrackReport, ...]:
        push.body.decode("utf-8").index("word=")
        return super().verified(push, settings=settings)


class Quoting(SoundVan):
    def verified(self, push: Push, *, settings: Depot) -> tuple[TrackReport, ...]:
        raise PushRefused(f"not {settings.word.get_secret_value()}")


class GivingUp(SoundVan):
    def ask(self, waybill: Waybill, *, settings: Depot, within_seconds: float) -> TrackReport:
        raise CourierFailed("VAN_UNREACHABLE", for_good=True)


class Knowing(SoundVan):
    """Where nobody answers it says that there is no trace."""

    def ask(self, waybill: Waybill, *, settings: Depot, within_seconds: float) -> TrackReport:
        try:
            return super().ask(waybill, settings=settings, within_seconds=within_seconds)
        except CourierFailed:
            return TrackReport(waybill.number, waybill.courier, ())


class Patient(SoundVan):
    def subscribe(self, waybill: Waybill, callback: str, *, settings: Depot, within_seconds: float) -> None:
        super().subscribe(waybill, callback, settings=settings, within_seconds=within_seconds + 4)


class Reading(SoundVan):
    def ask(self, waybill: Waybill, *, settings: Depot, within_seconds: float) -> TrackReport:
        os.environ.get("ACME_VAN_WORD")
        return super().ask(waybill, settings=settings, within_seconds=within_seconds)


class Telling(SoundVan):
    def answer(self, *, taken: bool, at: datetime, settings: Depot) -> PushAnswer:
        return PushAnswer(f"ok {settings.word.get_secret_value()}")


MUTANTS: dict[str, tuple[type[SoundVan], ...]] = {
    "T1": (Nameless,),
    "T2": (Wordless,),
    "T3": (Believing, Stumbling, Quoting),
    "T4": (GivingUp, Knowing),
    "T5": (Patient,),
    "T6": (Reading,),
    "T7": (Telling,),
}


@pytest.mark.parametrize("rule", MUTANTS)
def test_a_mutant_that_breaks_a_rule_is_named_by_that_rule(rule: str) -> None:
    for mutant in MUTANTS[rule]:
        with pytest.raises(RuleBroken) as found:
            keep_courier(mutant(), rule)
        assert found.value.rule == rule
        assert str(found.value).startswith(f"{rule} {COURIER[rule].en} / {COURIER[rule].zh}")


def test_every_rule_has_its_mutant() -> None:
    assert list(COURIER) == list(COURIER_CHECKS) == list(MUTANTS)


def test_a_sound_adapter_keeps_every_rule() -> None:
    assert [str(found) for found in courier_broken(SoundVan())] == []


@pytest.mark.clause("ORD-2")
@pytest.mark.parametrize("distribution", ["bylaw-kuaidi100", "bylaw-kdniao"])
def test_what_ships_keeps_every_rule(distribution: str) -> None:
    (courier,) = couriers_of(distribution)
    assert [str(found) for found in courier_broken(courier)] == []
