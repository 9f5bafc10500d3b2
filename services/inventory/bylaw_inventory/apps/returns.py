"""Puts together what decides on returned goods; a part of `app.py`."""

from bylaw.inventory.v1 import returns_pb2
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member
from bylaw_chassis.photos.folder import Folder
from bylaw_chassis.server import Server

from bylaw_inventory.apps.receiving import SWEEP_SECONDS, ReceivingSettings
from bylaw_inventory.rpc.returns import ReturnCalls
from bylaw_inventory.store import (
    fixed_places,
    items,
    ledger,
    movements,
    return_decisions,
    return_photos,
    special_goods,
    waiting_returns,
    warehouses,
)
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.receiving.keep_photos import SweepDeliveryPhotos
from bylaw_inventory.use_cases.returns.decide_return import DecideReturn
from bylaw_inventory.use_cases.returns.keep_photos import KeepReturnPhotos
from bylaw_inventory.use_cases.returns.scrap_returns import AskScrap, EndScrapNeverAsked, SettleScrap
from bylaw_inventory.use_cases.returns.take_returns import TakeReturns
from bylaw_inventory.use_cases.stock.booking import Booking
from bylaw_inventory.use_cases.stock.post_movement import PostMovement

MINUTE_SECONDS = 60.0
RETURNS = "returns"


def scrap_booking() -> SettleScrap:
    """Books scrap that was agreed."""
    return SettleScrap(return_decisions, items, warehouses, movements, Booking(ledger))


def add_returns(
    server: Server,
    own: Member,
    finding: Finding,
    desk: AskPeople,
    *,
    posting: PostMovement,
    settings: ReceivingSettings,
) -> tuple[Timer, ...]:
    """Adds the calls; answers their timers. Photos lie in a folder of their own, beside those of deliveries."""
    database, folder = own.database, _folder(settings)
    stores = (items, warehouses, movements, fixed_places, special_goods, return_decisions, return_photos)
    deciding = DecideReturn(database, finding, *stores, posting)
    taking = TakeReturns(deciding, AskScrap(database, deciding, desk), waiting_returns)
    calls = ReturnCalls(taking, KeepReturnPhotos(deciding, return_photos, folder), own.page_tokens)
    server.add(returns_pb2.DESCRIPTOR.services_by_name["Returns"], calls)
    never = EndScrapNeverAsked(database, return_decisions, desk, own.is_current)
    timers = [Timer("scrap-never-asked", MINUTE_SECONDS, never)]
    if folder:
        timers.append(Timer("sweep-return-photos", SWEEP_SECONDS, SweepDeliveryPhotos(database, return_photos, folder)))
    return tuple(timers)


def _folder(settings: ReceivingSettings) -> Folder | None:
    return Folder(settings.goods_photo_folder / RETURNS) if settings.goods_photo_folder else None
