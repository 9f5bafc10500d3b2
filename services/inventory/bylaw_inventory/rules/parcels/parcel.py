"""A parcel handed to a carrier, with the carrier's receipt (WHS-12)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.refusals import Fault

PARCELS, FIELD = "parcels", "lines"
NOT_ISSUED = Fault(
    "PARCEL_NOT_ISSUED", "不是本仓发往承运人且未冲销的出库", "no issue of this warehouse to a carrier that still stands"
)
HANDED_OVER = Fault("PARCEL_HANDED_OVER", "该包裹已交接", "the parcel was handed over already")
NOT_PACKED = Fault(
    "PARCEL_NOT_PACKED",
    "该出库的货物尚未全部装箱复核",
    "not all of the goods of this issue were checked as they were packed",
)


@dataclass(frozen=True, slots=True)
class ParcelWish:
    """A parcel as it is to be handed over; `receipt` is empty where it comes later, `more` are packed with it."""

    number: str
    movement: UUID
    receipt: str
    more: tuple[UUID, ...] = ()

    @property
    def issues(self) -> Iterator[tuple[str, UUID]]:
        """The issues whose goods are in it, each by its field."""
        yield "stock_movement", self.movement
        for place, one in enumerate(self.more):
            yield f"more_stock_movements[{place}]", one


@dataclass(frozen=True, slots=True)
class Receipt:
    """The carrier's receipt, and who recorded it."""

    number: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel that was handed over, with the goods of its issue and of `more`; but for its receipt nothing changes."""

    identifier: UUID
    warehouse: UUID
    carrier: str
    number: str
    movement: UUID
    handed_at: datetime
    handed_by: str
    receipt: Receipt | None
    more: tuple[UUID, ...] = ()

    @property
    def name(self) -> str:
        """`parcels/{parcel}`."""
        return resource_name(PARCELS, self.identifier)


def faults_of(
    wishes: Sequence[ParcelWish],
    issued: Collection[UUID],
    *,
    unpacked: Collection[UUID] = (),
    before: Collection[str] = (),
) -> list[Violation]:
    """Parcels of no issue, of one that needs a pack check and has none, named twice, or handed over before.

    `unpacked` are the issues of which goods lack a check that they need; `before` are the numbers of parcels that were
    handed over, in small letters.
    """
    found, seen = [], set(before)
    for place, wish in enumerate(wishes):
        for field, issue in wish.issues:
            if issue not in issued:
                found.append(NOT_ISSUED.at(f"{FIELD}[{place}].{field}"))
            elif issue in unpacked:
                found.append(NOT_PACKED.at(f"{FIELD}[{place}].{field}"))
        if wish.number.lower() in seen:
            found.append(HANDED_OVER.at(f"{FIELD}[{place}].number"))
        seen.add(wish.number.lower())
    return found
