"""Puts together what serves sheets, listings, prices and reviews, with their settings; a part of `app.py`."""

from bylaw.inventory.v1 import goods_imports_pb2, goods_reviews_pb2, item_sheets_pb2, listings_pb2, prices_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.photos.folder import Folder
from bylaw_chassis.server import Server
from pydantic import Field

from bylaw_inventory.apps.decisions import asking
from bylaw_inventory.apps.receiving import ReceivingSettings
from bylaw_inventory.neighbours.review_duties import PeopleReviewDuties
from bylaw_inventory.rpc.goods_imports import GoodsImportCalls
from bylaw_inventory.rpc.goods_reviews import GoodsReviewCalls
from bylaw_inventory.rpc.item_sheets import ItemSheetCalls
from bylaw_inventory.rpc.listings import ListingCalls
from bylaw_inventory.rpc.prices import PriceCalls
from bylaw_inventory.store import (
    books,
    bulk,
    completeness,
    goods_files,
    items,
    ledger,
    listings,
    price_changes,
    prices,
    reviews,
    sales_channels,
    sheets,
    units,
    warehouses,
)
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.goods_files.import_items import ImportItems
from bylaw_inventory.use_cases.goods_files.import_stock import ImportStock
from bylaw_inventory.use_cases.listing.check_listed import CheckListed
from bylaw_inventory.use_cases.listing.keep_channels import KeepChannels
from bylaw_inventory.use_cases.listing.keep_pictures import KeepPictures
from bylaw_inventory.use_cases.listing.keep_sheets import KeepSheets
from bylaw_inventory.use_cases.listing.list_items import ListItems
from bylaw_inventory.use_cases.listing.set_rule import SetRule
from bylaw_inventory.use_cases.pricing.ask_price_change import AskPriceChange
from bylaw_inventory.use_cases.pricing.settle_price_change import (
    EndNeverAsked,
    ShowPrices,
    WithdrawPriceChange,
)
from bylaw_inventory.use_cases.reviewing.keep_review_duties import DeclareReviewDuties
from bylaw_inventory.use_cases.reviewing.remind_of_review import RemindOfReview
from bylaw_inventory.use_cases.reviewing.review_channel import ReviewChannel
from bylaw_inventory.use_cases.stock.post_many import PostMany
from bylaw_inventory.use_cases.stock.post_movement import PostMovement

PURGE_SECONDS, NEVER_ASKED_SECONDS, REMIND_SECONDS = 1_800.0, 60.0, 3_600.0
PICTURES = "pictures"
LISTED = CheckListed(sheets, completeness)


class GoodsSettings(ReceivingSettings):
    """Where pictures of goods lie (GDS-1), and how often what a channel offers is reviewed (GDS-3)."""

    goods_review_days: int = Field(
        90, ge=1, le=366, description="Days after which a channel is due for its review, and for which it looks back."
    )

    goods_review_duties: bool = Field(
        default=True,
        description="Whether heads of units that keep a channel have its review as a duty of people's, with a reminder"
        " (GDS-3).",
    )

    @property
    def goods_pictures(self) -> Folder | None:
        """A folder of their own beside the photos of deliveries, of which each sweeps what it does not know."""
        return Folder(self.goods_photo_folder / PICTURES) if self.goods_photo_folder else None


def add_goods(
    server: Server, own: Member, finding: Finding, settings: GoodsSettings, posting: PostMovement
) -> tuple[Timer, ...]:
    """Adds the calls; answers the timers that go with them."""
    database, tokens, desk = own.database, own.page_tokens, asking(own)
    folder = settings.goods_pictures
    listing = ListItems(database, items, sheets, completeness, listings, sales_channels, finding)
    pictures = KeepPictures(database, items, sheets, LISTED, folder)
    rules = SetRule(database, sheets, listings, LISTED)
    reviewing = ReviewChannel(database, finding, reviews, listing, settings.goods_review_days)
    asked = AskPriceChange(database, items, prices, price_changes, desk, sales_channels, finding)
    withdrawing, shown = (
        WithdrawPriceChange(database, prices, price_changes, desk),
        ShowPrices(database, prices, price_changes),
    )
    for module, service, calls in (
        (
            item_sheets_pb2,
            "ItemSheets",
            ItemSheetCalls(KeepSheets(database, items, sheets, LISTED), pictures, rules, tokens),
        ),
        (listings_pb2, "Listings", ListingCalls(listing, KeepChannels(database, finding, sales_channels), tokens)),
        (prices_pb2, "Prices", PriceCalls(asked, withdrawing, shown, tokens)),
        (goods_reviews_pb2, "GoodsReviews", GoodsReviewCalls(reviewing, tokens)),
        (goods_imports_pb2, "GoodsImports", _imports(own, finding, posting)),
    ):
        server.add(module.DESCRIPTOR.services_by_name[service], calls)
    never_asked = EndNeverAsked(database, price_changes, desk, own.is_current)
    desk_of_reviews = PeopleReviewDuties(own.neighbours.channels[PEOPLE], own.neighbours)
    declaring = DeclareReviewDuties(finding, reviews, desk_of_reviews, settings.goods_review_days)
    return (
        *((Timer("review-duties", REMIND_SECONDS, declaring),) if settings.goods_review_duties else ()),
        Timer("purge-pictures", PURGE_SECONDS, pictures.purge),
        Timer("prices-never-asked", NEVER_ASKED_SECONDS, never_asked),
        Timer("remind-of-review", REMIND_SECONDS, RemindOfReview(database, reviews, settings.goods_review_days)),
    )


def _imports(own: Member, finding: Finding, posting: PostMovement) -> GoodsImportCalls:
    many = PostMany(own.database, posting, ledger, books, bulk)
    return GoodsImportCalls(
        ImportItems(own.database, goods_files, units, sheets, LISTED),
        ImportStock(own.database, finding, warehouses, goods_files, many),
    )
