"""What a policy raises while it works, told so that nobody learns a value: the kind of error and the place in code."""

from collections.abc import Iterator
from contextlib import contextmanager

from bylaw_hooks import DeliveryFailed
from bylaw_hooks.couriers import CourierFailed, PushRefused
from bylaw_kit.places import place_of
from pydantic import ValidationError

from bylaw_plugin_host.outcomes import FAILED, CallFailed, Failure, ParametersRefused
from bylaw_plugin_host.violations import violations_of


@contextmanager
def validation() -> Iterator[None]:
    """What pydantic refuses, without the values: ParametersRefused."""
    try:
        yield
    except ValidationError as error:
        raise ParametersRefused(violations_of(error)) from None


@contextmanager
def policy_at_work() -> Iterator[None]:
    """Whatever a policy raises in here is a CallFailed that names the kind of error and the place, never a value."""
    try:
        yield
    except (CallFailed, ParametersRefused, DeliveryFailed, CourierFailed, PushRefused):
        raise
    except (Exception, SystemExit) as error:
        raise CallFailed(raised(error)) from error


def raised(error: BaseException) -> Failure:
    """What a policy's exception is told as."""
    place = place_of(error)
    return Failure(FAILED, detail=f"{type(error).__name__} at {place}" if place else type(error).__name__)
