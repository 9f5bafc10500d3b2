"""Goods are complete before they are listed, and stay complete while they are (GDS-1)."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.goods import SHOP, Trade, sheet_name, trade
from tests.builders.people import reason
from tests.databases import Databases

NAME, SPECIFICATION, PRICE, PICTURES, DESCRIPTION, ATTRIBUTE = (
    sheets.SHEET_PART_NAME,
    sheets.SHEET_PART_SPECIFICATION,
    sheets.SHEET_PART_PRICE,
    sheets.SHEET_PART_PICTURES,
    sheets.SHEET_PART_DESCRIPTION,
    sheets.SHEET_PART_ATTRIBUTE,
)
pytestmark = pytest.mark.clause("GDS-1")


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop; each test has goods of its own in it."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


def missing(shop: Trade, item: str, channel: str = SHOP) -> list[int]:
    return [one.part for one in shop.sheet(item, channel).missing]


def refused(error: grpc.RpcError) -> tuple[str, set[str]]:
    """Why, and what is said of each place at fault."""
    found = refusal_from(error)
    return found.reason, {one.en for one in found.violations}


def attribute(name: str, value: str) -> sheets.ItemAttribute:
    return sheets.ItemAttribute(name=name, value=value)


def test_an_incomplete_item_is_not_listed_and_each_missing_part_is_named(shop: Trade) -> None:
    tea = shop.item(specification="")
    assert missing(shop, tea.name) == [SPECIFICATION, PRICE, PICTURES, DESCRIPTION]
    with pytest.raises(grpc.RpcError) as error:
        shop.list_on(tea.name)
    by = "which the general rule asks for"
    parts = ("specification", "price", "pictures", "description")
    assert refused(error.value) == ("ITEM_INCOMPLETE", {f"{tea.code} lacks its {part}, {by}" for part in parts})
    assert refusal_from(error.value).clause == "GDS-1"
    assert shop.listed(item=tea.name) == []


def test_a_complete_item_is_listed_on_its_channel_and_taken_off_with_a_reason(shop: Trade) -> None:
    tea = shop.complete()
    (made,) = shop.list_on(tea.name)
    assert (made.item, made.channel, made.listed_by, made.HasField("end_time")) == (tea.name, SHOP, shop.mei, False)
    assert shop.sheet(tea.name).listed_channels == [SHOP]
    (off,) = shop.end(tea.name, reason="the season is over")
    assert (off.name, off.end_reason, off.ended_by) == (made.name, "the season is over", shop.mei)
    assert shop.listed(item=tea.name) == []
    assert [one.name for one in shop.listed(item=tea.name, show_ended=True)] == [made.name]
    (again,) = shop.list_on(tea.name)
    assert again.name != made.name


def test_a_price_on_one_channel_is_none_on_another(shop: Trade) -> None:
    tea = shop.complete()
    assert missing(shop, tea.name, "shop") == [PRICE]
    assert missing(shop, tea.name, "") == []
    with pytest.raises(grpc.RpcError) as error:
        shop.list_on(tea.name, channel="shop")
    assert reason(error.value) == "ITEM_INCOMPLETE"


def test_many_are_listed_all_or_none_and_each_fault_is_named(shop: Trade) -> None:
    sound, there, lacking = shop.complete(), shop.complete(), shop.item()
    shop.list_on(there.name)
    unknown = "items/00000000-0000-7000-8000-000000000000"
    with pytest.raises(grpc.RpcError) as error:
        shop.list_on(sound.name, there.name, lacking.name, unknown)
    faults = refusal_from(error.value).violations
    assert [(one.field, one.reason) for one in faults[:1]] == [("items[1]", "ITEM_LISTED")]
    assert {one.field for one in faults} == {"items[1]", "items[2]", "items[3]"}
    assert reason(error.value) == "LINES_REFUSED"
    assert shop.listed(item=sound.name) == []
    for named, why in (((there.name,), "ITEM_LISTED"), ((unknown,), "ITEM_NOT_FOUND")):
        with pytest.raises(grpc.RpcError) as error:
            shop.list_on(*named)
        assert reason(error.value) == why


def test_what_is_not_listed_is_not_taken_off_and_nothing_else_of_the_request_is(shop: Trade) -> None:
    there, not_there = shop.complete(), shop.complete()
    shop.list_on(there.name)
    with pytest.raises(grpc.RpcError) as error:
        shop.end(there.name, not_there.name)
    assert reason(error.value) == "ITEM_NOT_LISTED"
    assert len(shop.listed(item=there.name)) == 1


def test_a_listed_item_is_not_made_incomplete(shop: Trade) -> None:
    tea = shop.item()
    shop.describe(tea.name)
    picture = shop.picture(tea.name)
    shop.priced(tea.name)
    shop.list_on(tea.name)
    unlabelled = items.UpdateItemRequest(item=items.Item(name=tea.name), update_mask=FieldMask(paths=["specification"]))
    for act in (
        lambda: shop.remove(picture.name),
        lambda: shop.describe(tea.name, "", ""),
        lambda: shop.inventory.items.UpdateItem(unlabelled, metadata=shop.caller),
    ):
        with pytest.raises(grpc.RpcError) as error:
            act()
        assert reason(error.value) == "ITEM_LISTED"
        assert missing(shop, tea.name) == []
    shop.picture(tea.name)
    shop.remove(picture.name)
    shop.end(tea.name)
    shop.describe(tea.name, "", "")
    assert missing(shop, tea.name) == [DESCRIPTION]


def test_a_category_asks_for_what_its_rule_says(shop: Trade) -> None:
    cream = shop.item(category="Creams", specification="")
    rule = shop.rule("creams", NAME, DESCRIPTION, required_attributes=["shelf life"])
    assert (rule.category, rule.set_by) == ("creams", shop.mei)
    assert missing(shop, cream.name) == [DESCRIPTION, ATTRIBUTE]
    with pytest.raises(grpc.RpcError) as error:
        shop.list_on(cream.name)
    by = "which the category `creams` asks for"
    assert refused(error.value)[1] == {
        f"{cream.code} lacks its description, {by}",
        f"{cream.code} lacks its attribute `shelf life`, {by}",
    }
    shop.describe(cream.name, "", "soft")
    shop.update(cream.name, attributes=[attribute("shelf life", "36 months")])
    assert len(shop.list_on(cream.name)) == 1


def test_a_stricter_rule_does_not_make_listed_items_incomplete_unless_they_come_off(shop: Trade) -> None:
    shop.rule("soaps", NAME)
    soap = shop.item(category="Soaps")
    (listing,) = shop.list_on(soap.name)
    with pytest.raises(grpc.RpcError) as error:
        shop.rule("Soaps", NAME, PICTURES)
    found = refusal_from(error.value)
    assert (found.reason, [one.field for one in found.violations]) == ("CATEGORY_RULE_STRICTER", [listing.name])
    rule = shop.rule("Soaps", NAME, PICTURES, delist_incomplete=True)
    (off,) = shop.listed(item=soap.name, show_ended=True)
    assert off.end_reason == f"GDS-1 {rule.name}"
    listed = shop.sheets.ListCategoryRules(sheets.ListCategoryRulesRequest(), metadata=shop.caller).category_rules
    assert [one.required_parts for one in listed if one.category == "Soaps"] == [[NAME, PICTURES]]


def test_a_rule_names_parts_there_are(shop: Trade) -> None:
    for parts, attributes in (([99], []), ([ATTRIBUTE], []), ([], [" blank "])):
        with pytest.raises(grpc.RpcError) as error:
            shop.rule("odd", *parts, required_attributes=attributes)
        assert reason(error.value) == "FIELD_INVALID"


def test_incomplete_items_are_listed_with_what_they_lack(shop: Trade) -> None:
    category = f"stationery-{shop.number()}"
    lacking = [shop.item(category=category).name for _ in range(3)]
    sound = shop.complete(category=category)

    def names(**more: object) -> list[str]:
        request = sheets.ListItemSheetsRequest(category=category.upper(), **more)
        return [one.item for one in shop.sheets.ListItemSheets(request, metadata=shop.caller).item_sheets]

    assert set(names()) == {*lacking, sound.name}
    assert set(names(incomplete=True)) == set(lacking)
    assert set(names(incomplete=True, channel="shop")) == {*lacking, sound.name}
    request = sheets.ListItemSheetsRequest(category=category, incomplete=True, page_size=2)
    page = shop.sheets.ListItemSheets(request, metadata=shop.caller)
    request.page_token = page.next_page_token
    rest = shop.sheets.ListItemSheets(request, metadata=shop.caller)
    assert [len(page.item_sheets), len(rest.item_sheets), rest.next_page_token] == [2, 1, ""]


@pytest.mark.parametrize("channel", ["", "Tmall", "天猫", "-x", "a" * 33])
def test_a_channel_is_named_by_a_code(shop: Trade, channel: str) -> None:
    tea = shop.item()
    for act in (shop.list_on, shop.end):
        with pytest.raises(grpc.RpcError) as error:
            act(tea.name, channel=channel)
        assert reason(error.value) == "FIELD_INVALID"


def test_an_item_is_named_once_and_a_reason_is_given(shop: Trade) -> None:
    tea = shop.complete()
    for act in (
        lambda: shop.list_on(tea.name, tea.name),
        shop.list_on,
        lambda: shop.end(tea.name, reason=""),
    ):
        with pytest.raises(grpc.RpcError) as error:
            act()
        assert reason(error.value) == "FIELD_INVALID"


def test_the_feed_tells_what_is_listed_and_taken_off(shop: Trade) -> None:
    from bylaw.inventory.v1 import feed_pb2  # noqa: PLC0415

    tea = shop.complete()
    shop.list_on(tea.name)
    shop.end(tea.name)
    found, cursor = [], ""
    while True:
        request = feed_pb2.ListEventsRequest(after_cursor=cursor, page_size=1000)
        page = shop.inventory.feed.ListEvents(request, metadata=shop.caller)
        if not page.events:
            break
        found += page.events
        cursor = page.cursor
    told = [one.listing_changed for one in found if one.WhichOneof("change") == "listing_changed"]
    assert [one.HasField("end_time") for one in told if one.item == tea.name] == [False, True]
    changed = [one.item_sheet_changed for one in found if one.WhichOneof("change") == "item_sheet_changed"]
    assert sheet_name(tea.name) in {one.name for one in changed}
