"""Sheets of goods: what is written on them, variants, and pictures that lie outside the database (GDS-1)."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw.inventory.v1 import item_sheets_pb2_grpc
from bylaw_chassis.status import refusal_from
from google.api.httpbody_pb2 import HttpBody

from tests.builders.goods import SHOP, Trade, sheet_name, trade
from tests.builders.images import png
from tests.builders.inventory import inventory_service
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


def test_variants_differ_by_the_same_options_and_are_one_level_deep(shop: Trade) -> None:
    shirt, red, blue, other = (shop.item() for _ in range(4))
    shop.update(red.name, variant_of=shirt.name, options=[attribute("colour", "red")])
    for item, parent, options, why in (
        (blue, shirt, [], "VARIANT_INVALID"),
        (blue, shirt, [attribute("size", "L")], "VARIANT_INVALID"),
        (blue, shirt, [attribute("colour", "red")], "VARIANT_EXISTS"),
        (blue, red, [attribute("colour", "blue")], "VARIANT_INVALID"),
        (blue, blue, [attribute("colour", "blue")], "VARIANT_INVALID"),
        (shirt, other, [attribute("colour", "blue")], "VARIANT_INVALID"),
    ):
        with pytest.raises(grpc.RpcError) as error:
            shop.update(item.name, variant_of=parent.name, options=options)
        assert reason(error.value) == why
    with pytest.raises(grpc.RpcError) as error:
        shop.update(other.name, options=[attribute("colour", "blue")])
    assert reason(error.value) == "VARIANT_INVALID"
    shop.update(blue.name, variant_of=shirt.name, options=[attribute("colour", "blue")])
    request = sheets.ListItemSheetsRequest(variant_of=shirt.name)
    found = shop.sheets.ListItemSheets(request, metadata=shop.caller).item_sheets
    assert [one.item for one in found] == [red.name, blue.name]
    shop.update(blue.name, "variant_of", "options")
    assert shop.sheet(blue.name).variant_of == ""


def test_a_variant_shows_what_its_parent_has_and_holds_it_there(shop: Trade) -> None:
    shirt, red = shop.item(), shop.item()
    shop.describe(shirt.name)
    picture = shop.picture(shirt.name)
    shop.update(red.name, variant_of=shirt.name, options=[attribute("colour", "red")])
    assert missing(shop, red.name) == [PRICE]
    shop.priced(red.name)
    shop.list_on(red.name)
    for act in (lambda: shop.remove(picture.name), lambda: shop.update(red.name, "variant_of", "options")):
        with pytest.raises(grpc.RpcError) as error:
            act()
        assert reason(error.value) == "ITEM_LISTED"


def test_a_sheet_is_changed_as_it_was_seen(shop: Trade) -> None:
    tea = shop.item()
    seen = shop.describe(tea.name)
    shop.update(tea.name, attributes=[attribute("origin", "Wuyi")])
    with pytest.raises(grpc.RpcError) as error:
        shop.update(tea.name, "description", etag=seen.etag)
    assert reason(error.value) == "SHEET_CHANGED"
    assert shop.sheet(tea.name).description.zh == "好用"


@pytest.mark.parametrize(
    "wish",
    [
        {"attributes": [attribute("", "x")]},
        {"attributes": [attribute("a", "x"), attribute("a", "y")]},
        {"attributes": [attribute(f"a{number}", "x") for number in range(51)]},
        {"variant_of": "items/none"},
        {"description": {"zh": "x" * 5001}},
        {"description": {"en": "bell \a"}},
    ],
)
def test_a_sheet_that_cannot_be_is_refused_at_its_field(shop: Trade, wish: dict[str, object]) -> None:
    tea = shop.item()
    with pytest.raises(grpc.RpcError) as error:
        shop.update(tea.name, *wish, **wish)
    assert reason(error.value) == "FIELD_INVALID"
    with pytest.raises(grpc.RpcError) as error:
        shop.update(tea.name, "colour")
    assert reason(error.value) == "FIELD_INVALID"


def test_an_item_that_is_not_there_has_no_sheet(shop: Trade) -> None:
    unknown, tea = "items/00000000-0000-7000-8000-000000000000", shop.item()
    for act in (
        lambda: shop.sheet(unknown),
        lambda: shop.describe(unknown),
        lambda: shop.update(tea.name, variant_of=unknown, options=[attribute("a", "b")]),
        lambda: shop.picture(unknown),
        lambda: shop.sheets.ListItemSheets(sheets.ListItemSheetsRequest(variant_of=unknown), metadata=shop.caller),
    ):
        with pytest.raises(grpc.RpcError) as error:
            act()
        assert reason(error.value) == "ITEM_NOT_FOUND"


def test_pictures_are_kept_outside_the_database_once_and_purged_when_they_are_off(shop: Trade) -> None:
    tea = shop.item()
    first = shop.picture(tea.name, png(shade=7))
    assert shop.picture(tea.name, png(shade=7)) == first
    second = shop.picture(tea.name, png(shade=9))
    assert [one.name for one in shop.sheet(tea.name).pictures] == [first.name, second.name]
    image = shop.sheets.GetItemPictureImage(sheets.GetItemPictureImageRequest(name=first.name), metadata=shop.caller)
    assert (image.content_type, image.data) == ("image/png", png(shade=7))
    files = lambda: {file.name for file in shop.folder.rglob("*") if file.is_file()}  # noqa: E731
    identifier = first.name.partition("/")[2].replace("-", "")
    assert identifier in files()
    shop.remove(first.name)
    for act in (
        lambda: shop.remove(first.name),
        lambda: shop.sheets.GetItemPictureImage(
            sheets.GetItemPictureImageRequest(name=first.name), metadata=shop.caller
        ),
    ):
        with pytest.raises(grpc.RpcError) as error:
            act()
        assert reason(error.value) == "PICTURE_NOT_FOUND"
    begun = shop.inventory.clock.now
    shop.inventory.clock.pass_time(days=40_000)
    shop.inventory.run_timer("purge-pictures")
    shop.inventory.clock.now = begun
    assert identifier not in files()
    assert second.name.partition("/")[2].replace("-", "") in files()


def test_what_is_no_picture_or_too_large_or_one_too_many_is_refused(shop: Trade) -> None:
    tea = shop.item()
    for content, why in (
        (b"GIF89a", "PICTURE_NOT_IMAGE"),
        (png()[:-4], "PICTURE_NOT_IMAGE"),
        (png() + bytes(5 * 1024 * 1024), "PICTURE_TOO_LARGE"),
    ):
        with pytest.raises(grpc.RpcError) as error:
            shop.picture(tea.name, content)
        assert reason(error.value) == why
    for shade in range(20):
        shop.picture(tea.name, png(shade=shade))
    with pytest.raises(grpc.RpcError) as error:
        shop.picture(tea.name)
    assert reason(error.value) == "PICTURES_FULL"


def test_an_installation_without_a_folder_keeps_no_pictures(postgres: Databases) -> None:
    with inventory_service(postgres) as bare:
        tea = bare.item("TEA")
        request = sheets.AddItemPictureRequest(parent=sheet_name(tea.name), image=HttpBody(data=png()))
        stub = item_sheets_pb2_grpc.ItemSheetsStub(bare.channel)
        with pytest.raises(grpc.RpcError) as error:
            stub.AddItemPicture(request, metadata=bare.everything)
        assert reason(error.value) == "PICTURES_NOT_KEPT"
