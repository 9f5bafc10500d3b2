"""Who asks a company by chance for its lists, and whether they are shown what single reads allow."""

import random
from collections.abc import Sequence
from typing import Any

from bylaw_chassis.caller import HeldGrant, Scope
from google.protobuf.message import Message

from tests.builders.people import identifier
from tests.integration import lists
from tests.integration.organisations import Company


def callers(made: Company) -> Sequence[lists.SingleReads]:
    """Callers with grants of every shape, each a person of the company; the same in every test."""
    if not made.callers:
        chance = random.Random(len(made.units))  # noqa: S311 - a test's chance
        for grants in lists.scopes(made.units, chance):
            person = identifier(chance.choice(made.people))
            caller = made.attendance.people.as_caller(*grants, person=person)
            made.callers.append(lists.SingleReads(made.attendance, caller, f"people/{person}", grants))
    return made.callers


def sees_everything(made: Company) -> lists.Metadata:
    """Somebody who may see all."""
    return made.attendance.people.as_caller(HeldGrant(Scope.COMPANY, None, lists.READS))


def everything(made: Company, walk: lists.Walk, chance: random.Random) -> list[Any]:
    """The list as it is shown to somebody who may see all; asked once, since nothing changes."""
    key = (walk.request.DESCRIPTOR.full_name, walk.request.SerializeToString(deterministic=True))
    if key not in made.known:
        found = walk.all(sees_everything(made), chance)
        assert isinstance(found, list), found
        made.known[key] = found
    return made.known[key]


def parts_shown(made: Company, listing: lists.Listing, chance: random.Random, *, name: str) -> int:
    """Fails where somebody is not shown what single reads allow; answers to how many a part was shown."""
    whole, count = listing.there, 0
    if whole is None:
        whole = everything(made, listing.walk, chance)
    assert whole, name
    for reads in callers(made):
        seen = listing.walk.all(reads.caller, chance)
        assert in_order(seen) == in_order(listing.expected(reads, whole)), name
        count += 0 < len(seen) < len(whole)
    return count


def in_order(things: list[Message] | str) -> list[bytes]:
    """Things in an order of their own: a list of units begins with those whose parents are not shown."""
    assert not isinstance(things, str), things
    return sorted(thing.SerializeToString(deterministic=True) for thing in things)
