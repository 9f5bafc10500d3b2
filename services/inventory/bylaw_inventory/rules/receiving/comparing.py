"""What was announced beside what arrived, and in what it differs (WHS-1, WHS-2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.receiving.count import CountedLine
from bylaw_inventory.rules.receiving.note import GoodsKey, NoteLine
from bylaw_inventory.rules.receiving.tolerance import EXACTLY, Tolerance


class Difference(IntEnum):
    """In what a delivery differs from its note; the numbers are those of the contract."""

    SHORT = 1
    OVER = 2
    DAMAGED = 3
    OTHER_VARIETY = 4
    UNANNOUNCED = 5
    EXPIRY = 6


class Compared(NamedTuple):
    """What is announced of some goods (zero: nothing), what was accepted before, and what was counted now."""

    item: UUID
    lot: str
    announced: Decimal
    accepted_before: Decimal
    counted: Decimal
    unit: str
    differences: tuple[Difference, ...] = ()

    @property
    def key(self) -> GoodsKey:
        """Which goods."""
        return self.item, self.lot


class Taken(NamedTuple):
    """How much of some goods was accepted with a delivery, and when."""

    delivery: UUID
    at: datetime
    key: GoodsKey
    quantity: Decimal


class Terms(NamedTuple):
    """By what a delivery is compared: tolerances by item, whether more is to come, and the day it is."""

    tolerances: Mapping[UUID, Tolerance]
    partial: bool
    today: date


def taken_before(taken: Iterable[Taken], delivery: UUID, at: datetime | None) -> dict[GoodsKey, Decimal]:
    """What was accepted with other deliveries before this one was decided; all of it where it is not."""
    found: dict[GoodsKey, Decimal] = {}
    for one in taken:
        if one.delivery != delivery and (at is None or one.at < at):
            found[one.key] = found.get(one.key, ZERO) + one.quantity
    return found


def announced_as(key: GoodsKey, lines: Iterable[GoodsKey]) -> GoodsKey:
    """As what some goods are announced: by their lot, by their item, or not at all, which is as themselves."""
    known, (item, _) = set(lines), key
    return key if key in known or (item, "") not in known else (item, "")


def by_announcement(quantities: Mapping[GoodsKey, Decimal], lines: Sequence[NoteLine]) -> dict[GoodsKey, Decimal]:
    """Quantities of goods as sums of what the note announces them as; what it does not stands by itself."""
    known, found = [line.key for line in lines], dict[GoodsKey, Decimal]()
    for key, quantity in quantities.items():
        as_what = announced_as(key, known)
        found[as_what] = found.get(as_what, ZERO) + quantity
    return found


def compared(
    lines: Sequence[NoteLine], counted: Sequence[CountedLine], before: Mapping[GoodsKey, Decimal], terms: Terms
) -> list[Compared]:
    """Every announced line with what was counted of it, then what came unannounced; `before` was accepted earlier."""
    known = [line.key for line in lines]
    groups: dict[GoodsKey, list[CountedLine]] = {key: [] for key in known}
    for one in counted:
        groups.setdefault(announced_as(one.key, known), []).append(one)
    earlier, said = by_announcement(before, lines), {line.key: line for line in lines}
    found = []
    for key, group in groups.items():
        line = said.get(key)
        made = Compared(
            *key,
            line.quantity if line else ZERO,
            earlier.get(key, ZERO),
            sum((one.total for one in group), ZERO),
            line.unit if line else group[0].unit,
        )
        found.append(made._replace(differences=tuple(sorted(set(_differences(made, line, group, terms))))))
    return found


def over_tolerance(
    lines: Sequence[NoteLine],
    accepted: Mapping[GoodsKey, Decimal],
    before: Mapping[GoodsKey, Decimal],
    tolerances: Mapping[UUID, Tolerance],
) -> list[GoodsKey]:
    """What would be more than announced and tolerated once this is accepted too: by what the note announces."""
    said = {line.key: line.quantity for line in lines}
    earlier = by_announcement(before, lines)
    return [
        key
        for key, now in by_announcement(accepted, lines).items()
        if tolerances.get(key[0], EXACTLY).is_over(said.get(key, ZERO), earlier.get(key, ZERO) + now)
    ]


def missing(
    lines: Sequence[NoteLine], accepted: Mapping[GoodsKey, Decimal], tolerances: Mapping[UUID, Tolerance]
) -> list[NoteLine]:
    """The lines of which less was accepted than announced and tolerated; none: the note is met."""
    there = by_announcement(accepted, lines)
    return [
        line for line in lines if tolerances.get(line.item, EXACTLY).is_short(line.quantity, there.get(line.key, ZERO))
    ]


def _differences(
    made: Compared, line: NoteLine | None, group: Sequence[CountedLine], terms: Terms
) -> Iterator[Difference]:
    tolerance, there = terms.tolerances.get(made.item, EXACTLY), made.accepted_before + made.counted
    if line is None:
        yield Difference.UNANNOUNCED
    elif tolerance.is_over(made.announced, there):
        yield Difference.OVER
    elif not terms.partial and tolerance.is_short(made.announced, there):
        yield Difference.SHORT
    for one in group:
        if one.damaged:
            yield Difference.DAMAGED
        if one.other_variety:
            yield Difference.OTHER_VARIETY
        other_day = line and line.expires and one.expires and line.expires != one.expires
        if other_day or one.has_expired(terms.today):
            yield Difference.EXPIRY
