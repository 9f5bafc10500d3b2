"""Who comes into a warehouse and the rounds that are made in it, as tests have them, in a line each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bylaw.inventory.v1 import house_rounds_pb2, house_rounds_pb2_grpc, visits_pb2, visits_pb2_grpc
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.images import jpeg
from tests.builders.inventory import InventoryService

ARRIVING, LEAVING = house_rounds_pb2.ROUND_SIDE_ARRIVING, house_rounds_pb2.ROUND_SIDE_LEAVING
FINE = house_rounds_pb2.RoundCheck(finding=house_rounds_pb2.ROUND_FINDING_FINE)
IN, OUT = visits_pb2.VISIT_SIDE_IN, visits_pb2.VISIT_SIDE_OUT


def instant(at: datetime | None) -> Timestamp | None:
    """An instant of the contract."""
    made = Timestamp()
    if at is None:
        return None
    made.FromDatetime(at)
    return made


@dataclass
class Door:
    """The register at the door of a warehouse."""

    inventory: InventoryService
    warehouse: str
    metadata: Any = None
    visits: visits_pb2_grpc.VisitsStub = field(init=False)

    def __post_init__(self) -> None:
        self.visits = visits_pb2_grpc.VisitsStub(self.inventory.channel)

    @property
    def caller(self) -> Any:
        """Whose calls these are."""
        return self.metadata or self.inventory.everything

    def enters(self, name: str = "", at: datetime | None = None, **more: Any) -> visits_pb2.Visit:
        """A visitor, or a person, comes in."""
        said = {"purpose": "" if more.get("person") else "repairs the lift", **more}
        request = visits_pb2.SignVisitorInRequest(parent=self.warehouse, visitor_name=name, in_time=instant(at), **said)
        return self.visits.SignVisitorIn(request, metadata=self.caller)

    def leaves(self, visit: str, at: datetime | None = None, **more: Any) -> visits_pb2.Visit:
        """Whoever it was leaves."""
        request = visits_pb2.SignVisitorOutRequest(name=visit, out_time=instant(at), **more)
        return self.visits.SignVisitorOut(request, metadata=self.caller)

    def strike(
        self, visit: str, side: visits_pb2.VisitSide.ValueType, reason: str = "a slip of the pen"
    ) -> visits_pb2.Visit:
        """Strikes an entry out."""
        request = visits_pb2.StrikeVisitEntryRequest(name=visit, side=side, reason=reason)
        return self.visits.StrikeVisitEntry(request, metadata=self.caller)

    def shown(self, visit: str) -> visits_pb2.Visit:
        """A visit as it stands."""
        return self.visits.GetVisit(visits_pb2.GetVisitRequest(name=visit), metadata=self.caller)

    def listed(self, **more: Any) -> list[visits_pb2.Visit]:
        """The visits."""
        request = visits_pb2.ListVisitsRequest(parent=self.warehouse, **more)
        return list(self.visits.ListVisits(request, metadata=self.caller).visits)

    def inside(self) -> list[str]:
        """Who is inside, newest first."""
        return [one.visitor_name or one.person for one in self.listed(inside_now=True)]


def unusual(words: str) -> house_rounds_pb2.RoundCheck:
    """A check that found something."""
    return house_rounds_pb2.RoundCheck(finding=house_rounds_pb2.ROUND_FINDING_UNUSUAL, words=words)


@dataclass
class Rounds:
    """The rounds of a warehouse."""

    inventory: InventoryService
    warehouse: str
    metadata: Any = None
    stub: house_rounds_pb2_grpc.HouseRoundsStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = house_rounds_pb2_grpc.HouseRoundsStub(self.inventory.channel)

    @property
    def caller(self) -> Any:
        """Whose calls these are."""
        return self.metadata or self.inventory.everything

    def hand_in(
        self, side: house_rounds_pb2.RoundSide.ValueType = ARRIVING, **more: Any
    ) -> house_rounds_pb2.HouseRound:
        """Hands a round in, in which all is fine where nothing else is said."""
        said = {"locks": FINE, "goods": FINE, "surroundings": FINE, **more}
        metadata = said.pop("metadata", self.caller)
        request = house_rounds_pb2.HandInRoundRequest(parent=self.warehouse, side=side, **said)
        return self.stub.HandInRound(request, metadata=metadata)

    def shown(self, name: str) -> house_rounds_pb2.HouseRound:
        """A round as it stands."""
        return self.stub.GetHouseRound(house_rounds_pb2.GetHouseRoundRequest(name=name), metadata=self.caller)

    def listed(self, **more: Any) -> list[house_rounds_pb2.HouseRound]:
        """The rounds."""
        request = house_rounds_pb2.ListHouseRoundsRequest(parent=self.warehouse, **more)
        return list(self.stub.ListHouseRounds(request, metadata=self.caller).house_rounds)

    def missing(self, first: str = "", last: str = "") -> list[tuple[str, int, str]]:
        """The rounds that nobody handed in."""
        request = house_rounds_pb2.GetMissingRoundsRequest(parent=self.warehouse, first_date=first, last_date=last)
        found = self.stub.GetMissingRounds(request, metadata=self.caller).missing_rounds
        return [(one.round_date, one.side, one.keeper) for one in found]

    def photo(
        self, name: str, check: house_rounds_pb2.RoundCheckKind.ValueType, image: bytes = b""
    ) -> house_rounds_pb2.RoundPhoto:
        """Adds a photo."""
        request = house_rounds_pb2.AddRoundPhotoRequest(parent=name, check=check, image=HttpBody(data=image or jpeg()))
        return self.stub.AddRoundPhoto(request, metadata=self.caller)

    def image(self, photo: str) -> HttpBody:
        """The image of a photo."""
        request = house_rounds_pb2.GetRoundPhotoImageRequest(name=photo)
        return self.stub.GetRoundPhotoImage(request, metadata=self.caller)
