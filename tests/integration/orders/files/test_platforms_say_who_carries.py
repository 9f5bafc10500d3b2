"""What a platform's file says of the courier and the waybill is kept with its order and shown (ORD-1, ORD-2)."""

import pytest
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import orders_pb2
from bylaw_hooks.orders import OrderImporter
from bylaw_shop_exports import AmazonReport, ShopifyExport
from bylaw_taobao_orders import DouyinExport, TaobaoExport
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.order_files import SHOPIFY, add_file, hand_in, imported, run, shopify, table
from tests.builders.orders import OrdersService, ordered
from tests.integration.orders.files.cases import of, why

pytestmark = [pytest.mark.clause("ORD-1"), pytest.mark.clause("ORD-2")]
WITH_PARCEL = (*SHOPIFY, "Tracking Company", "Tracking Number")


@pytest.mark.parametrize(
    ("importer", "number", "courier", "waybill"),
    [
        (TaobaoExport, "123456789012345678", "顺丰速运", "SF100"),
        (DouyinExport, "6900000000000000001A", "顺丰速运", "SF1029384756"),
        (ShopifyExport, "#1001", "Colissimo", "6A12345678901"),
        (AmazonReport, "112-1", "DHL", "00340434161094042557"),
    ],
)
def test_what_each_file_says_is_shown_on_its_order(
    orders: OrdersService,
    channel: channels.Channel,
    importer: type[OrderImporter],
    number: str,
    courier: str,
    waybill: str,
) -> None:
    first, *more = (table(heading, *rows) for heading, *rows in importer.sample)
    made = hand_in(orders, channel, first, more_files=bool(more))
    for further in more:
        add_file(orders, made.name, further)
    run(orders)
    found = of(orders, channel, number)
    assert (found.courier, found.waybill) == (courier, waybill)


def test_an_order_in_several_parcels_shows_all_of_their_waybills(
    orders: OrdersService, channel: channels.Channel
) -> None:
    rows = [[*shopify("#1"), "UPS", waybill] for waybill in ("1Z1", "1Z2", "1Z1")]
    imported(orders, channel, table(WITH_PARCEL, *rows))
    found = of(orders, channel, "#1")
    assert (found.courier, found.waybill) == ("UPS", "1Z1, 1Z2")


def test_waybills_that_do_not_fit_are_left_out_whole(orders: OrdersService, channel: channels.Channel) -> None:
    rows = [[*shopify("#1"), "UPS", f"{number:030}"] for number in range(5)]
    imported(orders, channel, table(WITH_PARCEL, *rows))
    assert of(orders, channel, "#1").waybill == ", ".join(f"{number:030}" for number in range(3))


def test_a_file_that_tells_of_the_parcel_later_is_a_newer_version(
    orders: OrdersService, channel: channels.Channel
) -> None:
    imported(orders, channel, table(WITH_PARCEL, [*shopify("#1"), "", ""]))
    assert of(orders, channel, "#1").waybill == ""
    shipped = table(WITH_PARCEL, [*shopify("#1", Fulfillment_Status="fulfilled"), "UPS", "1Z1"])
    assert imported(orders, channel, shipped).updated_count == 1
    found = of(orders, channel, "#1")
    assert (found.source_state, found.waybill) == (orders_pb2.SOURCE_STATE_SHIPPED, "1Z1")
    assert imported(orders, channel, shipped).repeated_count == 1
    mended = table(WITH_PARCEL, [*shopify("#1", Fulfillment_Status="fulfilled"), "UPS", "1Z2"])
    assert imported(orders, channel, mended).updated_count == 1
    assert of(orders, channel, "#1").waybill == "1Z2"


def test_an_order_over_rest_may_say_so_too_and_nobody_mends_it(
    orders: OrdersService, channel: channels.Channel
) -> None:
    made = orders.place(channel, "W-1", ordered("TEA"), courier="UPS", waybill="1Z1")
    assert (made.courier, made.waybill) == ("UPS", "1Z1")
    request = orders_pb2.UpdateOrderRequest(
        order=orders_pb2.Order(name=made.name, waybill="1Z2"), update_mask=FieldMask(paths=["waybill"])
    )
    assert why(orders.orders.UpdateOrder, request, metadata=orders.everything)[0] == "FIELD_NOT_WRITABLE"
    long = {"courier": "x" * 61, "waybill": "x" * 101}
    for field, said in long.items():
        assert why(orders.place, channel, "W-2", ordered("TEA"), **{field: said})[0] == "FIELD_INVALID"
