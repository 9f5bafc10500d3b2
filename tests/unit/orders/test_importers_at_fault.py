"""An importer that does not do its work is named, and nothing of a file is told (ORD-1)."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bylaw_hooks import Both
from bylaw_hooks.orders import Header, OrderImporter, OrderTable, ReadFault, ReadOrder, Shop
from bylaw_orders.importers import OrderImporters
from bylaw_orders.rules.order_files.refusals import ImporterBroken, ImporterNotFound
from bylaw_plugin_host.importer_host import ImporterHost
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.registering import RegisteredImporter, Registration

pytestmark = pytest.mark.clause("ORD-1")
TABLE = OrderTable(("No", "Name"), lambda: iter([(2, ["1", "王芳"])]))
SHOP = Shop(ZoneInfo("Asia/Shanghai"), "CNY")


class Broken(OrderImporter):
    """Stumbles over every file."""

    name, version, title = "acme-broken", 1, Both("坏", "Broken")
    sample = ((("No",), ("1",)),)

    def recognises(self, header: Header) -> bool:
        raise KeyError(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        raise KeyError(headers)

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:  # noqa: ARG002
        raise ValueError(next(tables[0].rows()))


@pytest.fixture
def importers() -> OrderImporters:
    brought = Registration([], [], importers=[RegisteredImporter(Broken(), "acme-orders", "1.0")])
    return OrderImporters(ImporterHost([Loaded("acme-orders", "1.0", brought)]))


def test_whoever_stumbles_over_a_file_is_named_without_what_stands_in_it(importers: OrderImporters) -> None:
    with pytest.raises(ImporterBroken) as broken:
        list(importers.read("acme-broken@1", [TABLE], SHOP))
    told: Any = broken.value
    assert told.reason == "IMPORTER_BROKEN"
    assert "acme-orders 1.0" in told.message_en
    assert "王芳" not in f"{told.message_zh}{told.message_en}"


def test_whoever_stumbles_over_a_heading_knows_none_and_keeps_nobody_from_reading(importers: OrderImporters) -> None:
    assert importers.match("acme-broken@1", (TABLE.header, ())).known == (False, False)


def test_an_importer_that_was_uninstalled_is_missed(importers: OrderImporters) -> None:
    with pytest.raises(ImporterNotFound):
        list(importers.read("acme-broken@2", [TABLE], SHOP))
