"""Special goods bear their warning, and their named keepers alone move them, back as well (WHS-9)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import posting_pb2, posting_pb2_grpc
from bylaw.inventory.v1 import special_goods_pb2 as special
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.caller import Caller, HeldGrant
from bylaw_chassis.status import refusal_from
from bylaw_chassis.tokens import mint

from tests.builders.inventory import EVERYTHING, ORDER, InventoryService, line
from tests.builders.issuing import WARNING, SpecialGoods
from tests.builders.people import NEVER_OLD, identifier
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-9")
NONE = "00000000-0000-7000-8000-000000000000"
Metadata = tuple[tuple[str, str], ...]


@pytest.fixture
def marked(inventory: InventoryService) -> SpecialGoods:
    """What is marked."""
    return SpecialGoods(inventory)


@pytest.fixture
def keeper(inventory: InventoryService, house: House) -> str:
    """Somebody who may keep special goods."""
    made = inventory.people.person(f"K{house.number}", house.unit, house.site).name
    inventory.follow_people()
    return str(made)


@pytest.fixture
def as_keeper(inventory: InventoryService, keeper: str) -> Callable[[], Metadata]:
    """A token of theirs, of now."""
    return lambda: inventory.people.as_caller(EVERYTHING, person=identifier(keeper))


def shown(inventory: InventoryService, item: items.Item) -> items.Item:
    """An item as it stands."""
    return inventory.items.GetItem(items.GetItemRequest(name=item.name), metadata=inventory.everything)


def test_only_the_named_keeper_moves_them_and_whoever_else_tries_is_told_the_warning(
    house: House, marked: SpecialGoods, keeper: str, as_keeper: Callable[[], Metadata]
) -> None:
    spirit, tea = house.item("SPIRIT"), house.item("TEA")
    house.receive(spirit, "10")
    house.receive(tea, "10")
    marked.mark(keeper, item=spirit.name)
    lines = line(tea, house.first, house.second, "1"), line(spirit, house.first, house.second, "1")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(*lines)
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("SPECIAL_GOODS_KEEPER", "WHS-9")
    assert WARNING.en in told.message_en
    assert WARNING.zh in told.message_zh
    assert [(one.field, one.en) for one in told.violations] == [
        ("stock_movement.lines[1].item", f"its named keepers alone move it: {WARNING.en}")
    ]
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    house.warehouse.post(*lines, metadata=as_keeper())
    assert house.warehouse.on_hand(spirit) == {"A-01": ("9", "0"), "A-02": ("1", "0")}


def test_a_reversal_is_a_movement_too(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str, as_keeper: Callable[[], Metadata]
) -> None:
    spirit = house.item("SPIRIT")
    house.receive(spirit, "10")
    moved = house.warehouse.post(line(spirit, house.first, house.second, "4"))
    marked.mark(keeper, item=spirit.name)
    assert refusal_of(lambda: house.warehouse.reverse(moved.name)) == "SPECIAL_GOODS_KEEPER"
    assert house.warehouse.on_hand(spirit) == {"A-01": ("6", "0"), "A-02": ("4", "0")}
    request = stock.ReverseStockMovementRequest(name=moved.name, reason="a slip")
    inventory.stock.ReverseStockMovement(request, metadata=as_keeper())
    assert house.warehouse.on_hand(spirit) == {"A-01": ("10", "0")}


def test_whatever_way_they_would_move_it_is_refused(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str
) -> None:
    spirit = house.item("SPIRIT")
    house.receive(spirit, "10")
    marked.mark(keeper, item=spirit.name)
    out = stock.StockMovement(
        warehouse=house.warehouse.name, lines=[line(spirit, house.first, house.customer, "1")], papers=[ORDER]
    )
    stub, known = posting_pb2_grpc.PostingStub(inventory.channel), inventory.everything
    many = posting_pb2.BatchPostStockMovementsRequest(parent=house.warehouse.name, stock_movements=[out])
    assert refusal_of(lambda: stub.BatchPostStockMovements(many, metadata=known)) == "SPECIAL_GOODS_KEEPER"
    look = posting_pb2.PreviewStockMovementRequest(stock_movement=out)
    assert refusal_of(lambda: stub.PreviewStockMovement(look, metadata=known)) == "SPECIAL_GOODS_KEEPER"
    assert refusal_of(lambda: house.receive(spirit, "1")) == "SPECIAL_GOODS_KEEPER"


def test_a_keeper_keeps_from_a_day_up_to_another(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str, as_keeper: Callable[[], Metadata]
) -> None:
    spirit, today = house.item("SPIRIT"), inventory.clock.now.date()
    house.receive(spirit, "10")
    tomorrow = (today + timedelta(days=1)).isoformat()
    marked.mark(special.SpecialKeeper(person=keeper, start_date=tomorrow, end_date=tomorrow), item=spirit.name)

    def moves() -> str:
        moved = line(spirit, house.first, house.second, "1")
        return refusal_of(lambda: house.warehouse.post(moved, metadata=as_keeper()))

    assert moves() == "SPECIAL_GOODS_KEEPER"
    inventory.clock.pass_time(days=1)
    assert moves() == ""
    inventory.clock.pass_time(days=1)
    assert moves() == "SPECIAL_GOODS_KEEPER"


def test_a_service_that_acts_for_a_person_counts_as_that_person_and_for_nobody_as_nobody(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str
) -> None:
    spirit = house.item("SPIRIT")
    house.receive(spirit, "10")
    marked.mark(keeper, item=spirit.name)

    def token(caller: Caller) -> Metadata:
        key, lifetime = inventory.people.keys.current(), timedelta(minutes=5)
        made = mint(caller, key_id=key.id, key=key.private, now=inventory.clock(), lifetime=lifetime)
        return (("authorization", f"Bearer {made}"),)

    def moves(caller: Caller) -> str:
        moved = line(spirit, house.first, house.second, "1")
        return refusal_of(lambda: house.warehouse.post(moved, metadata=token(caller)))

    grants: tuple[HeldGrant, ...] = (EVERYTHING,)
    alone = Caller(service="orders", grants=grants, access_revision=NEVER_OLD)
    carried_on = Caller(person=UUID(keeper.rpartition("/")[2]), grants=grants, access_revision=NEVER_OLD)
    assert (moves(alone), moves(carried_on)) == ("SPECIAL_GOODS_KEEPER", "")


def test_a_category_is_marked_for_all_of_it_and_an_items_own_mark_comes_first(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str
) -> None:
    category = f"Acids-{house.number}"
    spirit, vinegar = house.item("SPIRIT", category=category), house.item("VINEGAR", category=category.upper())
    marked.mark(keeper, category=category.lower())
    assert {shown(inventory, one).special_mark.category for one in (spirit, vinegar)} == {category.lower()}
    me = f"people/{inventory.people.administrator}"
    marked.mark(me, item=vinegar.name)
    house.receive(vinegar, "1")
    assert refusal_of(lambda: house.receive(spirit, "1")) == "SPECIAL_GOODS_KEEPER"
    marked.mark(item=vinegar.name)
    assert refusal_of(lambda: house.receive(vinegar, "1")) == "SPECIAL_GOODS_KEEPER"
    marked.mark(category=category)
    house.receive(vinegar, "1")
    assert not shown(inventory, spirit).HasField("special_mark")


def test_the_mark_is_shown_with_the_item_and_listed_with_those_before_it(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str
) -> None:
    spirit = house.item("SPIRIT")
    assert not shown(inventory, spirit).HasField("special_mark")
    first, second = marked.mark(keeper, item=spirit.name), marked.mark(keeper, item=spirit.name, reason="moved")
    assert shown(inventory, spirit).special_mark == second
    listed = inventory.items.ListItems(items.ListItemsRequest(code=spirit.code), metadata=inventory.everything)
    assert [(one.special_mark.warning.en, one.special_mark.set_by) for one in listed.items] == [
        (WARNING.en, f"people/{inventory.people.administrator}")
    ]
    own = [one for one in marked.marks() if one.item == spirit.name]
    every = [one for one in marked.marks(show_superseded=True) if one.item == spirit.name]
    assert (own, every) == ([second], [second, first])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("FIELD_INVALID", "special_mark.item")),
        (
            {"item": f"items/{NONE}", "category": "x"},
            ("FIELD_INVALID", "special_mark.item"),
        ),
        ({"item": f"items/{NONE}"}, ("ITEM_NOT_FOUND", "")),
        ({"category": "x", "reason": ""}, ("FIELD_INVALID", "special_mark.reason")),
        ({"category": "x", "warning": None}, ("FIELD_INVALID", "special_mark.warning.zh")),
        ({"category": "x", "keepers": []}, ("FIELD_INVALID", "special_mark.keepers")),
        (
            {"category": "x", "keepers": [special.SpecialKeeper(person=f"people/{NONE}")]},
            ("PERSON_NOT_FOUND", "special_mark.keepers[0].person"),
        ),
    ],
)
def test_a_mark_of_another_form_is_refused(
    marked: SpecialGoods, keeper: str, more: dict[str, object], expected: tuple[str, str]
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        marked.mark(keeper, **more)
    told = refusal_from(refused.value)
    assert (told.reason, "".join(one.field for one in told.violations)) == expected


def test_a_keepers_days_are_days_and_in_order(marked: SpecialGoods, keeper: str) -> None:
    for first, last in (("soon", ""), ("2026-03-05", "2026-03-04")):
        keeps = special.SpecialKeeper(person=keeper, start_date=first, end_date=last)
        assert refusal_of(lambda keeps=keeps: marked.mark(keeps, category="x")) == "FIELD_INVALID"


def test_whoever_keeps_the_goods_of_one_unit_marks_none(
    inventory: InventoryService, house: House, marked: SpecialGoods, keeper: str
) -> None:
    own = inventory.caller(house.unit)
    assert refusal_of(lambda: marked.mark(keeper, category="x", metadata=own)) == "PERMISSION_MISSING"
