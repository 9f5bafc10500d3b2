"""Who came into the demonstration warehouse, its rounds, and what it keeps of each item (WHS-7, WHS-10, WHS-11)."""

from datetime import time, timedelta

from bylaw.inventory.v1 import (
    house_rounds_pb2,
    house_rounds_pb2_grpc,
    stock_levels_pb2,
    stock_levels_pb2_grpc,
    visits_pb2,
    visits_pb2_grpc,
)
from bylaw.types.v1.amount_pb2 import Quantity

from bylaw_cli.demonstration.deciding import KEEPER
from bylaw_cli.demonstration.goods.shelves import MOST, Shelves

GONE, INSIDE = ("周师傅", "快安电梯", "货梯年检"), ("许岩", "晨晖陶瓷", "送货")
"""A visitor of yesterday, and one who is inside: who, of which company, what for."""
CAME, LEFT = time(10, 10), time(11, 25)
ARRIVING, LEAVING = time(8, 20), time(18, 10)
UNUSUAL = "后门锁舌松动，已临时加挂锁。/ The back door's latch is loose; a padlock is on it for now."
FROM_DEMAND, BY_HAND = "MJ-COASTER", ("MJ-CUP", "40", "120")
LEAD_DAYS, SAFETY_DAYS = 14, 4
"""Coasters sell fast, so that it is time to order more."""


def keep(shelves: Shelves) -> None:
    """Registers visitors, hands rounds in and sets levels."""
    _visits(shelves)
    _rounds(shelves)
    _levels(shelves)


def _visits(shelves: Shelves) -> None:
    asking, yesterday = shelves.asking, shelves.today - timedelta(days=1)
    listing = visits_pb2.ListVisitsRequest(parent=shelves.name)
    listed = asking.ask(asking.stub(visits_pb2_grpc.VisitsStub).ListVisits, listing, by=KEEPER).visits
    known = {visit.visitor_name: visit for visit in listed}
    if GONE[0] not in known:
        stub = asking.stub_at(visits_pb2_grpc.VisitsStub, shelves.at(yesterday, CAME))
        known[GONE[0]] = asking.ask(stub.SignVisitorIn, _visit(shelves, GONE), by=KEEPER)
    if not known[GONE[0]].HasField("out_time"):
        stub = asking.stub_at(visits_pb2_grpc.VisitsStub, shelves.at(yesterday, LEFT))
        asking.ask(stub.SignVisitorOut, visits_pb2.SignVisitorOutRequest(name=known[GONE[0]].name), by=KEEPER)
    if INSIDE[0] not in known:
        asking.ask(asking.stub(visits_pb2_grpc.VisitsStub).SignVisitorIn, _visit(shelves, INSIDE), by=KEEPER)


def _visit(shelves: Shelves, who: tuple[str, str, str]) -> visits_pb2.SignVisitorInRequest:
    visitor, company, purpose = who
    return visits_pb2.SignVisitorInRequest(parent=shelves.name, visitor_name=visitor, company=company, purpose=purpose)


def _rounds(shelves: Shelves) -> None:
    """Both of yesterday, one with something unusual, and the one on arriving today (WHS-11)."""
    asking, yesterday = shelves.asking, shelves.today - timedelta(days=1)
    listing = house_rounds_pb2.ListHouseRoundsRequest(parent=shelves.name)
    stub = asking.stub(house_rounds_pb2_grpc.HouseRoundsStub)
    listed = asking.ask(stub.ListHouseRounds, listing, by=KEEPER).house_rounds
    known = {(found.round_date, found.side) for found in listed}
    arriving, leaving = house_rounds_pb2.ROUND_SIDE_ARRIVING, house_rounds_pb2.ROUND_SIDE_LEAVING
    fine = house_rounds_pb2.RoundCheck(finding=house_rounds_pb2.ROUND_FINDING_FINE)
    loose = house_rounds_pb2.RoundCheck(finding=house_rounds_pb2.ROUND_FINDING_UNUSUAL, words=UNUSUAL)
    for day, side, hour, locks in (
        (yesterday, arriving, ARRIVING, fine),
        (yesterday, leaving, LEAVING, loose),
        (shelves.today, arriving, ARRIVING, fine),
    ):
        if (day.isoformat(), side) not in known:
            earlier = asking.stub_at(house_rounds_pb2_grpc.HouseRoundsStub, shelves.at(day, hour))
            request = house_rounds_pb2.HandInRoundRequest(
                parent=shelves.name, side=side, locks=locks, goods=fine, surroundings=fine
            )
            asking.ask(earlier.HandInRound, request, by=KEEPER)


def _levels(shelves: Shelves) -> None:
    """One follows its demand, and it is time to order; one is set by hand (WHS-7)."""
    asking, stub = shelves.asking, shelves.asking.stub(stock_levels_pb2_grpc.StockLevelsStub)
    listing = stock_levels_pb2.ListStockLevelsRequest(parent=shelves.name, page_size=MOST)
    listed = asking.ask(stub.ListStockLevels, listing, by=KEEPER).stock_levels
    known = {level.code for level in listed if level.HasField("reorder_point")}
    cup, point, quantity = BY_HAND
    wishes = {
        FROM_DEMAND: stock_levels_pb2.SetStockLevelRequest(lead_days=LEAD_DAYS, safety_days=SAFETY_DAYS),
        cup: stock_levels_pb2.SetStockLevelRequest(
            reorder_point=Quantity(value=point), reorder_quantity=Quantity(value=quantity)
        ),
    }
    for code, wish in wishes.items():
        if code not in known:
            wish.parent, wish.item = shelves.name, shelves.items[code]
            asking.ask(stub.SetStockLevel, wish, by=KEEPER)
