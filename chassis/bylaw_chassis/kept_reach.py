"""A reach as it is kept beside what runs when its caller has long gone."""

from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Reach


def reach_to_json(reach: Reach) -> dict[str, Any]:
    """As it is kept."""
    return {
        "everyone": reach.everyone,
        "own": str(reach.own) if reach.own else None,
        "units": sorted(map(str, reach.units)),
        "subtrees": sorted(map(str, reach.subtrees)),
    }


def reach_from_json(kept: dict[str, Any]) -> Reach:
    """The reach that was kept."""
    return Reach(
        everyone=kept["everyone"],
        own=UUID(kept["own"]) if kept["own"] else None,
        units=frozenset(map(UUID, kept["units"])),
        subtrees=frozenset(map(UUID, kept["subtrees"])),
    )
