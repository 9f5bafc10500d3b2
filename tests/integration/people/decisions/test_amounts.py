"""What a decision is about, and from how much on a step asks: exact numbers, or a refusal that names the field."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.types.v1.amount_pb2 import Money, Quantity
from bylaw_chassis.status import refusal_from
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.builders.decisions import SEND_BACK, Department, days, department
from tests.databases import Databases

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
INT64 = 2**63 - 1
NO_NUMBERS = {
    "below zero": "-1",
    "minus nothing": "-0",
    "minus nothing, precisely": "-0.000000",
    "an exponent": "1e30",
    "a small exponent": "1E-3",
    "not a number": "NaN",
    "a signalling one": "sNaN",
    "without end": "Infinity",
    "nothing": "",
    "a blank": " ",
    "blanks around": " 1 ",
    "a line break": "1\n",
    "a plus": "+1",
    "no digit before the point": ".5",
    "no digit behind it": "5.",
    "two points": "1.2.3",
    "a comma": "1,5",
    "grouped digits": "1,000",
    "digits with a line below": "1_000",
    "other digits": "\u0661",
    "full width": "\uff11",
    "sixteen digits": "1" * 16,
    "seven places": "0.1234567",
    "a null character": "1\0",
    "hexadecimal": "0x10",
    "thousands of digits": "9" * 5_000,
}
NO_MONEY = {
    "below zero": Money(minor_units=-1, currency="CNY"),
    "the least there is": Money(minor_units=-INT64 - 1, currency="CNY"),
    "the most there is": Money(minor_units=INT64, currency="CNY"),
    "sixteen digits": Money(minor_units=10**15, currency="CNY"),
    "without a currency": Money(minor_units=1),
    "small letters": Money(minor_units=1, currency="cny"),
    "full width": Money(minor_units=1, currency="\uff23\uff2e\uff39"),
    "a sign": Money(minor_units=1, currency="\u00a5"),
    "two letters": Money(minor_units=1, currency="CN"),
    "a line break": Money(minor_units=1, currency="CNY\n"),
    "a null character": Money(minor_units=1, currency="CN\0"),
}
NO_UNITS = {
    "none": "",
    "a capital letter": "Day",
    "Chinese": "\u5929",
    "a line break": "day\n",
    "too long": "d" * 33,
    "two words": "day hour",
    "a digit first": "1day",
    "a null character": "da\0y",
}


def named(call: Any) -> tuple[str, set[str]]:
    """Why a call is refused, and the fields that the refusal names."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    refusal = refusal_from(refused.value)
    fields = {violation.field for violation in refusal.violations} | {refusal.variables.get("field", "")}
    return refusal.reason, fields - {""}


@pytest.fixture(scope="module")
def acme(postgres: Databases) -> Iterator[Department]:
    """One department for all: what is refused leaves nothing of itself."""
    with department(postgres) as made:
        yield made


def thresholds(acme: Department, kind: str, *values: str, **more: Any) -> messages.Process:
    """A process that asks the unit's own head, and a head further up from each amount on."""
    steps = [messages.ProcessStep(kind=messages.STEP_KIND_HEAD)]
    steps += [messages.ProcessStep(kind=messages.STEP_KIND_HEAD, levels_up=1, from_amount=value) for value in values]
    return acme.set_process(kind, *steps, **more)


def steps_of(acme: Department, kind: str, **amount: Any) -> int:
    """How many steps apply to an amount."""
    return len(acme.ask("wang", kind, subjects=[f"matters/{uuid.uuid4()}"], **amount).plan)


