"""A further unit of an item: how many of the item's own it comes to, as an exact ratio (GDS-1)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid


class ItemUnit(NamedTuple):
    """`per` of it are `base_quantity` of the item's own unit: 1 carton is 24 pieces, 3 rolls are 100 m.

    A row of its own: another ratio under the same name is another row, and what was said by the first stays with it.
    """

    identifier: UUID
    name: str
    base_quantity: Decimal
    per: Decimal
    barcode: str = ""

    @property
    def ratio(self) -> Fraction:
        """How many of the item's own unit one of it is; exact."""
        return Fraction(self.base_quantity) / Fraction(self.per)


class Said(NamedTuple):
    """A quantity as it was stated in a further unit, beside what it comes to in the item's own."""

    unit: UUID
    name: str
    quantity: Decimal

    def __neg__(self) -> "Said":
        """So much less."""
        return self._replace(quantity=-self.quantity)


def together(one: Said | None, other: Said | None) -> Said | None:
    """Two quantities as one, where both were stated in one unit; nothing else can be said of both."""
    if one and other and one.unit == other.unit:
        return one._replace(quantity=one.quantity + other.quantity)
    return None


def check_names(units: Sequence[ItemUnit], own: str) -> None:
    """Refuses FIELD_INVALID where two units, or one and the item's own, have one name, in whatever case."""
    taken = {own.casefold()}
    for number, unit in enumerate(units):
        if unit.name.casefold() in taken:
            raise FieldInvalid(
                field=f"item.units[{number}].unit",
                zh=f"“{unit.name}”已是该商品的单位；每个单位只写一次",
                en=f"`{unit.name}` is a unit of the item already; name each once",
            )
        taken.add(unit.name.casefold())


def kept(units: Sequence[ItemUnit], before: Sequence[ItemUnit]) -> tuple[ItemUnit, ...]:
    """The units by size, where nothing but a barcode changes as the same ones that they were before."""
    known = {(unit.name, unit.ratio): unit for unit in before}
    found = []
    for unit in units:
        same = known.get((unit.name, unit.ratio))
        found.append(same._replace(barcode=unit.barcode) if same else unit)
    return tuple(sorted(found, key=lambda unit: (unit.ratio, unit.name)))
