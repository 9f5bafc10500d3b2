"""What a delivery channel is: a name, settings, and one call that hands a notice over to the outside (PLN-2)."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from bylaw_hooks.parameters import Both, Parameters

S = TypeVar("S", bound=Parameters)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice for one addressee, in their language ("zh" or "en").

    `key` is opaque and the same at every try: an outside that knows it already may drop the repeat. `sent_at` is UTC.
    """

    key: str
    language: str
    title: str
    body: str
    sent_at: datetime


class DeliveryFailed(Exception):  # noqa: N818  (the family of refusals speaks so)
    """The outside did not take it: a stable UPPER_SNAKE reason without personal data; `for_good` ends the tries."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        self.reason, self.for_good = reason, for_good
        super().__init__(reason)


class DeliveryChannel(ABC, Generic[S]):
    """A way out. It keeps nothing from call to call and reads no environment: its settings are handed in.

    They come from `BYLAW_<NAME>_<FIELD>`; where none of those is set, the channel is off.
    """

    name: ClassVar[str]
    title: ClassVar[Both]
    settings: type[S]

    @abstractmethod
    def deliver(self, notice: NoticeFacts, address: str, *, settings: S, within_seconds: float) -> None:
        """Hand a notice over to an e-mail address and return, or raise DeliveryFailed, in the time given."""
