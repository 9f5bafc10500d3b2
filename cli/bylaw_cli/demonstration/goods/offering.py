"""What the demonstration company offers: sheets, prices by a decision, and listings on a channel (GDS-1, GDS-2)."""

import time
from importlib.resources import files

from bylaw.inventory.v1 import (
    item_sheets_pb2,
    item_sheets_pb2_grpc,
    listings_pb2,
    listings_pb2_grpc,
    prices_pb2,
    prices_pb2_grpc,
)
from bylaw.types.v1.amount_pb2 import Money
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.field_mask_pb2 import FieldMask

from bylaw_cli.demonstration.deciding import AGREE, DIRECTOR, SHOPS, Said, say
from bylaw_cli.demonstration.goods.shelves import MOST, Shelves

CHANNEL, SHOP_UNIT = "tmall", "OPS"
REASON = "首次定价。/ First prices."
OFFERED = {
    "MJ-CUP": (12_900, LocalizedText(zh="青釉手冲杯，杯壁薄而聚香。", en="A celadon cup for pour-over coffee.")),
    "MJ-PLATE": (6_800, LocalizedText(zh="白釉浅盘，可入微波炉。", en="A shallow white plate, fit for the microwave.")),
    "MJ-CANDLE": (8_900, LocalizedText(zh="木槿香薰蜡烛，燃烧约 40 小时。", en="Hibiscus candle, burns for 40 hours.")),
}
"""Price in fen, and what the shop says of it; the candles have no picture yet, and cannot be listed."""
PICTURED = ("MJ-CUP", "MJ-PLATE")
SECONDS, PAUSE = 60, 0.1


def ask(shelves: Shelves) -> None:
    """Fills sheets in and has first prices decided; they take effect once inventory has heard of it."""
    _keep_channel(shelves)
    _describe(shelves)
    asking, stub = shelves.asking, shelves.asking.stub(prices_pb2_grpc.PricesStub)
    known = asking.ask(stub.ListPriceChanges, prices_pb2.ListPriceChangesRequest(), by=SHOPS).price_changes
    change = known[0] if known else None
    if change is None or not change.decision:
        lines = [
            prices_pb2.PriceChangeLine(
                item=shelves.items[code], channel=CHANNEL, price=Money(minor_units=fen, currency="CNY")
            )
            for code, (fen, _) in OFFERED.items()
        ]
        wish = prices_pb2.PriceChange(lines=lines, reason=REASON)
        request = prices_pb2.CreatePriceChangeRequest(price_change=wish, request_id="demonstration-first-prices")
        change = asking.ask(stub.CreatePriceChange, request, by=SHOPS)
    say(asking, change.decision, (Said(DIRECTOR, AGREE),))


def offer(shelves: Shelves) -> None:
    """Waits until the prices are in force, and lists what is complete."""
    asking, stub = shelves.asking, shelves.asking.stub(listings_pb2_grpc.ListingsStub)
    if asking.ask(stub.ListListings, listings_pb2.ListListingsRequest(channel=CHANNEL), by=SHOPS).listings:
        return
    prices, give_up = asking.stub(prices_pb2_grpc.PricesStub), time.monotonic() + SECONDS
    listing = prices_pb2.ListPricesRequest(channel=CHANNEL)
    while not asking.ask(prices.ListPrices, listing, by=SHOPS).prices and time.monotonic() < give_up:
        time.sleep(PAUSE)
    request = listings_pb2.CreateListingsRequest(channel=CHANNEL, items=[shelves.items[code] for code in PICTURED])
    asking.ask(stub.CreateListings, request, by=SHOPS)


def _keep_channel(shelves: Shelves) -> None:
    """The shop's unit keeps its channel; said again it is the same."""
    asking, stub = shelves.asking, shelves.asking.stub(listings_pb2_grpc.ListingsStub)
    kept = listings_pb2.SalesChannel(channel=CHANNEL, unit=asking.units[SHOP_UNIT])
    asking.ask(stub.SetSalesChannel, listings_pb2.SetSalesChannelRequest(sales_channel=kept), by=DIRECTOR)


def _give_channel(shelves: Shelves) -> None:
    """The director says that operations keep the channel (GDS-1)."""
    asking, stub = shelves.asking, shelves.asking.stub(listings_pb2_grpc.ListingsStub)
    if not asking.ask(stub.ListSalesChannels, listings_pb2.ListSalesChannelsRequest(), by=DIRECTOR).sales_channels:
        channel = listings_pb2.SalesChannel(channel=CHANNEL, unit=asking.units["OPS"])
        asking.ask(stub.SetSalesChannel, listings_pb2.SetSalesChannelRequest(sales_channel=channel), by=DIRECTOR)


def _describe(shelves: Shelves) -> None:
    """What is said already is not said again; the same picture is the same."""
    asking, stub = shelves.asking, shelves.asking.stub(item_sheets_pb2_grpc.ItemSheetsStub)
    listed = asking.ask(
        stub.ListItemSheets, item_sheets_pb2.ListItemSheetsRequest(page_size=MOST), by=SHOPS
    ).item_sheets
    known = {sheet.code: sheet for sheet in listed}
    picture = files("bylaw_cli.demonstration").joinpath("photo.jpg").read_bytes()
    for code, (_, words) in OFFERED.items():
        sheet = known[code]
        if not sheet.description.zh:
            wish = item_sheets_pb2.ItemSheet(name=sheet.name, description=words)
            request = item_sheets_pb2.UpdateItemSheetRequest(
                item_sheet=wish, update_mask=FieldMask(paths=["description"])
            )
            asking.ask(stub.UpdateItemSheet, request, by=SHOPS)
        if code in PICTURED and not sheet.pictures:
            image = HttpBody(content_type="image/jpeg", data=picture)
            adding = item_sheets_pb2.AddItemPictureRequest(parent=sheet.name, image=image)
            asking.ask(stub.AddItemPicture, adding, by=SHOPS)
