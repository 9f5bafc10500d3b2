"""Deliveries are counted by form or scan, blind or guided; every difference stays on record (WHS-1)."""

from uuid import uuid4

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import deliveries_pb2 as deliveries
from bylaw.inventory.v1 import delivery_notes_pb2 as delivery_notes
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService
from tests.builders.people import identifier
from tests.builders.receiving import ACCEPTED, CALLED_OFF, OPEN, Dock, announced, counted, refusal_of
from tests.databases import plain
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once

DAMAGED = deliveries.GOODS_CONDITION_DAMAGED
GTIN, WRONG = "4006381333931", "4006381333932"
pytestmark = pytest.mark.clause("WHS-1")


def test_a_form_is_the_whole_count_and_what_was_counted_before_stays_on_record(
    inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    name = dock.start(dock.note(announced(tea, "9")).name).name
    dock.record(name, counted(tea, "8", damaged="1"), counted(cup, "1"))
    shown = dock.record(name, counted(tea, "4"), counted(tea, "5"))
    assert [(one.item, one.fit.value, one.damaged.value) for one in shown.lines] == [(tea.name, "9", "0")]
    with psycopg.connect(plain(inventory.url), options="-csearch_path=inventory") as connection:
        query = "select condition, difference::int from delivery_counts where delivery = %s order by number"
        kept = connection.execute(query, [identifier(name)]).fetchall()
    assert kept == [(1, 8), (2, 1), (1, 1), (1, 1), (2, -1), (1, -1)]


def test_scans_add_up_by_item_or_barcode_and_the_same_key_adds_once(house: House, dock: Dock) -> None:
    tea = house.item("TEA", barcodes=[GTIN])
    name = dock.start(dock.note(announced(tea, "9")).name).name
    dock.scan(name, barcode=GTIN)
    dock.scan(name, barcode=f"0{GTIN}", condition=DAMAGED)
    key = str(uuid4())
    for _ in range(3):
        shown = dock.scan(name, tea, "5", request_id=key)
    assert (shown.lines[0].fit.value, shown.lines[0].damaged.value) == ("6", "1")
    shown = dock.scan(name, tea, "2", take_off=True)
    assert shown.lines[0].fit.value == "4"
    assert refusal_of(lambda: dock.scan(name, tea, "5", take_off=True)) == "COUNT_BELOW_ZERO"
    dock.scan(name, tea, "4", take_off=True)
    assert not dock.scan(name, tea, condition=DAMAGED, take_off=True).lines


def test_two_scanners_at_once_lose_nothing(house: House, dock: Dock) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    name = dock.start(dock.note(announced(tea, "9")).name).name
    at_once([lambda: dock.scan(name, tea), lambda: dock.scan(name, cup, "2")] * 12)
    assert [one.fit.value for one in sorted(dock.delivery(name).lines, key=lambda one: one.item)] == ["12", "24"]


@pytest.mark.parametrize(
    ("scanned", "said"),
    [
        ({"barcode": WRONG}, "BARCODE_INVALID"),
        ({"barcode": "123"}, "BARCODE_INVALID"),
        ({"barcode": "9780201379624"}, "ITEM_NOT_FOUND"),
        ({}, "FIELD_INVALID"),
        ({"condition": 9}, "FIELD_INVALID"),
        ({"lot": " A"}, "FIELD_INVALID"),
        ({"expiry_date": "2026-02-30"}, "FIELD_INVALID"),
    ],
)
def test_a_scan_that_names_nothing_is_refused(house: House, dock: Dock, scanned: dict[str, str], said: str) -> None:
    name = dock.start(dock.note(announced(house.item("TEA"), "9")).name).name
    assert refusal_of(lambda: dock.scan(name, **scanned)) == said
    assert refusal_of(lambda: dock.scan(name, house.item("CUP"), barcode=GTIN)) == "FIELD_INVALID"


@pytest.mark.parametrize(
    "value", ["0", "-1", "1e30", "0.30000000000000004", "0.3", "1234567890123456", "１", " 1", "NaN"]
)
def test_no_quantity_is_counted_or_announced_that_is_none(house: House, dock: Dock, value: str) -> None:
    tea = house.item("TEA")
    assert refusal_of(lambda: dock.note(announced(tea, value))) == "QUANTITY_INVALID"
    name = dock.start(dock.note(announced(tea, "9")).name).name
    assert refusal_of(lambda: dock.scan(name, tea, value)) == "QUANTITY_INVALID"
    assert refusal_of(lambda: dock.record(name, counted(tea, "1", damaged=value))) == "QUANTITY_INVALID"
    assert not dock.delivery(name).lines


def test_every_line_at_fault_is_named(house: House, dock: Dock) -> None:
    tea, milk = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    piece = house.item("BIKE", tracking=items.ITEM_TRACKING_SERIAL)
    nothing = items.Item(name=f"items/{uuid4()}")
    name = dock.start(dock.note(announced(tea, "9")).name).name
    lines = (
        counted(nothing, "1"),
        counted(tea, "1", lot="A"),
        counted(milk, "1"),
        counted(piece, "2", lot="S-1"),
        counted(tea),
        counted(milk, "1", lot="A", expiry_date="2027-01-01"),
        counted(milk, "1", lot="A", expiry_date="2027-01-02"),
        counted(piece, "1", lot="S-2"),
        counted(piece, damaged="1", lot="S-2"),
    )
    with pytest.raises(grpc.RpcError) as refused:
        dock.record(name, *lines)
    told = refusal_from(refused.value)
    assert [(one.field, one.reason) for one in told.violations] == [
        ("lines[0].item", "ITEM_NOT_FOUND"),
        ("lines[1].lot", "LOT_UNEXPECTED"),
        ("lines[2].lot", "LOT_MISSING"),
        ("lines[3].lot", "SERIAL_NOT_ONE"),
        ("lines[4].fit", "QUANTITY_INVALID"),
        ("lines[6].lot", "LOT_DIFFERS"),
        ("lines[8].lot", "SERIAL_NOT_ONE"),
    ]
    assert refusal_of(lambda: dock.record(name)) == "FIELD_INVALID"
    assert not dock.delivery(name).lines


def test_scanned_pieces_and_lots_are_told_apart(house: House, dock: Dock) -> None:
    piece, milk = (
        house.item("BIKE", tracking=items.ITEM_TRACKING_SERIAL),
        house.item("MILK", tracking=items.ITEM_TRACKING_LOT),
    )
    name = dock.start(dock.note(announced(piece, "2")).name).name
    dock.scan(name, piece, lot="S-1")
    assert refusal_of(lambda: dock.scan(name, piece, lot="S-1")) == "SERIAL_NOT_ONE"
    assert refusal_of(lambda: dock.scan(name, piece)) == "LOT_MISSING"
    dock.scan(name, milk, lot="A", expiry_date="2027-01-01")
    assert dock.scan(name, milk, lot="A").lines[1].expiry_date == "2027-01-01"
    assert refusal_of(lambda: dock.scan(name, milk, lot="A", expiry_date="2027-01-02")) == "LOT_DIFFERS"


def test_a_blind_count_shows_what_is_announced_once_it_is_finished(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "9"), blind=True)
    assert [one.HasField("quantity") for one in (*note.lines, *dock.shown(note.name).lines)] == [False, False]
    assert not dock.listed()[0].lines[0].HasField("quantity")
    begun = dock.start(note.name)
    assert not begun.compared_lines
    assert not dock.record(begun.name, counted(tea, "7")).compared_lines
    assert not dock.delivery(begun.name).compared_lines
    finished = dock.finish(begun.name)
    assert [(one.announced.value, one.counted.value) for one in finished.compared_lines] == [("9", "7")]
    assert refusal_of(lambda: dock.record(begun.name, counted(tea, "9"))) == "DELIVERY_COUNTED"
    dock.decide(begun.name, ACCEPTED)
    assert not dock.shown(note.name).lines[0].HasField("accepted")
    dock.close(note.name)
    assert dock.shown(note.name).lines[0].quantity.value == "9"


