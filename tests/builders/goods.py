"""A shop that offers goods: sheets, pictures, listings, prices decided by the real people service, reviews."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bylaw.inventory.v1 import goods_imports_pb2 as imports
from bylaw.inventory.v1 import (
    goods_imports_pb2_grpc,
    goods_reviews_pb2_grpc,
    item_sheets_pb2_grpc,
    listings_pb2_grpc,
    prices_pb2_grpc,
)
from bylaw.inventory.v1 import goods_reviews_pb2 as reviews
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import listings_pb2 as listings
from bylaw.inventory.v1 import prices_pb2 as prices
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw.people.v1 import decisions_pb2_grpc
from bylaw.types.v1.amount_pb2 import Money
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.images import png
from tests.builders.inventory import InventoryService, inventory_service
from tests.builders.people import identifier
from tests.databases import Databases

Metadata = tuple[tuple[str, str], ...]
AGREE, REFUSE = decisions.ANSWER_KIND_AGREE, decisions.ANSWER_KIND_REFUSE
DECIDING = frozenset({"people.decisions.create", "people.decisions.read", "people.decisions.answer"})
SHOP = "tmall"


@dataclass
class Trade:
    """The shop of a company: Mei asks, Shu heads the shop, Dong the company; pictures lie in a folder."""

    inventory: InventoryService
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**6)))

    def __post_init__(self) -> None:
        people, channel = self.inventory.people, self.inventory.channel
        self.site = people.site().name
        company = people.unit("COMPANY").name
        self.shop = people.unit("SHOP", company).name
        self.mei, self.shu = (people.person(who, self.shop, self.site).name for who in ("mei", "shu"))
        self.dong = people.person("dong", company, self.site).name
        people.head(self.shop, self.shu)
        people.head(company, self.dong)
        self.sheets = item_sheets_pb2_grpc.ItemSheetsStub(channel)
        self.listings = listings_pb2_grpc.ListingsStub(channel)
        self.prices = prices_pb2_grpc.PricesStub(channel)
        self.reviews = goods_reviews_pb2_grpc.GoodsReviewsStub(channel)
        self.imports = goods_imports_pb2_grpc.GoodsImportsStub(channel)
        self.decisions = decisions_pb2_grpc.DecisionsStub(people.channel)
        self.inventory.follow_people()

    @property
    def caller(self) -> Metadata:
        """Mei, who may do everything with goods."""
        return self.as_person(self.mei)

    def as_person(self, person: str) -> Metadata:
        """Somebody with every permission of inventory, who decides what they are asked."""
        goods = HeldGrant(Scope.COMPANY, None, frozenset(one for one in known_permissions() if "inventory." in one))
        own = HeldGrant(Scope.SELF, None, DECIDING)
        return self.inventory.people.as_caller(goods, own, person=identifier(person))

    def number(self) -> int:
        """A number that nothing has yet."""
        return next(self.numbers)

    def item(self, code: str = "", **more: Any) -> items.Item:
        """An item with a specification and a category of its own."""
        number = self.number()
        told = {"specification": "500 g", "category": f"category-{number}", **more}
        return self.inventory.item(code or f"G-{number}", **told)

    def sheet(self, item: str, channel: str = "") -> sheets.ItemSheet:
        """An item's sheet."""
        request = sheets.GetItemSheetRequest(name=sheet_name(item), channel=channel)
        return self.sheets.GetItemSheet(request, metadata=self.caller)

    def update(self, item: str, *paths: str, **more: Any) -> sheets.ItemSheet:
        """Changes a sheet."""
        wish = sheets.ItemSheet(name=sheet_name(item), **more)
        request = sheets.UpdateItemSheetRequest(item_sheet=wish, update_mask=FieldMask(paths=paths))
        return self.sheets.UpdateItemSheet(request, metadata=self.caller)

    def describe(self, item: str, zh: str = "好用", en: str = "good") -> sheets.ItemSheet:
        """Writes its description."""
        return self.update(item, "description", description=LocalizedText(zh=zh, en=en))

    def picture(self, item: str, content: bytes = b"") -> sheets.ItemPicture:
        """Adds a picture, another one each time where none is given."""
        image = HttpBody(data=content or png(width=1 + self.number()))
        request = sheets.AddItemPictureRequest(parent=sheet_name(item), image=image)
        return self.sheets.AddItemPicture(request, metadata=self.caller)

    def remove(self, picture: str) -> sheets.ItemSheet:
        """Takes a picture off."""
        return self.sheets.RemoveItemPicture(sheets.RemoveItemPictureRequest(name=picture), metadata=self.caller)

    def rule(self, category: str, *parts: int, **more: Any) -> sheets.CategoryRule:
        """Sets what a category asks for."""
        delist = more.pop("delist_incomplete", False)
        wish = sheets.CategoryRule(category=category, required_parts=parts, **more)
        request = sheets.SetCategoryRuleRequest(category_rule=wish, delist_incomplete=delist)
        return self.sheets.SetCategoryRule(request, metadata=self.caller)

    def complete(self, channel: str = SHOP, **more: Any) -> items.Item:
        """An item with everything that is asked for, its price among it."""
        made = self.item(**more)
        self.describe(made.name)
        self.picture(made.name)
        self.priced(made.name, channel=channel)
        return made

    def list_on(self, *named: str, channel: str = SHOP) -> Sequence[listings.Listing]:
        """Lists items."""
        request = listings.CreateListingsRequest(channel=channel, items=named)
        return self.listings.CreateListings(request, metadata=self.caller).listings

    def end(self, *named: str, channel: str = SHOP, reason: str = "sold out for good") -> Sequence[listings.Listing]:
        """Takes items off."""
        request = listings.EndListingsRequest(channel=channel, items=named, reason=reason)
        return self.listings.EndListings(request, metadata=self.caller).listings

    def listed(self, **more: Any) -> list[listings.Listing]:
        """What is listed."""
        request = listings.ListListingsRequest(page_size=1000, **more)
        return list(self.listings.ListListings(request, metadata=self.caller).listings)

    def ask(
        self, *lines: prices.PriceChangeLine, who: str = "", request_id: str = "", **more: Any
    ) -> prices.PriceChange:
        """Asks for a change of prices, as Mei where nobody else is named."""
        wish = prices.PriceChange(**{"lines": lines, "reason": "cheaper to buy", **more})
        request = prices.CreatePriceChangeRequest(price_change=wish, request_id=request_id)
        return self.prices.CreatePriceChange(request, metadata=self.as_person(who or self.mei))

    def change(self, name: str) -> prices.PriceChange:
        """A change as it stands."""
        return self.prices.GetPriceChange(prices.GetPriceChangeRequest(name=name), metadata=self.caller)

    def withdraw(self, name: str, who: str = "") -> prices.PriceChange:
        """Takes a change back."""
        request = prices.WithdrawPriceChangeRequest(name=name)
        return self.prices.WithdrawPriceChange(request, metadata=self.as_person(who or self.mei))

    def answer(self, made: prices.PriceChange, kind: Any = AGREE) -> None:
        """Has everybody who is asked answer, one after the other; inventory does not learn of it yet."""
        asked = decisions.GetDecisionRequest(name=made.decision)
        found = self.decisions.GetDecision(asked, metadata=self.as_person(self.shu))
        for who in (self.shu, self.dong):
            if found.state == decisions.DECISION_STATE_WAITING:
                request = decisions.AnswerDecisionRequest(
                    name=found.name, step=found.step, answer=kind, text="so be it"
                )
                found = self.decisions.AnswerDecision(request, metadata=self.as_person(who))

    def learn(self) -> None:
        """Inventory reads people's feed on a moment later, and does what follows."""
        self.inventory.clock.pass_time(seconds=1)
        self.inventory.follow_people()
        self.inventory.run_timer("outcomes")

    def decided(self, made: prices.PriceChange, kind: Any = AGREE) -> prices.PriceChange:
        """Has it answered, and inventory learn of it."""
        self.answer(made, kind)
        self.learn()
        return self.change(made.name)

    def priced(self, item: str, minor_units: int = 10_000, **more: Any) -> prices.PriceChange:
        """Gives an item a price by a decision."""
        return self.decided(self.ask(price(item, minor_units, **more)))

    def history(self, item: str, **more: Any) -> list[prices.Price]:
        """The prices of an item, the later first."""
        request = prices.ListPricesRequest(item=item, page_size=1000, **more)
        return list(self.prices.ListPrices(request, metadata=self.caller).prices)

    def in_force(self, item: str, at: datetime | None = None, channel: str = SHOP) -> int | None:
        """The price in force at an instant, or now, in minor units."""
        found = self.history(item, channel=channel, at_time=stamp(at or self.inventory.clock.now))
        assert len(found) <= 1
        return found[0].price.minor_units if found else None

    def review(self, channel: str = SHOP, days: int = 0) -> reviews.GoodsReview:
        """Opens a review."""
        request = reviews.CreateGoodsReviewRequest(channel=channel, days=days)
        return self.reviews.CreateGoodsReview(request, metadata=self.caller)

    def review_lines(self, review: str, **more: Any) -> Mapping[str, reviews.GoodsReviewLine]:
        """The lines of a review by item."""
        request = reviews.ListGoodsReviewLinesRequest(parent=review, page_size=1000, **more)
        return {line.item: line for line in self.reviews.ListGoodsReviewLines(request, metadata=self.caller).lines}

    def record(self, review: str, *outcomes: reviews.LineOutcome) -> reviews.GoodsReview:
        """Puts outcomes on record."""
        request = reviews.RecordReviewOutcomesRequest(name=review, outcomes=outcomes)
        return self.reviews.RecordReviewOutcomes(request, metadata=self.caller)

    def import_items(self, content: bytes, **more: Any) -> imports.GoodsImport:
        """Takes a catalogue in."""
        request = imports.ImportItemsRequest(file=HttpBody(data=content), **more)
        return self.imports.ImportItems(request, metadata=self.caller)

    def import_stock(self, warehouse: str, place: str, content: bytes, **more: Any) -> imports.GoodsImport:
        """Takes a stock list in."""
        told = {"file_name": f"list-{self.number()}.csv", **more}
        request = imports.ImportStockRequest(parent=warehouse, place=place, file=HttpBody(data=content), **told)
        return self.imports.ImportStock(request, metadata=self.caller)


def sheet_name(item: str) -> str:
    """The name of an item's sheet."""
    return item.replace("items/", "itemSheets/")


def price(
    item: str, minor_units: int, *, since: datetime | None = None, channel: str = SHOP, currency: str = "CNY"
) -> prices.PriceChangeLine:
    """A line of a change: from an instant on, or from the decision."""
    told = {"effective_time": stamp(since)} if since else {}
    amount = Money(minor_units=minor_units, currency=currency)
    return prices.PriceChangeLine(item=item, channel=channel, price=amount, **told)


def outcome(
    item: str, what: reviews.ReviewOutcome.ValueType, replacement: str = "", reason: str = "as the figures say"
) -> reviews.LineOutcome:
    """An outcome of a review."""
    return reviews.LineOutcome(item=item, outcome=what, reason=reason, replacement=replacement)


def stamp(instant: datetime) -> Timestamp:
    """An instant as a message."""
    made = Timestamp()
    made.FromDatetime(instant)
    return made


@contextmanager
def trade(databases: Databases, folder: Path, **more: Any) -> Iterator[Trade]:
    """The shop, on databases of its own; `more` are settings of inventory."""
    with inventory_service(databases, goods_photo_folder=folder, **more) as inventory:
        yield Trade(inventory, folder)
