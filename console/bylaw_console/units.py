"""The units that somebody sees, by code and title: which of them they head, and which one a page is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bylaw.people.v1 import organisation_pb2

from bylaw_console.desk import Desk

MOST_UNITS = 1000


@dataclass(frozen=True, slots=True)
class Units:
    """Units as of today, parents before their children; `chosen` is the one that the page is about, or None."""

    shown: Sequence[Any]
    chosen: Any

    @property
    def codes(self) -> dict[str, str]:
        """The codes by name."""
        return {unit.name: unit.code for unit in self.shown}

    def options(self, desk: Desk) -> list[tuple[str, str]]:
        """What a form offers to choose from."""
        return [(unit.code, f"{desk.text(unit.title)} {unit.code}") for unit in self.shown]

    def title(self, name: str, desk: Desk) -> str:
        """What a unit is called; empty if it is not seen."""
        return next((desk.text(unit.title) for unit in self.shown if unit.name == name), "")

    def named(self, code: str) -> str:
        """The name of the unit with a code; the code itself if there is none, for the service to refuse."""
        return next((unit.name for unit in self.shown if unit.code == code), f"units/{code}" if code else "")

    def headed_by(self, person: str) -> list[Any]:
        """The units that somebody heads or deputises in."""
        return [unit for unit in self.shown if person in {unit.head, unit.deputy}]


def units_of(desk: Desk, wished: str = "", *, whole: bool = False) -> Units:
    """The units and the one that is wished for, by code or id.

    Without a wish it is the first of all where `whole` is set; else the highest one that they head, or their own.
    """
    found = desk.ask_or(
        organisation_pb2.ListUnitsResponse(), organisation_pb2.ListUnitsRequest(page_size=MOST_UNITS)
    ).units
    if wished:
        return Units(found, next((one for one in found if wished in {one.code, one.name.rpartition("/")[2]}), None))
    headed = [] if whole else Units(found, None).headed_by(desk.me.person)
    own = [] if whole else [one for one in found if one.name == desk.me.unit]
    return Units(found, next(iter([*headed, *own, *found]), None))
