"""What a courier adapter is: a name, settings, and the calls that turn a provider's words into ours (ORD-2)."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from bylaw_hooks.couriers.facts import Push, PushAnswer, TrackReport, Waybill
from bylaw_hooks.parameters import Both, Parameters

S = TypeVar("S", bound=Parameters)


class CourierFailed(Exception):  # noqa: N818  (the family of refusals speaks so)
    """The provider did not answer: an UPPER_SNAKE reason without secret or number; `for_good` ends the tries."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        self.reason, self.for_good = reason, for_good
        super().__init__(reason)


class PushRefused(Exception):  # noqa: N818
    """What was pushed is not the provider's (`forged`), or nothing that can be read: a stable UPPER_SNAKE reason."""

    def __init__(self, reason: str, *, forged: bool = False) -> None:
        self.reason, self.forged = reason, forged
        super().__init__(reason)


class CourierAdapter(ABC, Generic[S]):
    """A provider of tracking. It keeps nothing from call to call and reads no environment: its settings are handed in.

    They come from `BYLAW_<NAME>_<FIELD>`; where none of those is set, the adapter is off. It compares signatures in
    constant time, and hands on what it cannot map as an event without a state.
    """

    name: ClassVar[str]
    title: ClassVar[Both]
    settings: type[S]
    phone_couriers: ClassVar[frozenset[str]] = frozenset()
    """Codes of couriers whose parcels are told of only to who knows the last digits of the recipient's telephone."""
    subscribes: ClassVar[bool] = False
    """Whether it can have the provider push; `subscribe`, `verified` and `answer` are asked only then."""

    @abstractmethod
    def ask(self, waybill: Waybill, *, settings: S, within_seconds: float) -> TrackReport:
        """What the provider knows of a parcel now, in the time given; raises CourierFailed."""

    def subscribe(self, waybill: Waybill, callback: str, *, settings: S, within_seconds: float) -> None:  # noqa: ARG002
        """Have the provider push what happens to a parcel to an address. Twice is once. Raises CourierFailed."""
        raise CourierFailed("NO_SUBSCRIPTIONS", for_good=True)

    def verified(self, push: Push, *, settings: S) -> tuple[TrackReport, ...]:  # noqa: ARG002
        """The reports of a push that is the provider's; raises PushRefused, before anything of it is believed."""
        raise PushRefused("NO_PUSHES")

    def answer(self, *, taken: bool, at: datetime, settings: S) -> PushAnswer:  # noqa: ARG002
        """What to answer a push that was verified: that it was taken, or that it should come again. `at` is UTC."""
        return PushAnswer("")