def test_a_count_is_finished_once_and_not_of_nothing(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    name = dock.start(dock.note(announced(tea, "9")).name).name
    assert refusal_of(lambda: dock.finish(name)) == "DELIVERY_EMPTY"
    dock.scan(name, tea)
    assert refusal_of(lambda: dock.call_off(name)) == "DELIVERY_COUNTED"
    dock.finish(name)
    for act in (lambda: dock.finish(name), lambda: dock.scan(name, tea), lambda: dock.call_off(name)):
        assert refusal_of(act) == "DELIVERY_COUNTED"
    dock.decide(name, ACCEPTED)
    for act in (lambda: dock.finish(name), lambda: dock.scan(name, tea), lambda: dock.call_off(name)):
        assert refusal_of(act) == "DELIVERY_ENDED"


def test_a_delivery_that_was_begun_by_mistake_is_called_off(house: House, dock: Dock) -> None:
    note = dock.note(announced(house.item("TEA"), "9"))
    name = dock.start(note.name).name
    assert refusal_of(lambda: dock.call_off(name, reason="")) == "FIELD_INVALID"
    assert dock.call_off(name).state == deliveries.DELIVERY_STATE_CALLED_OFF
    assert refusal_of(lambda: dock.call_off(name)) == "DELIVERY_ENDED"
    assert dock.call_off_note(note.name).state == CALLED_OFF


def test_a_note_is_put_on_record_once_and_the_refusal_names_it(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    first = dock.note(announced(tea, "9"), number="LS-7", supplier="Tea & Co")
    with pytest.raises(grpc.RpcError) as refused:
        dock.note(announced(tea, "1"), number="ls-7", supplier="TEA & CO")
    told = refusal_from(refused.value)
    assert told.reason == "DELIVERY_NOTE_EXISTS"
    assert first.name in told.message_en
    assert dock.note(announced(tea, "9"), number="LS-7", supplier="Cup & Co").state == OPEN
    said = at_once([lambda: dock.note(announced(tea, "9"), number="LS-8")] * 6)
    assert sorted(one for one in said if isinstance(one, str)) == ["DELIVERY_NOTE_EXISTS"] * 5


def test_a_delivery_is_put_on_record_once_by_its_reference(house: House, dock: Dock) -> None:
    note = dock.note(announced(house.item("TEA"), "9"))
    first = dock.start(note.name, reference="SF-1")
    with pytest.raises(grpc.RpcError) as refused:
        dock.start(note.name, reference="sf-1")
    told = refusal_from(refused.value)
    assert told.reason == "DELIVERY_EXISTS"
    assert first.name in told.message_en
    assert [dock.start(note.name).number for _ in range(2)] == [2, 3]
    request = deliveries.ListDeliveriesRequest(parent=note.name, page_size=2)
    page = dock.deliveries.ListDeliveries(request, metadata=dock.caller)
    assert [one.number for one in page.deliveries] == [1, 2]
    request.page_token = page.next_page_token
    assert [one.number for one in dock.deliveries.ListDeliveries(request, metadata=dock.caller).deliveries] == [3]


def test_a_note_is_called_off_while_nothing_of_it_has_arrived(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note, other = dock.note(announced(tea, "9")), dock.note(announced(tea, "9"))
    dock.start(other.name)
    assert refusal_of(lambda: dock.call_off_note(other.name)) == "DELIVERY_NOTE_ARRIVED"
    ended = dock.call_off_note(note.name)
    assert (ended.state, ended.end_reason) == (CALLED_OFF, "out of stock")
    assert refusal_of(lambda: dock.call_off_note(note.name)) == "DELIVERY_NOTE_ENDED"
    assert refusal_of(lambda: dock.start(note.name)) == "DELIVERY_NOTE_ENDED"
    assert [one.name for one in dock.listed(state=CALLED_OFF)] == [note.name]
    assert [one.name for one in dock.listed()] == [other.name, note.name]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"supplier": ""}, "delivery_note.supplier"),
        ({"number": " 7"}, "delivery_note.number"),
        ({"number": "7" * 101}, "delivery_note.number"),
        ({"expected_date": "tomorrow"}, "delivery_note.expected_date"),
        ({"warehouse": "x"}, "delivery_note.warehouse"),
    ],
)
def test_a_note_that_is_not_whole_is_refused(house: House, dock: Dock, said: dict[str, str], field: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        dock.note(announced(house.item("TEA"), "9"), **said)
    told = refusal_from(refused.value)
    assert (told.reason, told.violations[0].field) == ("FIELD_INVALID", field)


def test_lines_of_a_note_at_fault_are_named(house: House, dock: Dock) -> None:
    tea, milk = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    lines = (
        announced(items.Item(name=f"items/{uuid4()}"), "1"),
        announced(tea, "1", unit="box"),
        announced(tea, "1", lot="A"),
        announced(milk, "1", lot="A", expiry_date="2027-01-01"),
        announced(milk, "1", lot="A", expiry_date="2027-01-02"),
    )
    with pytest.raises(grpc.RpcError) as refused:
        dock.note(*lines)
    told = refusal_from(refused.value)
    assert [(one.field, one.reason) for one in told.violations] == [
        ("delivery_note.lines[0].item", "ITEM_NOT_FOUND"),
        ("delivery_note.lines[1].quantity", "QUANTITY_UNIT_UNKNOWN"),
        ("delivery_note.lines[2].lot", "LOT_UNEXPECTED"),
        ("delivery_note.lines[4].expiry_date", "LOT_DIFFERS"),
    ]
    assert refusal_of(dock.note) == "FIELD_INVALID"
    assert dock.listed() == []


def test_a_tolerance_is_an_exact_percentage(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    for over in ("-1", "1000.0001", "1.00001", "1e2", "x"):
        assert refusal_of(lambda over=over: dock.tolerate(tea, over)) == "FIELD_INVALID"  # type: ignore[misc]
    for under in ("100.0001", "101", "½"):
        assert refusal_of(lambda under=under: dock.tolerate(tea, under=under)) == "FIELD_INVALID"  # type: ignore[misc]
    assert refusal_of(lambda: dock.tolerate(items.Item(name=f"items/{uuid4()}"), "1")) == "ITEM_NOT_FOUND"
    dock.tolerate(tea, "1000", "100")
    dock.tolerate(tea, "0.0001")
    request = delivery_notes.ListReceivingRulesRequest(parent=house.warehouse.name)
    (rule,) = dock.notes.ListReceivingRules(request, metadata=dock.caller).receiving_rules
    assert (rule.item, rule.over_percent, rule.under_percent) == (tea.name, "0.0001", "0")


def test_what_is_of_another_unit_is_as_if_it_were_not(inventory: InventoryService, house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "9"))
    name = dock.start(note.name).name
    dock.scan(name, tea)
    photo = dock.photo(name)
    inventory.follow_people()
    stranger = inventory.people.unit(f"OTHER-{house.number}").name
    other = Dock(inventory, house.warehouse, inventory.caller(stranger))
    assert refusal_of(lambda: other.note(announced(tea, "1"))) == "WAREHOUSE_NOT_FOUND"
    assert refusal_of(other.listed) == "WAREHOUSE_NOT_FOUND"
    assert refusal_of(lambda: other.tolerate(tea, "1")) == "WAREHOUSE_NOT_FOUND"
    for act in (other.shown, other.start, other.close, other.call_off_note, other.reopen):
        assert refusal_of(lambda act=act: act(note.name)) == "DELIVERY_NOTE_NOT_FOUND"  # type: ignore[misc]
    for act in (other.delivery, other.finish, other.call_off, other.photo):
        assert refusal_of(lambda act=act: act(name)) == "DELIVERY_NOT_FOUND"  # type: ignore[misc]
    assert refusal_of(lambda: other.scan(name, tea)) == "DELIVERY_NOT_FOUND"
    assert refusal_of(lambda: other.decide(name, ACCEPTED)) == "DELIVERY_NOT_FOUND"
    assert refusal_of(lambda: other.image(photo.name)) == "PHOTO_NOT_FOUND"
