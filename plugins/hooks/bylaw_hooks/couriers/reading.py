"""What a provider says, read by its table of codes: its digits mean ours only through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from bylaw_hooks.couriers.facts import ParcelState, SignedBy, TrackEvent

FINER = 3


class UnreadableError(ValueError):
    """It is not what the provider's documentation says."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A provider's codes: what each means, of a signature whose it is, and how it calls the couriers.

    A code of three digits that is not listed means what its first one does. A courier that is not listed is handed
    over as it is.
    """

    states: Mapping[str, ParcelState]
    signatures: Mapping[str, SignedBy]
    couriers: Mapping[str, str]

    def state(self, code: str) -> ParcelState | None:
        """What a code means; None where that is not known."""
        if code in self.states:
            return self.states[code]
        return self.states.get(code[:1]) if len(code) == FINER else None

    def coded(self, event: TrackEvent, code: str) -> TrackEvent:
        """The event with what a code says of it."""
        return replace(event, state=self.state(code), code=code, signed_by=self.signatures.get(code))

    def with_newest(self, events: Sequence[TrackEvent], code: str) -> tuple[TrackEvent, ...]:
        """Events in order of time; the last has, where it says nothing itself, the code of the whole parcel."""
        ordered = sorted(events, key=lambda event: event.at)
        if ordered and ordered[-1].state is None:
            ordered[-1] = self.coded(ordered[-1], code)
        return tuple(ordered)

    def theirs(self, courier: str) -> str:
        """A courier's code as the provider has it."""
        return self.couriers.get(courier, courier)

    def ours(self, courier: str) -> str:
        """A courier's code as the shop has it."""
        return next((ours for ours, theirs in self.couriers.items() if theirs == courier), courier)


def text_in(told: Any, name: str) -> str:
    """A text of an object, "" where it is not there; raises UnreadableError where it is something else."""
    if not isinstance(told, dict):
        raise UnreadableError
    value = told.get(name)
    if not isinstance(value, str | None):
        raise UnreadableError
    return value or ""


def instant_in(told: Any, name: str, zone: tzinfo) -> datetime:
    """A time such as "2026-01-18 09:30:00" on the wall of a zone; raises UnreadableError."""
    try:
        return datetime.strptime(text_in(told, name).replace("/", "-"), "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:
        raise UnreadableError from None
