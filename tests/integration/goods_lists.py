"""What is offered of goods, which is the whole organisation's: the lists of it, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import (
    goods_reviews_pb2,
    goods_reviews_pb2_grpc,
    item_sheets_pb2,
    item_sheets_pb2_grpc,
    listings_pb2,
    listings_pb2_grpc,
    prices_pb2,
    prices_pb2_grpc,
)
from bylaw.people.v1 import organisation_pb2
from google.protobuf.message import Message

from tests.builders.goods import sheet_name
from tests.builders.inventory import InventoryService
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]
NONE = "00000000-0000-7000-8000-000000000000"


def offered(inventory: InventoryService, item: str) -> None:
    """Asks for nothing before an item is listed, lists it on the company's channel, reviews that; once."""
    known = {"metadata": inventory.everything}
    listed = listings_pb2_grpc.ListingsStub(inventory.channel)
    if listed.ListListings(listings_pb2.ListListingsRequest(), **known).listings:
        return
    rule = item_sheets_pb2.SetCategoryRuleRequest(category_rule=item_sheets_pb2.CategoryRule())
    item_sheets_pb2_grpc.ItemSheetsStub(inventory.channel).SetCategoryRule(rule, **known)
    people = inventory.people
    units = people.organisation.ListUnits(organisation_pb2.ListUnitsRequest(), metadata=people.everything).units
    company = next(one.name for one in units if not one.parent)
    kept = listings_pb2.SalesChannel(channel="shop", unit=company)
    listed.SetSalesChannel(listings_pb2.SetSalesChannelRequest(sales_channel=kept), **known)
    listed.CreateListings(listings_pb2.CreateListingsRequest(channel="shop", items=[item]), **known)
    review = goods_reviews_pb2.CreateGoodsReviewRequest(channel="shop")
    goods_reviews_pb2_grpc.GoodsReviewsStub(inventory.channel).CreateGoodsReview(review, **known)


def shown_to_all(inventory: InventoryService) -> dict[str, Walk]:
    """Whoever may ask sees every one."""
    sheets = item_sheets_pb2_grpc.ItemSheetsStub(inventory.channel)
    listed = listings_pb2_grpc.ListingsStub(inventory.channel)
    every = listings_pb2.ListListingsRequest(show_ended=True)
    return {
        "item sheets": Walk(sheets.ListItemSheets, item_sheets_pb2.ListItemSheetsRequest(), "item_sheets"),
        "category rules": Walk(sheets.ListCategoryRules, item_sheets_pb2.ListCategoryRulesRequest(), "category_rules"),
        "listings": Walk(listed.ListListings, every, "listings"),
        "sales channels": Walk(listed.ListSalesChannels, listings_pb2.ListSalesChannelsRequest(), "sales_channels"),
    }


def decided(inventory: InventoryService) -> dict[str, Walk]:
    """Whoever may ask sees every one of these too; there is none where nobody was asked to decide."""
    prices = prices_pb2_grpc.PricesStub(inventory.channel)
    return {
        "price changes": Walk(prices.ListPriceChanges, prices_pb2.ListPriceChangesRequest(), "price_changes"),
        "prices": Walk(prices.ListPrices, prices_pb2.ListPricesRequest(), "prices"),
    }


def for_whoever_sees_everybody(inventory: InventoryService) -> dict[str, Walk]:
    """Reviews reckon with the stock of every warehouse."""
    stub = goods_reviews_pb2_grpc.GoodsReviewsStub(inventory.channel)
    every = stub.ListGoodsReviews(goods_reviews_pb2.ListGoodsReviewsRequest(), metadata=inventory.everything)
    newest = next((one.name for one in every.goods_reviews), f"goodsReviews/{NONE}")
    lines = goods_reviews_pb2.ListGoodsReviewLinesRequest(parent=newest)
    return {
        "goods reviews": Walk(stub.ListGoodsReviews, goods_reviews_pb2.ListGoodsReviewsRequest(), "goods_reviews"),
        "goods review lines": Walk(stub.ListGoodsReviewLines, lines, "lines"),
    }


def of_nobody(inventory: InventoryService, item: str) -> list[Question]:
    """The single reads, of the one item and of what there is not."""
    sheets = item_sheets_pb2_grpc.ItemSheetsStub(inventory.channel)
    prices = prices_pb2_grpc.PricesStub(inventory.channel)
    reviews = goods_reviews_pb2_grpc.GoodsReviewsStub(inventory.channel)
    image = item_sheets_pb2.GetItemPictureImageRequest(name=f"itemPictures/{NONE}")
    return [
        (sheets.GetItemSheet, item_sheets_pb2.GetItemSheetRequest(name=sheet_name(item))),
        (sheets.GetItemPictureImage, image),
        (prices.GetPriceChange, prices_pb2.GetPriceChangeRequest(name=f"priceChanges/{NONE}")),
        (reviews.GetGoodsReview, goods_reviews_pb2.GetGoodsReviewRequest(name=f"goodsReviews/{NONE}")),
    ]
