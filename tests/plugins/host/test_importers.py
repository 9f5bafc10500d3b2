"""Order importers behind the host: asked in a worker as inside, everything that is read checked, and faults named."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from bylaw_hooks.orders import OrderTable, ReadFault, ReadOrder, Shop
from bylaw_kit.order_conformance import importers_of
from bylaw_kit.order_tables import sample_of
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.importer_host import ImporterHost, start_importers
from bylaw_plugin_host.outcomes import PolicyBroken, PolicyGone

from tests.plugins.host.conftest import AMPLE, Site

pytestmark = pytest.mark.clause("ORD-1")
SHOP = Shop(ZoneInfo("Asia/Shanghai"), "CNY")
HEADER = ("Name", "No", "Placed", "Code")
ROWS = [
    (2, ["王芳", "1", "2026-03-02 10:00:00", "TEA"]),
    (3, ["", "1", "", "CUP"]),
    (4, ["李明", "2", "2026/3/2 10:00", "TEA"]),
    (5, ["赵云", "3", "yesterday", "TEA"]),
]
TABLE = OrderTable(HEADER, lambda: iter(ROWS))
LATE = replace(AMPLE, floor_seconds=0.5)


def started(folder: Path, **more: object) -> ImporterHost:
    site = Site(folder)
    site.install("acme_orders")
    ours = [one for one in installed() if one.distribution == "bylaw-shop-exports"]
    return start_importers([*site.found(), *ours], limits=replace(AMPLE, **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def importers() -> Iterator[ImporterHost]:
    """The gallery's in a worker, the shipped ones inside."""
    with TemporaryDirectory() as folder:
        host = started(Path(folder))
        yield host
        host.close()


def test_each_version_is_offered_with_its_title_and_whose_it_is(importers: ImporterHost) -> None:
    offered = {one.identity: one for one in importers.offered()}
    assert (offered["bylaw-shopify@1"].title_en, offered["bylaw-shopify@1"].most_tables) == ("Shopify order export", 1)
    assert offered["acme-orders@1"].distribution == "acme-orders 1.2"
    assert "acme_orders" not in sys.modules


def test_a_worker_is_told_headings_and_says_which_it_knows_and_what_they_lack(importers: ImporterHost) -> None:
    assert importers.match("acme-orders@1", (HEADER, ("No", "Code"))) == ((True, False), ())
    assert importers.match("acme-orders@1", (("No", "Code"),)).missing == ("Placed", "Name")
    with pytest.raises(PolicyGone):
        importers.match("acme-orders@2", (HEADER,))


def test_a_worker_is_told_the_rows_and_its_orders_come_back(importers: ImporterHost) -> None:
    read = list(importers.read("acme-orders@1", [TABLE], SHOP))
    orders = [one for one in read if isinstance(one, ReadOrder)]
    assert [(one.number, one.rows, [line.code for line in one.lines]) for one in orders] == [
        ("1", (2, 3), ["TEA", "CUP"]),
        ("2", (4,), ["TEA"]),
    ]
    assert {one.placed_at.timestamp() for one in orders} == {1_772_416_800.0}
    assert orders[0].recipient
    assert orders[0].recipient.name == "王芳"
    (fault,) = (one for one in read if isinstance(one, ReadFault))
    assert (fault.row, fault.column, fault.reason) == (5, "Placed", "TIME_UNREADABLE")


def test_more_rows_than_the_head_of_a_frame_holds_go_over_all_the_same(importers: ImporterHost) -> None:
    rows = [(number, ["名" * 90, str(number), "2026-03-02 10:00:00", "TEA"]) for number in range(2, 20_002)]
    read = importers.read("acme-orders@1", [OrderTable(HEADER, lambda: iter(rows))], SHOP)
    assert sum(isinstance(one, ReadOrder) for one in read) == 20_000


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ("raising", ""),
        ("ending", ""),
        ("none", ""),
        ("a-text", ""),
        ("zoneless", "O4"),
        ("floating", ""),
        ("endless", ""),
        ("nameless", "O4"),
        ("unheard-of", ""),
        ("wordy", "O4"),
        ("forgetful", "O2"),
        ("generous", "O2"),
        ("reasonless", "O4"),
    ],
)
def test_whoever_reads_what_no_order_is_is_named_and_nothing_of_a_cell_is_told(
    importers: ImporterHost, how: str, rule: str
) -> None:
    with pytest.raises(PolicyBroken) as broken:
        list(importers.read(f"acme-{how}@1", [TABLE], SHOP))
    assert (broken.value.identity, broken.value.distribution) == (f"acme-{how}@1", "acme-orders 1.2")
    assert broken.value.rule == rule
    assert "王芳" not in str(broken.value)


def test_whoever_hangs_is_ended(tmp_path: Path) -> None:
    host = started(tmp_path, floor_seconds=0.5)
    try:
        with pytest.raises(PolicyBroken) as broken:
            list(host.read("acme-hanging@1", [TABLE], SHOP))
        assert broken.value.reason == "POLICY_TIMED_OUT"
    finally:
        host.close()


def test_a_file_that_breaks_off_is_no_fault_of_the_importer(importers: ImporterHost) -> None:
    def rows() -> Iterator[tuple[int, list[str]]]:
        yield from ROWS[:2]
        raise EOFError

    for importer in ("acme-orders@1", "bylaw-shopify@1"):
        with pytest.raises(EOFError):
            list(importers.read(importer, [OrderTable(HEADER, rows)], SHOP))


@pytest.mark.parametrize("importer", importers_of("bylaw-shop-exports"), ids=lambda one: one.identity)
def test_shipped_ones_read_their_samples_behind_the_host(importers: ImporterHost, importer: object) -> None:
    sample = sample_of(importer)  # type: ignore[arg-type]
    read = importers.read(importer.identity, sample.handed_over(), SHOP)  # type: ignore[attr-defined]
    assert all(isinstance(one, ReadOrder) for one in read)


def test_an_importer_without_a_sample_may_not_take_part(site: Site) -> None:
    source = """
from bylaw_hooks import Both, hookimpl
from bylaw_hooks.orders import OrderImporter
bylaw_api = 1
class Bare(OrderImporter):
    name, version, title = "acme-bare", 1, Both("甲", "A")
    def recognises(self, header): return True
    def missing(self, headers): return ()
    def read(self, tables, shop): return iter(())
@hookimpl
def register_order_importers():
    return [Bare()]
"""
    site.add("acme-bare", source)
    with pytest.raises(PluginRefused) as refused:
        start_importers(site.found())
    assert refused.value.reason == "IMPORTER_INCOMPLETE"