@pytest.mark.parametrize("value", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_no_exact_number_is_refused_by_field_and_nothing_is_kept(acme: Department, value: str) -> None:
    before, wrong = acme.listed("wang"), Quantity(value=value, unit="day")
    assert named(lambda: acme.ask("wang", quantity=wrong)) == ("FIELD_INVALID", {"decision.quantity.value"})
    assert acme.listed("wang") == before


@pytest.mark.parametrize("unit", NO_UNITS.values(), ids=NO_UNITS)
def test_what_is_no_unit_is_refused_by_field(acme: Department, unit: str) -> None:
    wrong = Quantity(value="1", unit=unit)
    assert named(lambda: acme.ask("wang", quantity=wrong)) == ("FIELD_INVALID", {"decision.quantity"})


@pytest.mark.parametrize("money", NO_MONEY.values(), ids=NO_MONEY)
def test_what_is_no_amount_of_money_is_refused_by_field_and_nothing_is_kept(acme: Department, money: Money) -> None:
    before = acme.listed("wang")
    assert named(lambda: acme.ask("wang", money=money)) == ("FIELD_INVALID", {"decision.money"})
    assert acme.listed("wang") == before


def test_what_was_sent_back_is_not_asked_again_about_no_amount(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"), subjects=["leaveRequests/back"])
    acme.answer("chen", decision, SEND_BACK)
    for value in ("-1", "NaN", "1e30", "-0"):
        refused = named(lambda value=value: acme.resubmit("wang", decision, quantity=days(value)))
        assert refused == ("FIELD_INVALID", {"decision.quantity.value"})
    for money in NO_MONEY.values():
        refused = named(lambda money=money: acme.resubmit("wang", decision, money=money))
        assert refused == ("FIELD_INVALID", {"decision.money"})
    assert acme.see("wang", decision).quantity == days("1")


@pytest.mark.parametrize("name", [name for name in NO_NUMBERS if NO_NUMBERS[name]])
def test_no_step_begins_at_what_is_no_exact_number(acme: Department, name: str) -> None:
    refused = named(lambda: thresholds(acme, "trip", NO_NUMBERS[name], measure="day"))
    assert refused == ("FIELD_INVALID", {"process.steps[1].from_amount"})


@pytest.mark.parametrize("hours", [-1, -(2**31), 2**31 - 1, 24 * 90 + 1])
def test_no_step_waits_for_hours_that_there_are_not(acme: Department, hours: int) -> None:
    kind = messages.STEP_KIND_HEAD
    for step in (
        messages.ProcessStep(kind=kind, due_hours=hours),
        messages.ProcessStep(kind=kind, escalate_hours=hours),
    ):
        assert named(lambda step=step: acme.set_process("trip", step))[0] == "PROCESS_UNFIT"


@pytest.mark.clause("DEC-2")
def test_a_threshold_is_met_exactly_and_by_no_hair_less(acme: Department) -> None:
    thresholds(acme, "sample", "0.3", measure="piece")
    asked = {"0.299999": 1, "0.3": 2, "0.300000": 2, "0.300001": 2, "0": 1, "000000000000000.3": 2}
    assert {value: steps_of(acme, "sample", quantity=Quantity(value=value, unit="piece")) for value in asked} == asked
    thresholds(acme, "purchase", "100000", measure="CNY", money=True)
    paid = {99_999: 1, 100_000: 2, 10**15 - 1: 2, 0: 1}
    found = {fen: steps_of(acme, "purchase", money=Money(minor_units=fen, currency="CNY")) for fen in paid}
    assert found == paid


@pytest.mark.clause("DEC-2")
def test_an_amount_in_another_currency_or_measure_gets_round_no_threshold(acme: Department) -> None:
    thresholds(acme, "contract", "100000", measure="CNY", money=True)
    others: tuple[dict[str, Any], ...] = (
        {},
        {"money": Money(minor_units=1, currency="USD")},
        {"money": Money(minor_units=0, currency="JPY")},
        {"quantity": Quantity(value="1", unit="cny")},
        {"quantity": Quantity(value="0", unit="day")},
    )
    assert [steps_of(acme, "contract", **amount) for amount in others] == [2] * len(others)
    assert steps_of(acme, "contract", money=Money(minor_units=1, currency="CNY")) == 1


@FUZZ
@given(
    st.decimals(min_value=0, max_value=Decimal("999999999999999.999999"), places=6),
    st.decimals(min_value=0, max_value=Decimal("999999999999999.999999"), places=6),
)
@example(Decimal("0.1") + Decimal("0.2"), Decimal("0.3"))
@example(Decimal("999999999999999.999999"), Decimal("999999999999999.999998"))
def test_every_number_there_is_comes_back_as_it_was_and_is_compared_as_it_is(
    acme: Department, value: Decimal, threshold: Decimal
) -> None:
    process = thresholds(acme, "exact", f"{threshold:f}", measure="piece")
    decision = acme.ask(
        "wang", "exact", subjects=[f"matters/{uuid.uuid4()}"], quantity=Quantity(value=f"{value:f}", unit="piece")
    )
    assert Decimal(decision.quantity.value) == value
    assert Decimal(process.steps[1].from_amount or "0") == threshold
    assert len(decision.plan) == (2 if value >= threshold else 1)
    assert acme.see("wang", decision).quantity == decision.quantity
