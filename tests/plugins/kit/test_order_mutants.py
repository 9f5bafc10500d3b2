"""The rules of order importers are proved by mutants, and what ships keeps every one of them."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from bylaw_hooks.orders import Header, OrderTable, ReadFault, ReadOrder, Shop
from bylaw_kit.order_conformance import ORDER_CHECKS, importer_broken, importers_of, keep_importer
from bylaw_kit.rules import ORDERS
from bylaw_kit.subject import RuleBroken

from tests.plugins.gallery.acme_orders import Orders

pytestmark = pytest.mark.clause("ORD-1")
Read = ReadOrder | ReadFault
Tables = tuple[OrderTable, ...]


class Spoiling(Orders):
    """A mutant that changes what a sound importer reads."""

    def read(self, tables: Tables, shop: Shop) -> Iterator[Read]:
        for one in super().read(tables, shop):
            yield from self.spoil(one, tables)

    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:
        """What the mutant makes of it."""
        raise AssertionError(read, tables)


class ByPlace(Orders):
    """Knows where its columns stand."""

    def read(self, tables: Tables, shop: Shop) -> Iterator[Read]:
        return super().read((OrderTable(("No", "Code", "Placed", "Name"), tables[0].rows),), shop)


class Omnivorous(Orders):
    def recognises(self, header: Header) -> bool:  # noqa: ARG002
        return True


class Silent(Spoiling):
    """Passes over what it cannot read."""

    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:  # noqa: ARG002
        if isinstance(read, ReadOrder):
            yield read


class LineByLine(Spoiling):
    """Takes each line for an order."""

    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:  # noqa: ARG002
        if isinstance(read, ReadOrder):
            yield from (replace(read, lines=(line,), rows=(line.row,)) for line in read.lines)
        else:
            yield read


class Zoneless(Spoiling):
    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:  # noqa: ARG002
        yield replace(read, placed_at=datetime(2026, 3, 2)) if isinstance(read, ReadOrder) else read  # noqa: DTZ001


class Floating(Spoiling):
    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:  # noqa: ARG002
        yield replace(read, total=0.1) if isinstance(read, ReadOrder) else read  # type: ignore[arg-type]


class Vague(Orders):
    """Does not say what is missing, and does not know it either."""

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:  # noqa: ARG002
        return ()


class Stamping(Spoiling):
    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:  # noqa: ARG002
        yield replace(read, version=str(time.time())) if isinstance(read, ReadOrder) else read


class Trusting(Spoiling):
    """Takes a code for a number without looking, where it is not the one that was tried at home."""

    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:  # noqa: ARG002
        for line in read.lines if isinstance(read, ReadOrder) else ():
            if line.code != "TEA":
                Decimal(line.code)
        yield read


class Telling(Spoiling):
    """Says what stands in the line."""

    def spoil(self, read: Any, tables: Tables) -> Iterator[Read]:
        if isinstance(read, ReadFault):
            cells = dict(tables[0].rows()).get(read.row, ())
            yield replace(read, zh=f"{read.zh}:{cells}")
        else:
            yield read


ORDER_MUTANTS: dict[str, tuple[type[Orders], ...]] = {
    "O1": (ByPlace, Omnivorous),
    "O2": (Silent,),
    "O3": (LineByLine,),
    "O4": (Zoneless, Floating),
    "O5": (Vague,),
    "O6": (Stamping,),
    "O7": (Trusting, Telling),
}


@pytest.mark.parametrize("rule", ORDER_MUTANTS)
def test_a_mutant_that_breaks_a_rule_is_named_by_that_rule(rule: str) -> None:
    for mutant in ORDER_MUTANTS[rule]:
        with pytest.raises(RuleBroken) as found:
            keep_importer(mutant(), rule)
        assert found.value.rule == rule, mutant
        assert str(found.value).startswith(f"{rule} {ORDERS[rule].en} / {ORDERS[rule].zh}")


def test_every_rule_has_its_mutant() -> None:
    assert list(ORDERS) == list(ORDER_CHECKS) == list(ORDER_MUTANTS)


def test_a_sound_importer_keeps_every_rule() -> None:
    assert [str(found) for found in importer_broken(Orders())] == []


@pytest.mark.parametrize("distribution", ["bylaw-retail-sets", "bylaw-shop-exports", "bylaw-taobao-orders"])
def test_what_ships_keeps_every_rule(distribution: str) -> None:
    shipped = importers_of(distribution)
    assert len(shipped) == 2
    assert [str(found) for one in shipped for found in importer_broken(one)] == []
