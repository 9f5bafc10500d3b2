"""What is needed of the providers of tracking, and of the ways by which customers are told; see `policies`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from bylaw_orders.rules.tracking.told import Report


class CourierSilent(Exception):  # noqa: N818 - what happened
    """A provider did not answer: a stable word, without number or secret; `for_good`: it never will."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        self.reason, self.for_good = reason, for_good
        super().__init__(reason)


class CourierDesk(Protocol):
    """The adapters that are set up. None of its calls is made inside a transaction."""

    @property
    def names(self) -> Sequence[str]:
        """Their names, in order."""
        ...

    def needs_phone(self, name: str, courier: str) -> bool:
        """Whether a courier's parcels are told of only to who knows the end of the recipient's telephone."""
        ...

    def ask(self, name: str, waybill: str, courier: str, phone_tail: str) -> Report:
        """What a provider knows of a parcel; raises CourierSilent."""
        ...

    def subscribe(self, name: str, waybill: str, courier: str, phone_tail: str) -> bool:
        """Has a provider push what happens to a parcel; no where it cannot, or nobody said where to. CourierSilent."""
        ...

    def verified(self, name: str, body: bytes, headers: Mapping[str, str]) -> Sequence[Report]:
        """What a push tells, if it is the provider's.

        Refuses COURIER_UNKNOWN, PUSH_FORGED, PUSH_UNREADABLE and PUSH_POSTPONED.
        """
        ...

    def answer(self, name: str, now: datetime) -> tuple[str, str]:
        """What a provider hears whose push was taken: the text and its type."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to a customer; the address is in no text that anybody is shown."""

    key: str
    language: str
    title: str
    body: str
    sent_at: datetime
    address: str = field(repr=False)


class LetterOutcome(NamedTuple):
    """What became of a letter: "" it was sent, else a stable word; `for_good`: another try is in vain."""

    reason: str = ""
    for_good: bool = False


class Letters(Protocol):
    """The ways by which customers are told."""

    def send(self, letter: Letter) -> LetterOutcome:
        """One try by each way that is set up, never inside a transaction; the first that takes it is enough."""
        ...
