"""The facts of tracking: a parcel that is asked for, what a provider pushes, and what is known of the parcel's way."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ParcelState(Enum):
    """Where a parcel is, the same words for every provider: the same digit means different things to different ones."""

    NO_TRACE = "no_trace"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    FORWARDED = "forwarded"
    CUSTOMS = "customs"
    OUT_FOR_DELIVERY = "out_for_delivery"
    IN_LOCKER = "in_locker"
    PROBLEM = "problem"
    REFUSED = "refused"
    SIGNED = "signed"
    RETURNING = "returning"
    RETURN_SIGNED = "return_signed"


class SignedBy(Enum):
    """Who took a parcel that was signed for; that it lies in a locker is no signature, that it was taken out is one."""

    CUSTOMER = "customer"
    PROXY = "proxy"
    LOCKER = "locker"


@dataclass(frozen=True, slots=True)
class Waybill:
    """A parcel to ask for: its number, and the courier's code as the shop knows it, such as "sf".

    `phone_tail` is the last four digits of the recipient's telephone, handed over only for a courier in the adapter's
    `phone_couriers`; nothing else of the recipient ever is (CUS-1).
    """

    number: str
    courier: str
    phone_tail: str = ""


@dataclass(frozen=True, slots=True)
class TrackEvent:
    """One thing that happened to a parcel.

    `at` is aware. `state` is None where the provider says of this event only that it was. `code` is the provider's own
    word for it, kept for people and never compared. Of a signature `signed_by` says whose, as far as it is known.
    """

    at: datetime
    text: str
    state: ParcelState | None = None
    place: str = ""
    code: str = ""
    signed_by: SignedBy | None = None


@dataclass(frozen=True, slots=True)
class TrackReport:
    """What a provider knows of a parcel, events in any order; no events: it has no trace.

    `complete`: all it knows is in here, not only what is new. `ended`: it watches the parcel no longer and will push
    nothing more.
    """

    waybill: str
    courier: str
    events: tuple[TrackEvent, ...]
    complete: bool = True
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """What somebody sent to the address of an adapter, byte for byte: whether it is the provider is not known yet.

    Names of headers are in lower case; none that could sign in as somebody is among them.
    """

    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """What a provider wants to hear: the text, in UTF-8, and its type."""

    text: str
    content_type: str = "application/json"
