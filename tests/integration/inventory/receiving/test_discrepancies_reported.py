"""A discrepancy or a refusal reaches the operations director and the shop managers at once, and once (WHS-2)."""

from collections.abc import Iterator
from datetime import timedelta
from os import utime
from pathlib import Path

import pytest
from bylaw.inventory.v1 import feed_pb2

from tests.builders.images import jpeg, png
from tests.builders.inventory import InventoryService, inventory_service
from tests.builders.people import identifier
from tests.builders.receiving import (
    ACCEPTED,
    IN_PART,
    REFUSED,
    Dock,
    announced,
    counted,
    holder_of,
    notices_of,
    refusal_of,
    taken,
)
from tests.databases import Databases
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-2")
BOTH = ("operations-director", "shop-manager")


@pytest.fixture
def told(inventory: InventoryService, house: House) -> dict[str, str]:
    """Who holds the two roles, by role, in a house of this test's."""
    return {
        role: holder_of(inventory, role, f"{house.number}{place}", house.unit, house.site)
        for place, role in enumerate(BOTH)
    }


@pytest.fixture
def keeper(inventory: InventoryService, house: House) -> str:
    """Somebody who holds neither."""
    return holder_of(inventory, "warehouse-keeper", f"{house.number}9", house.unit, house.site)


def test_what_differs_is_told_to_both_and_to_nobody_else(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str], keeper: str
) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    note = dock.note(announced(tea, "9"), number="LS-1")
    name = dock.start(note.name).name
    dock.record(name, counted(tea, "7", damaged="1"), counted(cup, "2"))
    assert notices_of(inventory, told["shop-manager"]) == []
    dock.finish(name)
    for person in told.values():
        (notice,) = notices_of(inventory, person)
        assert (notice.title.en, notice.about) == ("A delivery differs from its note LS-1", name)
        assert notice.body.en.splitlines() == [
            "Supplier: Tea & Co",
            f"{tea.code}: announced 9, counted 8 (short, damaged)",
            f"{cup.code}: announced 0, counted 2 (not announced)",
        ]
        assert notice.title.zh == "到货与送货单 LS-1 不符"
    assert notices_of(inventory, keeper) == []


def test_goods_that_are_no_item_on_record_are_said_told_and_refused(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str]
) -> None:
    note = dock.note(announced(house.item("TEA"), "9"), number="LS-0")
    name = dock.start(note.name, partial=True).name
    assert dock.finish(name, "a crate of live eels").remark == "a crate of live eels"
    (notice,) = notices_of(inventory, told["shop-manager"])
    assert notice.body.en.splitlines()[1:] == ["Remark: a crate of live eels"]
    assert refusal_of(lambda: dock.decide(name, ACCEPTED)) == "DELIVERY_EMPTY"
    assert refusal_of(lambda: dock.decide(name, REFUSED)) == "REFUSAL_UNEXPLAINED"
    assert refusal_of(lambda: dock.decide(name, REFUSED, reason="not ordered")) == "REFUSAL_UNPROVEN"
    dock.photo(name)
    dock.decide(name, REFUSED, reason="not ordered")
    newest = notices_of(inventory, told["shop-manager"])[0]
    assert newest.title.en == "Goods of the note LS-0 were refused"


def test_a_refusal_is_told_with_its_reason(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str]
) -> None:
    tea = house.item("TEA")
    name = dock.arrived(dock.note(announced(tea, "9"), number="LS-2").name, counted(tea, "9"))
    assert notices_of(inventory, told["operations-director"]) == []
    dock.photo(name)
    dock.decide(name, IN_PART, taken(tea, "5"), reason="smells of fish")
    for person in told.values():
        (notice,) = notices_of(inventory, person)
        assert notice.title.en == "Goods of the note LS-2 were refused"
        assert notice.body.en.splitlines()[1:] == ["Why: smells of fish", f"{tea.code}: 4 piece refused"]


def test_a_note_that_is_closed_short_is_told(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str]
) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "9"), number="LS-3")
    dock.decide(dock.arrived(note.name, counted(tea, "8"), partial=True), ACCEPTED)
    assert notices_of(inventory, told["shop-manager"]) == []
    dock.close(note.name, "the ninth was lost")
    (notice,) = notices_of(inventory, told["shop-manager"])
    assert notice.title.en == "The delivery note LS-3 was closed short"
    assert notice.body.en.splitlines()[1:] == ["Why: the ninth was lost", f"{tea.code}: announced 9, accepted 8"]


def test_nobody_is_told_of_a_delivery_as_announced(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str]
) -> None:
    tea = house.item("TEA")
    dock.tolerate(tea, "20")
    dock.decide(dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "10")), ACCEPTED)
    assert notices_of(inventory, told["shop-manager"]) == []


