"""The conformance kit for courier adapters: every rule of their list, over every adapter of a distribution."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from bylaw_hooks import Parameters
from bylaw_hooks.couriers import CourierAdapter, CourierFailed, Push, PushAnswer, PushRefused, Waybill

from bylaw_kit.finding import module_of
from bylaw_kit.keeping import keep_rule
from bylaw_kit.listening import listening
from bylaw_kit.outside import Manner, outside
from bylaw_kit.rules import COURIER
from bylaw_kit.stated import fault_of_text, fault_of_titles, secrets_of, settings_of
from bylaw_kit.subject import RuleBroken

Courier = CourierAdapter[Any]
CourierRule = Callable[[Courier], None]
REASON = re.compile("[A-Z][A-Z0-9_]{0,63}")
WITHIN_SECONDS, MOST_SECONDS = 1.0, 4.0
"""What a question is told it has, and what it may take on a busy machine."""
LONGEST_ANSWER = 4_000
WAYBILL = Waybill("SF1029384756", "sf", "4821")
CALLBACK = "https://acme.example/couriers/push"
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
KEY_LOG = "SSLKEYLOGFILE"
"""Read by the language itself for every protected connection."""
FORM = (("content-type", "application/x-www-form-urlencoded"),)
FORGED = (
    b"",
    b"\x00\xff\xfe" * 40,
    b"{",
    b"[]",
    b'{"waybill": "SF1029384756", "state": "3"}',
    b"param=%7B%7D",
    b"param=%7B%7D&sign=" + b"0" * 32,
    b"param=%7B%7D&sign=" + b"%E4%B8%AD" * 32,
    b"RequestData=%7B%22Data%22%3A%5B%5D%7D&RequestType=101&DataSign=QUJD",
    b"param=%FF%FE&sign=&RequestData=%FF&DataSign=",
    b"&".join(b"param=1" for _ in range(200)),
    b"param=" + b"[" * 100_000,
)
"""What a stranger sends: nothing, noise, what has no signature, a wrong one, other encodings, far too much."""


def _titled(courier: Courier) -> None:
    if fault := fault_of_titles(courier):
        raise RuleBroken("T1", fault)


def _from_text(courier: Courier) -> None:
    if fault := fault_of_text(courier):
        raise RuleBroken("T2", fault)


def _refusing(courier: Courier) -> None:
    settings = settings_of(courier)
    for body in FORGED:
        with outside(Manner.ABSENT) as tried:
            refused = _refusal(courier, Push(body, FORM), settings)
        if tried or refused is None:
            raise RuleBroken("T3", f"{body[:40]!r} was believed, or somebody was asked about it")
        _check_word("T3", refused.reason, str(refused), secrets_of(settings))


def _failing(courier: Courier) -> None:
    settings = settings_of(courier)
    for manner in (Manner.ABSENT, Manner.HANGS_UP):
        for call in _outward(courier, settings):
            with outside(manner):
                failed = _failure(call)
            if failed is None or failed.for_good:
                raise RuleBroken("T4", f"{manner.value}: it claims to know, or gave up for good")
            _check_word("T4", failed.reason, str(failed), [*secrets_of(settings), WAYBILL.number])


def _in_time(courier: Courier) -> None:
    for call in _outward(courier, settings_of(courier)):
        with outside(Manner.SILENT):
            begun = time.monotonic()
            failed = _failure(call)
            spent = time.monotonic() - begun
        if failed is None or spent > MOST_SECONDS:
            raise RuleBroken(
                "T5", f"told to end within {WITHIN_SECONDS} s it took {spent:.1f}, or took silence for an answer"
            )


def _manners(courier: Courier) -> None:
    settings, reasons = settings_of(courier), set()
    for _ in range(2):
        with outside(Manner.ABSENT), listening() as heard:
            failed = _failure(next(_outward(courier, settings)))
            refused = _refusal(courier, Push(FORGED[5], FORM), settings)
        reasons.add((failed and failed.reason, refused and refused.reason))
        if read := sorted({what for what in heard if what.startswith("os.environ") and KEY_LOG not in what}):
            raise RuleBroken("T6", f"it read {', '.join(read)}: its settings are handed in")
    if len(reasons) > 1:
        raise RuleBroken("T6", "asked twice, it failed differently")


def _answering(courier: Courier) -> None:
    settings = settings_of(courier)
    for taken in (True, False):
        answer = courier.answer(taken=taken, at=AT, settings=settings)
        if not isinstance(answer, PushAnswer) or len(answer.text) > LONGEST_ANSWER:
            raise RuleBroken("T7", "it is no short text")
        if any(secret in answer.text for secret in secrets_of(settings)):
            raise RuleBroken("T7", "it tells a secret")


def _outward(courier: Courier, settings: Parameters) -> Iterator[Callable[[], object]]:
    """What asks somebody outside."""
    told: dict[str, Any] = {"settings": settings, "within_seconds": WITHIN_SECONDS}
    yield lambda: courier.ask(WAYBILL, **told)
    if courier.subscribes:
        yield lambda: courier.subscribe(WAYBILL, CALLBACK, **told)


def _failure(call: Callable[[], object]) -> CourierFailed | None:
    """How a question failed; None where it was answered. Whatever else it raises breaks the rule."""
    try:
        call()
    except CourierFailed as failed:
        return failed
    return None


def _refusal(courier: Courier, push: Push, settings: Parameters) -> PushRefused | None:
    try:
        courier.verified(push, settings=settings)
    except PushRefused as refused:
        return refused
    return None


def _check_word(rule: str, reason: object, said: str, kept: list[str]) -> None:
    if not isinstance(reason, str) or not REASON.fullmatch(reason) or said != reason:
        raise RuleBroken(rule, f"{reason!r} is no stable word in capitals")
    if any(secret in reason for secret in kept):
        raise RuleBroken(rule, "its reason tells what it must keep")


_CHECKS: dict[str, CourierRule] = {
    "T1": _titled,
    "T2": _from_text,
    "T3": _refusing,
    "T4": _failing,
    "T5": _in_time,
    "T6": _manners,
    "T7": _answering,
}
COURIER_CHECKS: dict[str, CourierRule] = {rule: _CHECKS[rule] for rule in COURIER}
"""By id, in the list's order."""


def couriers_of(name: str) -> list[Courier]:
    """Every courier adapter that a distribution, or a module, registers."""
    return list(getattr(module_of(name), "register_couriers", list)())


def keep_courier(courier: Courier, rule: str) -> None:
    """Check one rule; RuleBroken names it, whatever the adapter did."""
    keep_rule(rule, lambda: COURIER_CHECKS[rule](courier))


def courier_broken(courier: Courier) -> Iterator[RuleBroken]:
    """Every rule that an adapter breaks."""
    for rule in COURIER_CHECKS:
        try:
            keep_courier(courier, rule)
        except RuleBroken as found:
            yield found
