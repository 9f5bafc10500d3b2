"""Rounds as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import house_rounds_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.rounds.house_round import PHOTOS, ROUNDS, HouseRound, MissingRound, RoundPhoto


def round_message(made: HouseRound) -> Any:
    """A round."""
    locks, goods, surroundings = map(_check_message, made.checks)
    return house_rounds_pb2.HouseRound(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        round_date=made.day.isoformat(),
        side=house_rounds_pb2.RoundSide.ValueType(made.side),
        keeper=_person(made.keeper),
        hand_in_time=timestamp(made.handed_in_at),
        locks=locks,
        goods=goods,
        surroundings=surroundings,
        photos=[resource_name(PHOTOS, one) for one in made.photos],
    )


def missing_message(missing: MissingRound) -> Any:
    """A round that nobody handed in."""
    side = house_rounds_pb2.RoundSide.ValueType(missing.side)
    keeper = _person(missing.keeper) if missing.keeper else ""
    return house_rounds_pb2.MissingRound(round_date=missing.day.isoformat(), side=side, keeper=keeper)


def round_photo_message(made: RoundPhoto) -> Any:
    """What is on record of a photo."""
    return house_rounds_pb2.RoundPhoto(
        name=made.name,
        round=resource_name(ROUNDS, made.round),
        check=house_rounds_pb2.RoundCheckKind.ValueType(made.kind),
        content_type=made.content_type,
        size_bytes=made.size_bytes,
        create_time=timestamp(made.taken_at),
    )


def _check_message(words: str) -> Any:
    finding = house_rounds_pb2.ROUND_FINDING_UNUSUAL if words else house_rounds_pb2.ROUND_FINDING_FINE
    return house_rounds_pb2.RoundCheck(finding=finding, words=words)


def _person(key: str) -> str:
    return resource_name("people", caller_by_key(key).person)