def test_a_notice_is_sent_once_though_its_job_runs_again(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str]
) -> None:
    tea = house.item("TEA")
    dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "8"))
    jobs, sent = inventory.service.runner, []
    tell = jobs.functions["tell-people"]

    def twice(lease: object) -> None:
        sent.append(lease)
        tell(lease)  # type: ignore[arg-type]
        tell(lease)  # type: ignore[arg-type]

    again = type(jobs)(jobs.database, {"tell-people": twice})
    while again.run_one(["tell-people"]):
        pass
    assert len(sent) == len(BOTH)
    assert [len(notices_of(inventory, person)) for person in told.values()] == [1, 1]


def test_what_is_refused_tells_nobody(
    inventory: InventoryService, house: House, dock: Dock, told: dict[str, str]
) -> None:
    tea = house.item("TEA")
    name = dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "9"))
    assert refusal_of(lambda: dock.decide(name, REFUSED, reason="wet")) == "REFUSAL_UNPROVEN"
    assert notices_of(inventory, told["shop-manager"]) == []


def test_photos_are_kept_with_the_delivery_and_once(house: House, dock: Dock, photos: Path) -> None:
    name = dock.start(dock.note(announced(house.item("TEA"), "9")).name).name
    first = dock.photo(name, jpeg())
    assert dock.photo(name, jpeg()).name == first.name
    second = dock.photo(name, png())
    assert list(dock.delivery(name).photos) == [first.name, second.name]
    assert (first.content_type, second.content_type) == ("image/jpeg", "image/png")
    shown = dock.image(second.name)
    assert (shown.content_type, shown.data[:4]) == ("image/png", b"\x89PNG")
    kept = {file.name for file in photos.glob("*/*")}
    assert {identifier(one.name).hex for one in (first, second)} <= kept
    assert refusal_of(lambda: dock.image("deliveryPhotos/018f0000-0000-7000-8000-000000000000")) == "PHOTO_NOT_FOUND"


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (b"no picture", "PHOTO_NOT_IMAGE"),
        (jpeg()[:-9], "PHOTO_NOT_IMAGE"),
        (b"GIF89a", "PHOTO_NOT_IMAGE"),
        (jpeg() + b"\0" * 5 * 1024 * 1024, "PHOTO_TOO_LARGE"),
    ],
)
def test_what_is_no_photo_is_refused(house: House, dock: Dock, image: bytes, said: str) -> None:
    name = dock.start(dock.note(announced(house.item("TEA"), "9")).name).name
    assert refusal_of(lambda: dock.photo(name, image)) == said
    assert not dock.delivery(name).photos


def test_a_delivery_takes_twenty_photos_and_none_once_it_is_decided(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    name = dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "9"))
    for shade in range(20):
        dock.photo(name, png(shade=shade))
    assert refusal_of(lambda: dock.photo(name, png(shade=20))) == "PHOTO_QUOTA_USED"
    dock.decide(name, ACCEPTED)
    assert refusal_of(lambda: dock.photo(name, png(shade=21))) == "DELIVERY_ENDED"


def test_an_image_that_never_got_a_record_is_swept_away(
    inventory: InventoryService, house: House, dock: Dock, photos: Path
) -> None:
    name = dock.start(dock.note(announced(house.item("TEA"), "9")).name).name
    kept = dock.photo(name)
    file = photos / "ab" / ("0" * 30 + "ab")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"left over")
    long_ago = (inventory.clock.now - timedelta(days=1)).timestamp()
    for one in (*photos.glob("*/*"),):
        utime(one, (long_ago, long_ago))
    inventory.run_timer("sweep-delivery-photos")
    assert not file.exists()
    assert dock.image(kept.name).data


@pytest.fixture
def without(postgres: Databases) -> Iterator[InventoryService]:
    """A service that keeps none."""
    with inventory_service(postgres) as service:
        yield service


def test_an_installation_without_a_folder_keeps_no_photos(without: InventoryService) -> None:
    people = without.people
    warehouse = without.warehouse(people.unit("DEPT").name, people.site().name)
    dock = Dock(without, warehouse)
    name = dock.start(dock.note(announced(without.item("TEA"), "1")).name).name
    assert refusal_of(lambda: dock.photo(name)) == "PHOTOS_NOT_KEPT"


def test_the_feed_tells_what_becomes_of_notes_and_deliveries(
    inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "9"), blind=True)
    name = dock.arrived(note.name, counted(tea, "9"))
    dock.decide(name, ACCEPTED)
    events: list[feed_pb2.Event] = []
    while True:
        request = feed_pb2.ListEventsRequest(after_cursor=events[-1].cursor if events else "", page_size=1000)
        page = inventory.feed.ListEvents(request, metadata=inventory.everything).events
        if not page:
            break
        events += page
    notes = [one.delivery_note_changed for one in events if one.delivery_note_changed.name == note.name]
    assert [one.state for one in notes] == [1, 2]
    told = [one.delivery_changed for one in events if one.delivery_changed.name == name]
    assert [(one.state, one.decision) for one in told] == [(1, 0), (2, 0), (3, 1)]
