"""Puts together what registers visits and takes rounds in; a part of `app.py`."""

from bylaw.inventory.v1 import house_rounds_pb2, visits_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.photos.folder import Folder
from bylaw_chassis.server import Server
from pydantic import Field

from bylaw_inventory.apps.receiving import ReceivingSettings
from bylaw_inventory.neighbours.round_duties import PeopleRoundDuties
from bylaw_inventory.rpc.rounds import RoundCalls
from bylaw_inventory.rpc.visits import VisitCalls
from bylaw_inventory.rules.rounds.house_round import RoundSide
from bylaw_inventory.store import rounds, visits
from bylaw_inventory.use_cases.books.keep_duties import DeclareDuties
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.receiving.keep_photos import SweepDeliveryPhotos
from bylaw_inventory.use_cases.rounds.hand_in_rounds import HandInRounds
from bylaw_inventory.use_cases.rounds.keep_round_photos import KeepRoundPhotos
from bylaw_inventory.use_cases.visits.register_visits import ForgetVisitors, RegisterVisits

HOUR_SECONDS, SWEEP_SECONDS = 3_600.0, 1_800.0
ROUNDS = "rounds"
_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


class HouseSettings(ReceivingSettings):
    """How long a visitor's name is kept (WHS-10), and by when rounds are made (WHS-11)."""

    visitor_days: int = Field(
        180, ge=1, le=3_660, description="Days after a visit for which it is kept who it was; then it is forgotten."
    )
    round_duties: bool = Field(
        default=True,
        description="Whether heads of units that keep a warehouse have its rounds on arriving and leaving as duties of"
        " people's, with a reminder (WHS-11).",
    )
    round_arriving_time: str = Field(
        "09:30", pattern=_TIME, description="By when the round on arriving is made, `HH:MM` at the warehouse's site."
    )
    round_leaving_time: str = Field(
        "19:00", pattern=_TIME, description="By when the round on leaving is made, `HH:MM` at the warehouse's site."
    )

    @property
    def round_photos(self) -> Folder | None:
        """A folder of their own beside the photos of deliveries, of which each sweeps what it does not know."""
        return Folder(self.goods_photo_folder / ROUNDS) if self.goods_photo_folder else None


def add_house(server: Server, own: Member, finding: Finding, settings: HouseSettings) -> tuple[Timer, ...]:
    """Adds the calls; answers their timers."""
    database, tokens, folder = own.database, own.page_tokens, settings.round_photos
    registering, handed = RegisterVisits(database, finding, visits), HandInRounds(database, finding, rounds)
    server.add(visits_pb2.DESCRIPTOR.services_by_name["Visits"], VisitCalls(registering, tokens))
    calls = RoundCalls(handed, KeepRoundPhotos(handed, folder), tokens)
    server.add(house_rounds_pb2.DESCRIPTOR.services_by_name["HouseRounds"], calls)
    timers = [Timer("forget-visitors", HOUR_SECONDS, ForgetVisitors(database, visits, settings.visitor_days))]
    if folder:
        timers.append(Timer("sweep-round-photos", SWEEP_SECONDS, SweepDeliveryPhotos(database, rounds, folder)))
    if settings.round_duties:
        due = {
            RoundSide.ARRIVING: settings.round_arriving_time,
            RoundSide.LEAVING: settings.round_leaving_time,
        }
        desk = PeopleRoundDuties(own.neighbours.channels[PEOPLE], own.neighbours, due)
        timers.append(Timer("round-duties", HOUR_SECONDS, DeclareDuties(finding, desk)))
    return tuple(timers)
